"""The guide in the browser: a question at a time, each answer an entry that stays."""

import re

import pytest
from django.urls import reverse

from requests_app.models import LogEntry
from tests.requests_app.admin.test_acts import file_of, kinds, text

pytestmark = pytest.mark.django_db
SEARCH = {
    "where": "公文系统、档案室",
    "terms": "征地 批复",
    "who": "张三",
    "result": "无",
}


def guide_of(found, step=""):
    name = "admin:requests_app_disclosurerequest_guide"
    return reverse(f"{name}_step" if step else name, args=[found.pk, *([step] * bool(step))])  # fmt: skip


def answer(client, found, step, choice, **evidence):
    page = text(client.get(guide_of(found, step)))
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    sent = {"seen": seen, "choice": choice, **evidence}
    return client.post(guide_of(found, step), sent), sent


def test_the_answers_lead_from_question_to_question_to_a_proposal(signed_in, letter):
    handler = signed_in("handler", "handler")
    assert guide_of(letter) in text(handler.get(file_of(letter)))
    went = [
        answer(handler, letter, *told)[0]["Location"]
        for told in (("supplement", "clear"), ("duty", "ours"))
    ]
    answered, _ = answer(handler, letter, "held", "not_held", **SEARCH)
    went.append(answered["Location"])
    went.append(answer(handler, letter, "fitting", "fit")[0]["Location"])
    assert went == [guide_of(letter, s) for s in ("duty", "held", "fitting", "")]
    page = text(handler.get(guide_of(letter)))
    assert '申请信息不存在<span lang="zh">（第三十六条第（四）项）' in page
    assert "/acts/submitted_for_review/?outcome=not_held&remark=" in page


def test_the_letter_that_follows_is_drafted_with_nothing_typed_twice(
    signed_in, letter, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    handler = signed_in("handler", "handler")
    answer(handler, letter, "supplement", "clear")
    answer(handler, letter, "duty", "ours")
    answer(handler, letter, "held", "not_held", **SEARCH)
    page = text(handler.get(guide_of(letter)))
    [url] = re.findall(r'href="([^"]+)">起草此文书', page)
    drawn = text(handler.get(url))
    assert '<option value="reply_not_held:not_held" selected>' in drawn
    assert "第三十六条第（四）项的规定，现答复如下：" in drawn
    assert "检索范围：公文系统、档案室" in drawn
    begun = handler.post(url, {"which": "reply_not_held:not_held"})["Location"]
    assert "检索范围：公文系统、档案室；检索词：征地 批复；检索结果：无" in text(
        handler.get(begun)
    )
    page = text(handler.get(guide_of(letter)))
    assert re.findall(r'href="([^"]+)">已拟，打开', page) == [begun]


def test_a_link_to_no_letter_chooses_none(signed_in, letter):
    at = reverse("admin:requests_app_disclosurerequest_letter_new", args=[letter.pk])
    handler = signed_in("handler", "handler")
    for asked in ("?which=of_old", "?act=searched", "?act=", ""):
        assert "selected" not in text(handler.get(at + asked)).partition("which")[2]


def test_the_search_is_kept_as_evidence_on_the_file(signed_in, letter):
    handler = signed_in("handler", "handler")
    answer(handler, letter, "held", "not_held", **SEARCH)
    page = text(handler.get(file_of(letter)))
    assert "办理指引 · 有没有：经检索没有" in page
    assert (
        "检索范围：公文系统、档案室\n检索词：征地 批复\n检索人：张三\n检索结果：无"
        in page
    )


def test_a_search_without_its_evidence_is_asked_for_with_everything_typed(
    signed_in, letter
):
    handler = signed_in("handler", "handler")
    page, _ = answer(handler, letter, "held", "not_held", where="公文系统")
    assert "公文系统</textarea>" in text(page)
    assert "office-error" in text(page)
    assert kinds(letter) == ["received", "registered"]


def test_a_step_is_answered_anew_and_the_old_answer_stays(signed_in, letter):
    handler = signed_in("handler", "handler")
    answer(handler, letter, "supplement", "ask")
    assert "/acts/supplement_asked/" in text(handler.get(guide_of(letter)))
    answer(handler, letter, "supplement", "clear")
    assert "/acts/supplement_asked/" not in text(handler.get(guide_of(letter)))
    told = LogEntry.objects.filter(kind="step_decided").order_by("sequence")
    assert [e.details["choice"] for e in told] == ["ask", "clear"]


def test_a_double_click_answers_once(signed_in, letter):
    handler = signed_in("handler", "handler")
    _, sent = answer(handler, letter, "supplement", "clear")
    again = handler.post(guide_of(letter, "supplement"), sent)
    assert again["Location"] == guide_of(letter, "duty")
    assert kinds(letter) == ["received", "registered", "step_decided"]


def test_who_comes_second_is_told_and_loses_nothing(signed_in, letter):
    first, second = signed_in("甲", "handler"), signed_in("乙", "handler")
    answer(first, letter, "supplement", "ask")
    sent = {"seen": "2", "choice": "clear", "remark": "写得清楚"}
    page = text(second.post(guide_of(letter, "supplement"), sent))
    assert "此件已有新记录" in page
    assert "写得清楚</textarea>" in page
    assert kinds(letter)[2:] == ["step_decided"]


def test_a_reviewed_request_is_replied_as_proposed(signed_in, letter):
    both, reviewer = signed_in("h", "handler"), signed_in("r", "reviewer")
    from tests.requests_app.admin.test_acts import confirmed

    typed = {"on": "2024-09-11", "outcome": "petition", "remark": "拟告知"}
    confirmed(both, letter, "submitted_for_review", **typed)
    confirmed(reviewer, letter, "reviewed", on="2024-09-11")
    answer(both, letter, "supplement", "clear")
    answer(both, letter, "duty", "petition")
    page = text(both.get(guide_of(letter)))
    [url] = re.findall(r'href="([^"]+/acts/replied/[^"]*)"', page)
    drawn = text(both.get(url))
    assert '<option value="petition" selected>' in drawn


def test_who_may_walk_the_guide(signed_in, elsewhere, letter):
    told = {
        "handler": 200, "intake_clerk": 403, "reviewer": 403, "auditor": 403,
    }  # fmt: skip
    assert {r: signed_in(r, r).get(guide_of(letter)).status_code for r in told} == told
    stranger = signed_in("s", "handler", agency=elsewhere)
    for step in ("", "held", "nonsense"):
        assert stranger.get(guide_of(letter, step)).status_code == 404


def test_before_the_regulations_of_2019_there_is_nothing_to_ask(signed_in, letter, at):
    handler = signed_in("handler", "handler")
    at("2019-05-14")
    assert handler.get(guide_of(letter, "held"))["Location"] == guide_of(letter)
    assert "/guide/" not in text(handler.get(file_of(letter)))


def test_the_search_is_an_entry_of_its_own_too(signed_in, letter):
    handler = signed_in("handler", "handler")
    answer(handler, letter, "held", "not_held", **SEARCH)
    assert kinds(letter)[2:] == ["step_decided", "searched"]
    step, search = letter.entries.order_by("sequence")[2:]
    assert search.text == step.text == (
        "检索范围：公文系统、档案室\n检索词：征地 批复\n检索人：张三\n检索结果：无"
    )  # fmt: skip


def test_who_takes_back_the_one_is_told_of_the_other(signed_in, letter):
    handler = signed_in("handler", "handler")
    answer(handler, letter, "held", "not_held", **SEARCH)
    told = [text(taken_back(handler, letter, nth)) for nth in (3, 4)]
    assert [re.findall(r"第 \d 条（[^）]*）与它同时记录", one) for one in told] == [
        ["第 4 条（检索，作检索记录）与它同时记录"],
        [],  # that one is taken back already
    ]


def taken_back(client, found, sequence):
    url = reverse(
        "admin:requests_app_disclosurerequest_void", args=[found.pk, sequence]
    )
    drawn = text(client.get(url))
    seen = re.search(r'name="seen" value="(\d+)"', drawn)[1]
    shown = re.search(r'name="shown" value="([^"]*)"', drawn)[1]
    sent = {"seen": seen, "shown": shown, "confirm": "1", "remark": "误记"}
    return client.post(url, sent, follow=True)


WEIGHED = {"third_party": "无", "public_interest": "有", "three_securities": "无"}


@pytest.mark.parametrize(
    ("choice", "typed", "recorded"),
    [
        ("already_public", {}, True),  # 第三十六条第（一）项
        ("consult", {}, True),
        ("consult_agency", {}, True),
        ("granted", {}, False),
        ("trade_secret", {"third_party": "同意公开"}, False),
        ("trade_secret", WEIGHED, True),
    ],
)
def test_what_the_law_has_weighed_is_weighed_in_writing(
    signed_in, letter, choice, typed, recorded
):
    handler = signed_in("handler", "handler")
    answer(handler, letter, "give", choice, **typed)
    assert ("step_decided" in kinds(letter)) is recorded
