"""文书 drafted and issued: numbered apart, standing once issued."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from requests_app.domain.events import Replied
from requests_app.domain.letters import LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Agency, LetterNumbering, Staff
from requests_app.services import letter_templates, letters
from requests_app.services.agencies import place
from requests_app.services.letters import ChangedMeanwhile, NoNumbering
from requests_app.services.recording import record, register
from requests_app.services.voiding import void
from tests.requests_app.services.drafting import drafted, filled, issued, stamped

pytestmark = pytest.mark.django_db


def test_what_is_issued_stands_with_number_file_and_hash(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    content = letters.kept(letter.stored)
    assert letter.number == "云府公复〔2026〕1号"
    assert letter.sha256 == hashlib.sha256(content).hexdigest()
    assert deps.letters.read(content) == [
        "云南省人民政府", "予以公开告知书", "云府公复〔2026〕1号", "张三：",
        letter.facts,
        "根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，现答复如下：",
        "现予提供：征地批复一份。",
        "如对本答复不服，可以自收到本答复之日起60日内向云南省人民政府申请行政复议，也可以自收到"
        "本答复之日起6个月内向昆明市中级人民法院提起行政诉讼。（依据：《中华人民共和国行政复议法》"
        "第二十条、《中华人民共和国行政诉讼法》第四十六条）",
        "云南省人民政府", "2026年3月20日", "（印章）",
    ]  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        filled(letter)


def test_each_sort_counts_for_itself_without_gaps_and_a_voided_number_is_kept(
    reviewed, handler, numbered, bodies, deps
):
    first, second = (
        issued(drafted(reviewed, handler, deps), handler, deps) for _ in range(2)
    )
    letters.void(first, reason="收件人有误", by=handler, deps=deps)
    notice = drafted(reviewed, handler, deps, LetterKind.SUPPLEMENT_NOTICE, None)
    third = issued(drafted(reviewed, handler, deps), handler, deps)
    told = [first, second, third, issued(notice, handler, deps)]
    assert [letter.number for letter in told] == [
        "云府公复〔2026〕1号",
        "云府公复〔2026〕2号",
        "云府公复〔2026〕3号",
        "云府公告〔2026〕1号",
    ]


def test_a_refusal_to_issue_takes_no_number(reviewed, handler, numbered, bodies, deps):
    empty = drafted(reviewed, handler, deps)
    with pytest.raises(
        NotAllowed, match="尚有未填写的内容：【提供的信息、形式和方式】"
    ):
        letters.issue(empty, seen=1, by=handler, deps=deps)
    assert issued(empty, handler, deps).number == "云府公复〔2026〕1号"


def test_a_double_click_issues_once(reviewed, handler, numbered, bodies, deps):
    letter = filled(drafted(reviewed, handler, deps))
    told = {
        letters.issue(letter, seen=letter.revision, by=handler, deps=deps).number
        for _ in range(2)
    }
    assert told == {"云府公复〔2026〕1号"}


def test_a_second_writer_is_told(reviewed, handler, deps):
    letter = drafted(reviewed, handler, deps)
    filled(letter)
    with pytest.raises(ChangedMeanwhile):
        filled(letter)


@pytest.mark.parametrize(
    ("on", "decision", "message"),
    [
        (date(2026, 3, 21), "现予提供。", "成文日期在今天之后"),
        (date(2026, 3, 20), "【理由】", "尚有未填写的内容"),
    ],
)
def test_an_unfinished_letter_is_not_issued(
    reviewed, handler, numbered, bodies, deps, on, decision, message
):
    letter = filled(drafted(reviewed, handler, deps), decision, on)
    with pytest.raises(NotAllowed, match=message):
        letters.issue(letter, seen=letter.revision, by=handler, deps=deps)


def test_a_reply_is_issued_after_its_review(found, handler, numbered, bodies, deps):
    with pytest.raises(NotAllowed, match="答复须先审核再签发"):
        issued(drafted(found, handler, deps), handler, deps)
    lapsed = Outcome.SUPPLEMENT_LAPSED
    without = drafted(found, handler, deps, LetterKind.LAPSED, lapsed)
    assert issued(without, handler, deps).number == "云府公复〔2026〕1号"


def test_without_a_word_there_is_no_number(reviewed, handler, bodies, deps):
    with pytest.raises(NoNumbering):
        issued(drafted(reviewed, handler, deps), handler, deps)


def test_a_letter_that_an_entry_names_is_not_voided(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    stamped(letter, handler, deps)
    reply = Replied(on=date(2026, 3, 20), outcome=Outcome.GRANTED, letter=letter.pk)
    record(reviewed, reply, by=handler, deps=deps)
    with pytest.raises(NotAllowed, match="第 5 条记录以此文书为据"):
        letters.void(letter, reason="错", by=handler, deps=deps)
    void(reviewed, entry=5, by=handler, deps=deps)
    assert letters.void(letter, reason="错", by=handler, deps=deps).voided_at


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE requests_app_letter SET decision = 'x'",
        "UPDATE requests_app_letter SET number = 'x'",
        "DELETE FROM requests_app_letter",
        "UPDATE requests_app_servedfile SET sha256 = 'x'",
        "DELETE FROM requests_app_servedfile",
        "UPDATE requests_app_lettertemplate SET version = 9",
        "DELETE FROM requests_app_lettertemplate",
    ],
)
def test_the_database_lets_nothing_that_was_issued_change(
    reviewed, office, handler, numbered, bodies, deps, change
):
    letter_templates.append(office, LetterKind.GRANTED, by=handler, deps=deps)
    stamped(issued(drafted(reviewed, handler, deps), handler, deps), handler, deps)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="needs DATABASE_URL (PostgreSQL)"
)
def test_eight_at_once_take_eight_numbers(committed, deps, settings):
    """Under contention, without gaps."""
    office = Agency(code="530000", name="云南省人民政府", kind="government")
    place(office, on=None)
    by = Staff.objects.create_user("handler", agency=office)
    LetterNumbering.objects.create(agency=office, word="云府")
    found = register(
        agency=office, received_on=date(2026, 3, 2), subject="x", by=by, deps=deps
    )
    waiting = [
        filled(drafted(found, by, deps, LetterKind.ASSISTANCE, None)) for _ in range(8)
    ]

    def issue(letter):
        try:
            return letters.issue(letter, seen=letter.revision, by=by, deps=deps).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        told = sorted(pool.map(issue, waiting))
    assert told == [f"云府公函〔2026〕{n}号" for n in range(1, 9)]
