"""What is awaited of the applicant: told alike to the portal and, by number and code, to
the applicant, with the notice itself and nobody else's letter."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.auth.models import Group

from requests_app.domain.events import (
    FeeNoticed,
    FeePaid,
    OpinionSought,
    Replied,
    SupplementAsked,
    SupplementReceived,
)
from requests_app.domain.letters import LetterKind
from requests_app.domain.vocabulary import Outcome
from requests_app.models import DisclosureRequest, LetterNumbering, Staff
from requests_app.services import letters, served
from requests_app.services.awaiting import notices
from requests_app.services.recording import record
from requests_app.services.voiding import void
from tests.requests_app.letters.test_pdf_leaks import pdf

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture
def deps(deps, calendar_day):
    return calendar_day("2026-11-24")


@pytest.fixture
def answer(portal, form, deps, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return portal.create(form | {"submitted_at": "2026-11-24"}).json()


@pytest.fixture
def made(answer):
    return DisclosureRequest.objects.get()


@pytest.fixture
def head(office):
    LetterNumbering.objects.create(agency=office, word="云府")
    user = Staff.objects.create_user("head", agency=office)
    user.groups.add(Group.objects.get(name="office_head"))
    return user


@pytest.fixture
def out(made, head, deps):
    """A letter of that kind, issued and its stamped copy taken in."""

    def sent(kind, addressee, *, copy=True):
        letter = letters.draft(made, kind=kind, outcome=None, by=head, deps=deps)
        letter = letters.revise(
            letter, by=head, seen=letter.revision, dated_on=DAY, addressee=addressee,
            facts="事实。", decision="请办理。",
        )  # fmt: skip
        letter = letters.issue(letter, seen=letter.revision, by=head, deps=deps)
        if copy:
            stamp(letter, f"{kind} {addressee}")
        return letter

    def stamp(letter, said):
        content = pdf(said)
        served.take_in(
            letter, file=BytesIO(content), name="张三盖章件.pdf", size=len(content),
            by=head, deps=deps,
        )  # fmt: skip

    return sent


def asked(portal, answer):
    """(by the portal's key, by number and code)."""
    known = {"reference": answer["reference"], "query_code": answer["query_code"]}
    return (
        portal.get(f"requests/{answer['reference']}/").json()["awaited"],
        portal.post("lookup/", known).json()["awaited"],
    )


def test_nothing_is_awaited_at_first(portal, answer):
    assert asked(portal, answer) == ([], [])


def test_a_payment_with_its_amount_its_last_day_and_its_notice(
    portal, answer, made, out, deps
):
    letter = out(LetterKind.FEE_NOTICE, "张三")
    noticed = FeeNoticed(on=DAY, amount=Decimal(700), letter=letter.pk)
    record(made, noticed, by=None, deps=deps)
    copy = letter.served_version()
    told = {
        "what": "payment",
        "since": "2026-11-24",
        "until": "2026-12-22",
        "until_because": (
            "收到通知次日起20个工作日内，此处自通知之日计，收到在后的相应顺延"
            "（国办函〔2020〕109号）"
        ),
        "amount": "700.00",
    }
    paper = {
        "name": "收费通知书1.pdf",
        "media_type": "application/pdf",
        "size": copy.size,
        "sha256": copy.sha256,
    }
    mine = f"/api/v1/requests/{made.reference}/documents/{copy.sha256}/"
    theirs = f"/api/v1/lookup/documents/{copy.sha256}/"
    assert asked(portal, answer) == (
        [told | {"documents": [paper | {"url": mine}]}],
        [told | {"documents": [paper | {"url": theirs}]}],
    )
    known = {"reference": answer["reference"], "query_code": answer["query_code"]}
    got = [
        portal.get(mine.removeprefix("/api/v1/")),
        portal.post(theirs.removeprefix("/api/v1/"), known),
    ]
    content = pdf(f"{LetterKind.FEE_NOTICE} 张三")
    assert [b"".join(one.streaming_content) for one in got] == [content, content]


def test_in_english_the_reason_is_english(portal, answer, made, deps):
    record(made, SupplementAsked(on=DAY), by=None, deps=deps)
    told = portal.get(f"requests/{made.reference}/", **{"accept-language": "en"})
    assert told.json()["awaited"] == [
        {
            "what": "supplement",
            "since": "2026-11-24",
            "until": None,
            "until_because": "a reasonable time, fixed by the notice from its receipt",
            "amount": None,
            "documents": [],
        }
    ]


def test_what_was_done_is_awaited_no_more_and_its_notice_not_given(
    portal, answer, made, out, deps
):
    letter = out(LetterKind.SUPPLEMENT_NOTICE, "张三")
    record(made, SupplementAsked(on=DAY, letter=letter.pk), by=None, deps=deps)
    [one], _ = asked(portal, answer)
    [paper] = one["documents"]
    record(made, SupplementReceived(on=DAY), by=None, deps=deps)
    assert asked(portal, answer) == ([], [])
    assert portal.get(paper["url"].removeprefix("/api/v1/")).status_code == 404


@pytest.mark.parametrize(
    "ends",
    [
        lambda made, deps: record(made, FeePaid(on=DAY), by=None, deps=deps),
        lambda made, deps: void(made, entry=3, by=None, deps=deps),
        lambda made, deps: void(made, entry=1, by=None, deps=deps),
        lambda made, deps: record(
            made, Replied(on=DAY, outcome=Outcome.WITHDRAWN), by=None, deps=deps
        ),
    ],
    ids=["paid", "taken back", "registration voided", "withdrawn"],
)
def test_a_fee_is_awaited_until_it_is_over(portal, answer, made, deps, ends):
    record(made, FeeNoticed(on=DAY, amount=Decimal("12.5")), by=None, deps=deps)
    assert [[a["amount"] for a in told] for told in asked(portal, answer)] == [
        ["12.50"], ["12.50"],
    ]  # fmt: skip
    ends(made, deps)
    assert asked(portal, answer) == ([], [])


def test_reasons_are_awaited_once_their_notice_is_stamped(
    portal, answer, made, out, deps
):
    letter = out(LetterKind.REASONS_NOTICE, "张三", copy=False)
    assert asked(portal, answer) == ([], [])
    content = pdf("说明理由")
    served.take_in(
        letter, file=BytesIO(content), name="a.pdf", size=len(content),
        by=Staff.objects.get(), deps=deps,
    )  # fmt: skip
    told, _ = asked(portal, answer)
    assert [(a["what"], a["since"], len(a["documents"])) for a in told] == [
        ("reason", "2026-11-24", 1)
    ]


def test_a_receipt_to_be_confirmed(portal, form, deps):
    body = form | {
        "channel": "online", "channel_detail": "email", "submitted_at": "2026-11-23",
    }  # fmt: skip
    answer = portal.create(body, key="k2").json()
    told, _ = asked(portal, answer)
    assert [(a["what"], a["since"], a["until"]) for a in told] == [
        ("receipt_confirmation", "2026-11-23", None)
    ]


def test_a_third_partys_letter_is_never_the_applicants(
    portal, answer, made, out, head, deps
):
    theirs = out(LetterKind.OPINION_THIRD_PARTY, "某某公司")
    sought = OpinionSought(on=DAY, consultation="1", letter=theirs.pk)
    record(made, sought, by=None, deps=deps)
    mine = out(LetterKind.SUPPLEMENT_NOTICE, "张三")
    record(made, SupplementAsked(on=DAY, letter=mine.pk), by=None, deps=deps)
    assert list(notices(made)) == [mine]
    told = asked(portal, answer)
    named = [[paper["name"] for a in one for paper in a["documents"]] for one in told]
    assert named == [["补正告知书1.pdf"], ["补正告知书1.pdf"]]
    assert "某某公司" not in str(told)
    sha256 = theirs.served_version().sha256
    known = {"reference": answer["reference"], "query_code": answer["query_code"]}
    tried = [
        portal.get(f"requests/{made.reference}/documents/{sha256}/"),
        portal.post(f"lookup/documents/{sha256}/", known),
    ]
    assert [one.status_code for one in tried] == [404, 404]


def test_no_name_is_told(portal, answer, made, out, deps):
    letter = out(LetterKind.FEE_NOTICE, "张三")
    noticed = FeeNoticed(on=DAY, amount=Decimal(700), letter=letter.pk)
    record(made, noticed, by=None, deps=deps)
    known = {"reference": answer["reference"], "query_code": answer["query_code"]}
    told = portal.post("lookup/", known).content.decode()
    assert "收费通知书1.pdf" in told
    assert [w for w in ("张三", "530102", "省政府门户", "head") if w in told] == []


def test_another_request_does_not_give_this_ones_notice(
    portal, answer, made, out, form, deps
):
    letter = out(LetterKind.FEE_NOTICE, "张三")
    noticed = FeeNoticed(on=DAY, amount=Decimal(700), letter=letter.pk)
    record(made, noticed, by=None, deps=deps)
    again = form | {"submitted_at": "2026-11-24", "portal_reference": "another"}
    other = portal.create(again, key="k2").json()
    known = {"reference": other["reference"], "query_code": other["query_code"]}
    sha256 = letter.served_version().sha256
    assert portal.post(f"lookup/documents/{sha256}/", known).status_code == 404
