"""文书 from draft to the stamped copy: numbered apart, standing once issued, checked."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from requests_app.domain.events import (
    Extended,
    Replied,
    ReplyDelivered,
    Reviewed,
    SupplementAsked,
)
from requests_app.domain.letters import LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import (
    Agency,
    Applicant,
    LetterNumbering,
    LetterTemplate,
    RemedyBody,
    Staff,
)
from requests_app.services import letter_templates, letters, served, status
from requests_app.services.agencies import place
from requests_app.services.letter_words import NoRemedyBody
from requests_app.services.letters import ChangedMeanwhile, NoNumbering
from requests_app.services.papers import Refused
from requests_app.services.recording import record, register
from requests_app.services.voiding import void
from tests.fakes import FixedClock
from tests.requests_app.letters.test_documents import WHOLE
from tests.requests_app.letters.test_pdf_leaks import BOX, pdf
from tests.requests_app.letters.word import document, holding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def deps(deps):
    return replace(deps, clock=FixedClock.on("2026-03-20"))


@pytest.fixture
def numbered(office):
    return LetterNumbering.objects.create(agency=office, word="云府")


@pytest.fixture
def bodies(office):
    return RemedyBody.objects.create(
        agency=office,
        from_on=date(2024, 1, 1),
        review_body="云南省人民政府",
        court="昆明市中级人民法院",
    )


@pytest.fixture
def handler(office):
    user = Staff.objects.create_user("handler", agency=office)
    user.groups.add(Group.objects.get(name="office_head"))
    return user


@pytest.fixture
def found(office, deps):
    return register(
        agency=office,
        received_on=date(2026, 3, 2),
        applicant=Applicant(name="张三"),
        applicant_kind="natural_person",
        subject="某路的征地批复。",
        by=None,
        deps=deps,
    )


@pytest.fixture
def reviewed(found, deps):
    return record(found, Reviewed(on=date(2026, 3, 20)), by=None, deps=deps)


def drafted(found, handler, deps, kind=LetterKind.GRANTED, outcome=Outcome.GRANTED):
    return letters.draft(found, kind=kind, outcome=outcome, by=handler, deps=deps)


def filled(letter, decision="现予提供：征地批复一份。", on=date(2026, 3, 20)):
    return letters.revise(
        letter,
        seen=letter.revision,
        dated_on=on,
        addressee=letter.addressee or "某公司",
        facts=letter.facts,
        decision=decision,
    )


def issued(letter, handler, deps):
    letter = filled(letter)
    return letters.issue(letter, seen=letter.revision, by=handler, deps=deps)


def stamped(letter, handler, deps, content=None, name="盖章件.pdf"):
    content = content or pdf("已盖章")
    return served.take_in(
        letter, file=io.BytesIO(content), name=name, size=len(content), by=handler,
        deps=deps,
    )  # fmt: skip


def test_a_draft_begins_with_the_words_of_law_and_request(found, handler, deps):
    told = drafted(found, handler, deps)
    assert (told.addressee, told.facts, told.decision, told.number) == (
        "张三",
        "本机关于2026年3月2日收到您提出的政府信息公开申请（登记编号：〔2026〕1号）。您申请公开的内容为：某路的征地批复。",
        "经审查，您申请公开的政府信息可以公开，现予提供：【提供的信息、形式和方式】。",
        "",
    )


def test_an_extension_says_where_it_leads(found, handler, deps):
    told = drafted(found, handler, deps, LetterKind.EXTENSION_NOTICE, None)
    assert told.decision == (
        "因【延期理由】，本机关不能在2026年3月30日前答复。经本机关政府信息公开工作机构"
        "负责人同意，答复期限延长20个工作日，本机关将于2026年4月28日前答复您。"
    )


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


def test_without_review_body_and_court_nothing_with_remedies_is_printed(
    reviewed, handler, numbered, bodies, deps
):
    bodies.from_on = date(2026, 3, 21)
    bodies.save()
    with pytest.raises(NoRemedyBody):
        letters.printed(drafted(reviewed, handler, deps), deps)
    notice = drafted(reviewed, handler, deps, LetterKind.SUPPLEMENT_NOTICE, None)
    assert letters.printed(notice, deps)


def test_the_bodies_are_those_of_the_letters_day(reviewed, handler, bodies, deps):
    RemedyBody.objects.create(
        agency=bodies.agency,
        from_on=date(2026, 3, 10),
        review_body="新机关",
        court="新法院",
    )
    letter = drafted(reviewed, handler, deps)
    letter.dated_on = date(2026, 3, 9)
    assert (
        "云南省人民政府申请行政复议"
        in deps.letters.read(letters.printed(letter, deps))[7]
    )
    letter.dated_on = date(2026, 3, 10)
    assert "新机关申请行政复议" in deps.letters.read(letters.printed(letter, deps))[7]


def test_the_stamped_copy_is_the_served_version_once_it_is_clean(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    masked = stamped(letter, handler, deps, pdf(BOX % "black"), "遮盖.pdf")
    assert [f["rule"] for f in masked.findings] == ["removable_mask"]
    assert letter.served_version() is None
    clean = stamped(letter, handler, deps)
    assert letter.served_version() == clean
    assert stamped(letter, handler, deps) == clean
    served.clear(masked, text="印章压盖日期", by=handler, deps=deps)
    masked.refresh_from_db()
    assert (masked.is_clear, masked.clearance) == (True, "印章压盖日期")


def test_tracked_changes_are_not_cleared_by_words(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    content = holding('<w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins>')
    tracked = stamped(letter, handler, deps, content, "稿.docx")
    with pytest.raises(NotAllowed, match="请另传一份"):
        served.clear(tracked, text="无妨", by=handler, deps=deps)


def test_a_draft_takes_no_stamped_copy(reviewed, handler, deps):
    with pytest.raises(ChangedMeanwhile):
        stamped(drafted(reviewed, handler, deps), handler, deps)


def test_an_act_goes_out_by_its_letter(reviewed, handler, numbered, bodies, deps):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    reply = Replied(on=date(2026, 3, 20), outcome=Outcome.GRANTED, letter=letter.pk)
    with pytest.raises(NotAllowed, match="尚无检查合格的盖章件"):
        record(reviewed, reply, by=handler, deps=deps)
    stamped(letter, handler, deps)
    for wrong in (
        replace(reply, outcome=Outcome.NOT_HELD),
        Extended(on=reply.on, days=5, consented_by=handler.pk, letter=letter.pk),
        SupplementAsked(on=reply.on, letter=letter.pk + 1),
    ):
        with pytest.raises(NotAllowed, match="文书"):
            record(reviewed, wrong, by=handler, deps=deps)
    record(reviewed, reply, by=handler, deps=deps)
    delivered = ReplyDelivered(on=reply.on, letter=letter.pk)
    record(reviewed, delivered, by=handler, deps=deps)
    told = list(reviewed.entries.order_by("sequence").values_list("details", flat=True))
    assert [d.get("letter") for d in told] == [None, None, None, letter.pk, letter.pk]


def test_a_letter_that_an_entry_names_is_not_voided(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    stamped(letter, handler, deps)
    reply = Replied(on=date(2026, 3, 20), outcome=Outcome.GRANTED, letter=letter.pk)
    record(reviewed, reply, by=handler, deps=deps)
    with pytest.raises(NotAllowed, match="第 4 条记录以此文书为据"):
        letters.void(letter, reason="错", by=handler, deps=deps)
    void(reviewed, entry=4, by=handler, deps=deps)
    assert letters.void(letter, reason="错", by=handler, deps=deps).voided_at


def own_template(office, handler, deps, content, kind=LetterKind.GRANTED):
    return letter_templates.replace(
        office, kind, file=io.BytesIO(content), name="模板.docx", by=handler, deps=deps
    )


def test_an_offices_own_template_is_used_and_each_version_kept(
    reviewed, office, handler, numbered, bodies, deps
):
    own_template(office, handler, deps, document("本府专用", *WHOLE))
    second = own_template(office, handler, deps, document("本府专用二", *WHOLE))
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    assert letter.template == second
    assert deps.letters.read(letters.kept(letter.stored))[0] == "本府专用二"
    letter_templates.back_to_shipped(office, LetterKind.GRANTED, by=handler, deps=deps)
    assert LetterTemplate.objects.in_use(office, LetterKind.GRANTED) is None
    versions = LetterTemplate.objects.order_by("version")
    assert [(v.version, bool(v.stored)) for v in versions] == [
        (1, True),
        (2, True),
        (3, False),
    ]


COMMENTED = holding('<w:ins w:id="1"><w:r><w:t>{{ 文号 }}</w:t></w:r></w:ins>')


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (document(*WHOLE, "{{ 领导 }}"), "没有这些合并域：领导"),
        (b"PK\x03\x04", "压缩结构损坏"),
        (pdf("x"), "后缀与内容"),
        (COMMENTED, "缺少必备的合并域"),
    ],
)
def test_an_unfit_template_changes_nothing(office, handler, deps, content, why):
    with pytest.raises(Refused, match=why):
        own_template(office, handler, deps, content)
    assert not LetterTemplate.objects.exists()


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


def test_once_served_the_applicant_has_the_stamped_copy(
    reviewed, handler, numbered, bodies, deps
):
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    copy = stamped(letter, handler, deps)
    on = date(2026, 3, 20)
    reply = Replied(on=on, outcome=Outcome.GRANTED, letter=letter.pk)
    found = record(reviewed, reply, by=handler, deps=deps)
    assert status.documents(found) == []
    served_ = ReplyDelivered(on=on, letter=letter.pk)
    found = record(found, served_, by=handler, deps=deps)
    assert [(p.name, p.sha256) for p in status.documents(found)] == [
        ("答复书1.pdf", copy.sha256)
    ]


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
