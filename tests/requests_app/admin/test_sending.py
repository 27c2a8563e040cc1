"""文书送达 by its pages: from the letter to its record, the file, the queue and the paper."""

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from requests_app.admin.volume import on_paper
from requests_app.domain import events as happened
from requests_app.models import Letter
from requests_app.services.recording import record
from tests.requests_app.admin.test_acts import (
    act_of,
    confirmed,
    file_of,
    kinds,
    offered,
    text,
    tried,
)
from tests.requests_app.admin.test_letters import (  # noqa: F401
    AT,
    drafted,
    handler,
    said,
    settled,
    shelf,
    upload,
    words,
)
from tests.requests_app.letters.test_pdf_leaks import pdf

pytestmark = pytest.mark.django_db
LIST = "admin:requests_app_disclosurerequest_changelist"
DAY = "2024-09-11"
FIRST = {"on": DAY, "service": "postal", "mail_number": "EM1"}


@pytest.fixture
def notice(handler, letter, settled):  # noqa: F811
    """补正告知书, issued and stamped: (the letter, its page)."""
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words())
    said(handler, url, "issue")
    said(handler, url, "take_in", file=upload(pdf("已盖章")))
    return Letter.objects.get(), url


def served(page):
    """What the page of a letter offers of its service, and how far it has come."""
    head = re.search(r'<header class="office-head">.*?</header>', page, re.S)[0]
    acts = re.findall(r"/acts/(letter_\w+)/\?letter=\d+", page)
    return re.findall(r"</span> ([^<]+)</span>", head), acts


def test_a_letter_goes_out_comes_back_and_is_signed_for(handler, letter, notice):  # noqa: F811
    one, url = notice
    of = {"letter": one.pk, "on": DAY}
    assert served(text(handler.get(url))) == (
        ["可送达"], ["letter_sent", "letter_announced"],
    )  # fmt: skip
    confirmed(handler, letter, "letter_sent", **of | FIRST, recipient="张三，某路1号")
    assert letter.entries.last().details == {
        "letter": one.pk, "service": "postal", "mail_number": "EM1",
    }  # fmt: skip
    confirmed(handler, letter, "letter_returned", **of, remark="查无此人")
    page = text(handler.get(url))
    assert served(page)[0] == ["退回待再送达"]
    assert "文书发出（邮政寄送，EM1）" in page
    assert "收件人：张三，某路1号" in page
    assert "查无此人" in page
    assert "<dt>退回待再送达</dt><dd>自 2024-09-11</dd>" in text(
        handler.get(file_of(letter))
    )
    again = {"service": "direct", "remark": "由门卫转交"}
    confirmed(handler, letter, "letter_sent_again", **of | again)
    confirmed(handler, letter, "letter_delivered", **of, remark="张三签收")
    assert served(text(handler.get(url))) == (["2024-09-11 送达"], [])
    assert kinds(letter)[2:] == [
        "letter_sent", "letter_returned", "letter_sent_again", "letter_delivered",
    ]  # fmt: skip
    page = text(handler.get(file_of(letter)))
    told = f'文书发出（邮政寄送，EM1）<br>补正告知书 <span lang="zh">{one.number}'
    assert (page.count(told), page.count("2024-09-11 送达")) == (1, 1)


def test_the_file_on_paper_names_the_letter(handler, letter, notice, at):  # noqa: F811
    one, _ = notice
    confirmed(handler, letter, "letter_sent", letter=one.pk, **FIRST)
    chapters = dict(on_paper(letter, at(DAY))["chapters"])
    assert [line["what"] for line in chapters["送达记录"]] == [
        f"文书发出（邮政寄送，EM1）：补正告知书 {one.number}"
    ]


def test_why_there_is_no_mail_number_is_told(handler, letter, notice):  # noqa: F811
    one, _ = notice
    typed = {"letter": one.pk, "on": DAY, "service": "postal", "mail_number": ""}
    page = tried(handler, letter, "letter_sent", **typed)
    assert "请填写邮件号，或在备注中说明为何没有" in page
    confirmed(handler, letter, "letter_sent", remark="平常信函", **typed)
    entry = letter.entries.last()
    assert (entry.details, entry.text) == (
        {"letter": one.pk, "service": "postal"}, "平常信函",
    )  # fmt: skip


def test_a_double_click_sends_once_and_says_so(handler, letter, notice):  # noqa: F811
    one, _ = notice
    _, sent = confirmed(handler, letter, "letter_sent", letter=one.pk, **FIRST)
    again = handler.post(act_of(letter, "letter_sent"), sent)
    told = [str(m) for m in get_messages(again.wsgi_request)]
    assert "此项已经记录，没有重复记录。" in told
    assert kinds(letter).count("letter_sent") == 1


def test_what_has_gone_out_meanwhile_is_refused_with_what_to_do(
    handler, letter, notice, at  # noqa: F811
):  # fmt: skip
    one, _ = notice
    sent = happened.LetterSent(on=date(2024, 9, 11), letter=one.pk)
    record(letter, sent, by=None, deps=at(DAY))
    page = tried(handler, letter, "letter_sent", letter=one.pk, **FIRST)
    assert "该文书已经发出；再次送出的，请记“文书再次发出”（第四十五条）" in page


def test_a_link_chooses_the_letter(handler, letter, notice):  # noqa: F811
    one, _ = notice
    page = text(handler.get(act_of(letter, "letter_sent"), {"letter": one.pk}))
    assert f'<option value="{one.pk}" selected>补正告知书 {one.number}</option>' in page


def test_an_announced_letter_is_served_when_its_days_have_passed(
    handler, letter, notice, at  # noqa: F811
):  # fmt: skip
    one, url = notice
    short = {"letter": one.pk, "on": DAY, "days": "29", "remark": "政府网站"}
    page = tried(handler, letter, "letter_announced", **short)
    assert "公告期不少于 30 日（民事诉讼法第九十五条）" in page
    confirmed(handler, letter, "letter_announced", **short | {"days": "30"})
    until = "2024-10-11"
    assert served(text(handler.get(url)))[0] == [f"公告中，{until}视为送达"]
    at(until)
    assert served(text(handler.get(url))) == ([f"{until} 送达"], [])


def test_what_came_back_lies_in_a_queue_until_it_is_sent_again(
    handler, letter, notice  # noqa: F811
):  # fmt: skip
    one, _ = notice
    lies = {}
    for kind, typed in [
        ("letter_sent", FIRST),
        ("letter_refused", {"on": DAY, "remark": "拒收"}),
        ("letter_sent_again", FIRST),
    ]:
        confirmed(handler, letter, kind, letter=one.pk, **typed)
        page = handler.get(reverse(LIST), {"queue": "to_serve_again"})
        lies[kind] = page.context["cl"].result_count
    assert lies == {"letter_sent": 0, "letter_refused": 1, "letter_sent_again": 0}


def test_who_sends_no_letters_is_offered_none(handler, signed_in, letter, notice):  # noqa: F811
    reviewer = signed_in("r", "reviewer")
    assert offered(reviewer, letter) == []
    assert reviewer.get(act_of(letter, "letter_sent")).status_code == 403
    assert "letter_sent" in offered(signed_in("c", "intake_clerk"), letter)


def test_a_letter_of_another_request_is_not_chosen(handler, letter, notice, at):  # noqa: F811
    page = tried(handler, letter, "letter_sent", letter=10**6, **FIRST)
    assert "office-effect" not in page
    assert kinds(letter) == ["received", "registered"]
