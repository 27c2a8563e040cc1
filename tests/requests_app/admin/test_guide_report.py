"""答复风险评估报告: each answer with its evidence, by whom, and what they lead to."""

import pytest
from django.urls import reverse

from requests_app.admin.guide_report import on_paper
from tests.requests_app.admin.test_acts import text
from tests.requests_app.admin.test_guide import SEARCH, answer, guide_of

pytestmark = pytest.mark.django_db
REPORT = "admin:requests_app_disclosurerequest_guide_report"


@pytest.fixture
def searched(signed_in, letter):
    handler = signed_in("handler", "handler")
    answer(handler, letter, "supplement", "clear", remark="写得清楚")
    answer(handler, letter, "duty", "ours")
    answer(handler, letter, "held", "not_held", **SEARCH)
    return letter


def test_the_answers_and_what_they_lead_to(searched):
    told = on_paper(searched)
    assert [(s["step"], s["answer"], s["evidence"], s["sequence"]) for s in told["steps"]] == [
        ("补不补", "内容明确，不需补正", "写得清楚", 3),
        ("该不该", "属于公开申请，由本机关答复", "", 4),
        ("有没有", "经检索没有",
         "检索范围：公文系统、档案室\n检索词：征地 批复\n检索人：张三\n检索结果：无", 5),
    ]  # fmt: skip
    assert told["leads"] == [
        ("拟作答复", "申请信息不存在", "第三十六条第（四）项"),
        ("文书", "政府信息不存在告知书", "第三十六条第（四）项"),
        ("尚未回答", "答复的内容、依据、形式和程序是否适当？",
         "第三十三条、第三十六条、第四十条、第四十五条"),
    ]  # fmt: skip


def test_nothing_answered_nothing_led_to(letter):
    told = on_paper(letter)
    assert told["steps"] == []
    assert [what for what, _, _ in told["leads"]] == ["尚未回答"]


def test_it_is_printed_from_the_guide_by_whoever_sees_the_request(
    signed_in, elsewhere, searched
):
    url = reverse(REPORT, args=[searched.pk])
    assert url in text(signed_in("h", "handler").get(guide_of(searched)))
    printed = signed_in("r", "reviewer").get(url)
    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")
    stranger = signed_in("s", "handler", agency=elsewhere)
    assert stranger.get(url).status_code == 404
