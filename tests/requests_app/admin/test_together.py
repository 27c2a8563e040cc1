"""并案答复 by its pages: chosen on the draft, and each act recorded in all at once."""

from datetime import date

import pytest
from django.urls import reverse

from requests_app.models import Applicant, Letter
from requests_app.services.recording import register
from tests.requests_app.admin.test_acts import (
    act_of,
    confirmed,
    file_of,
    kinds,
    tried,
)
from tests.requests_app.admin.test_letters import (
    drafted,
    said,
    settled,  # noqa: F401
    text,
    upload,
    words,
)
from tests.requests_app.letters.test_pdf_leaks import pdf

pytestmark = pytest.mark.django_db
ON = "2024-09-11"


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def two(office, at):
    """Of one applicant, due on 2024-10-14 and 2024-10-11."""
    deps = at(ON)
    applicant = Applicant(name="张三")
    applicant.save()
    return [
        register(
            agency=office, received_on=day, applicant=applicant, by=None, deps=deps,
            subject=subject,
        )
        for day, subject in ((date(2024, 9, 10), "征地批复"), (date(2024, 9, 9), "补偿标准"))
    ]  # fmt: skip


def test_one_letter_for_two_from_the_draft_to_the_reply(signed_in, two, settled):  # noqa: F811
    first, second = two
    handler, reviewer = signed_in("h", "handler"), signed_in("r", "reviewer")
    url = drafted(handler, first, "reply_refused:deliberative")
    assert "此稿同时答复的申请" in text(handler.get(url))
    page = text(said(handler, url, "answer", also=[second.pk]))
    assert f"此稿答复：{first.number}、{second.number}。" in page
    letter = Letter.objects.get()
    said(handler, url, "save", **words(facts=letter.facts, decision="不予公开。"))
    on_the_second = reverse(
        "admin:requests_app_disclosurerequest_letter", args=[second.pk, letter.pk]
    )
    assert "不予公开。" in text(handler.get(on_the_second))
    both = {"on": ON, "together": [second.pk]}
    typed = {**both, "outcome": "deliberative", "remark": "拟不予公开"}
    shown = tried(handler, first, "submitted_for_review", **typed)
    assert f'<span lang="zh">{second.number}</span>' in shown
    confirmed(handler, first, "submitted_for_review", **typed)
    confirmed(reviewer, first, "reviewed", **both, remark="同意")
    page = text(said(handler, url, "issue"))
    assert f"已签发：{Letter.objects.get().number}。" in page
    said(handler, url, "take_in", file=upload(pdf("已盖章")))
    reply = {
        **both,
        "outcome": "deliberative",
        "service": "postal",
        "letter": letter.pk,
    }
    confirmed(handler, first, "replied", **reply, mail_number="EM123")
    for one in two:
        assert kinds(one)[2:] == ["submitted_for_review", "reviewed", "replied"]
        page = text(handler.get(file_of(one)))
        assert ("并案答复 2 件" in page, "未附文书" in page) == (True, False)


def test_who_leaves_the_other_out_records_one(signed_in, two, settled):  # noqa: F811
    first, second = two
    handler = signed_in("h", "handler")
    url = drafted(handler, first, "reply_refused:deliberative")
    said(handler, url, "answer", also=[second.pk])
    typed = {"on": ON, "outcome": "deliberative", "remark": "拟不予公开"}
    confirmed(handler, first, "submitted_for_review", **typed)
    assert (kinds(first)[-1], kinds(second)[-1]) == (
        "submitted_for_review",
        "registered",
    )


def test_where_one_may_not_none_is_recorded_and_the_form_says_which(
    signed_in,
    two,
    settled,  # noqa: F811
):
    first, second = two
    handler, reviewer = signed_in("h", "handler"), signed_in("r", "reviewer")
    url = drafted(handler, first, "reply_refused:deliberative")
    said(handler, url, "answer", also=[second.pk])
    typed = {"on": ON, "outcome": "deliberative", "remark": "拟不予公开"}
    confirmed(handler, first, "submitted_for_review", **typed)
    page = tried(reviewer, first, "reviewed", on=ON, together=[second.pk], remark="好")
    assert f"{second.number}：尚未送审" in page
    assert kinds(first)[-1] == "submitted_for_review"


def test_without_a_second_request_nothing_is_asked(signed_in, letter):
    handler = signed_in("h", "handler")
    url = drafted(handler, letter, "reply_refused:deliberative")
    assert "并案" not in text(handler.get(url))
    assert "together" not in text(handler.get(act_of(letter, "submitted_for_review")))


def test_what_was_typed_into_the_draft_is_saved_with_the_choice(
    signed_in,
    two,
    settled,  # noqa: F811
):
    first, second = two
    handler = signed_in("h", "handler")
    url = drafted(handler, first, "reply_refused:deliberative")
    typed = words(facts="另查。", decision="不予公开。")
    said(handler, url, "answer", also=[second.pk], **typed)
    letter = Letter.objects.get()
    assert letter.decision == "不予公开。"
    assert letter.facts.startswith("另查。\n本机关于2024年9月9日收到")
    page = text(said(handler, url, "answer", also=[0], **words(decision="再改")))
    assert "只能并案答复同一申请人" in page and "再改</textarea>" in page
    assert Letter.objects.get().decision == "不予公开。"
