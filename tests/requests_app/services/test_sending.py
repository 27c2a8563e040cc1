"""送达 of notices: which letter may be served, by what record, and what it moves."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Group

from requests_app.domain import events as happened
from requests_app.domain.letters import LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ServiceMethod
from requests_app.models import Staff
from requests_app.services import letters, offers, standings
from requests_app.services.letterless import letterless
from requests_app.services.recording import record
from requests_app.services.voiding import void
from tests.fakes import FixedClock
from tests.requests_app.services.drafting import drafted, issued, later, stamped

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 20)
ASKED = LetterKind.OPINION_THIRD_PARTY


@pytest.fixture
def noticed(found, handler, numbered, bodies, deps):
    """A letter of that kind, issued and stamped."""

    def made(kind, *, copy=True):
        letter = issued(drafted(found, handler, deps, kind, None), handler, deps)
        if copy:
            stamped(letter, handler, deps)
        return letter

    return made


@pytest.fixture
def told(found, handler, deps):
    """The acts of one letter, recorded one after another."""

    def made(letter, *kinds, on=ON, **details):
        for name in kinds:
            kind = happened.KINDS[f"letter_{name}"]
            event = kind(on=on, letter=letter.pk, **details)
            record(found, event, by=handler, deps=deps)
        found.refresh_from_db()
        return found

    return made


@pytest.fixture
def person_of(office):
    def made(role):
        user = Staff.objects.create_user(role, agency=office)
        user.groups.add(Group.objects.get(name=role))
        return user

    return made


WITH_NO_ACT = [
    LetterKind.REASONS_NOTICE, LetterKind.OPINION_CONFIRMATION,
    LetterKind.OPINION_APPLICANT, LetterKind.THIRD_PARTY_NOTICE, LetterKind.ASSISTANCE,
]  # fmt: skip


@pytest.mark.parametrize("kind", [LetterKind.FEE_NOTICE, ASKED, *WITH_NO_ACT])
def test_every_letter_but_a_reply_has_its_service(noticed, told, kind):
    letter = noticed(kind)
    due = letter.disclosure_request.due_on
    found = told(letter, "sent", service=ServiceMethod.POSTAL, mail_number="EM1")
    assert found.entries.last().details == {
        "letter": letter.pk, "service": "postal", "mail_number": "EM1",
    }  # fmt: skip
    assert told(letter, "returned", "sent_again", "delivered").due_on == due


def test_what_comes_back_stands_with_its_day_until_it_is_sent_again(
    noticed, told, deps
):
    letter = noticed(LetterKind.FEE_NOTICE)
    days = [told(letter, name).returned_on for name in ("sent", "returned", "refused")]
    again = told(letter, "sent_again")
    assert (days, again.returned_on) == ([None, ON, ON], None)
    assert list(standings.rebuild(write=False, deps=deps)) == []


def tried(found, handler, deps, letter_id, kind=happened.LetterSent):
    with pytest.raises(NotAllowed) as refused:
        record(found, kind(on=ON, letter=letter_id), by=handler, deps=deps)
    return refused.value.message.split(" (")[0]


def test_what_is_no_such_letter_is_not_served(
    noticed, found, fresh, reviewed, handler, numbered, bodies, deps
):
    unstamped = noticed(LetterKind.FEE_NOTICE, copy=False)
    reply = issued(drafted(reviewed, handler, deps), handler, deps)
    stamped(reply, handler, deps)
    draft = drafted(found, handler, deps, ASKED, None)
    others = issued(drafted(fresh, handler, deps, ASKED, None), handler, deps)
    voided = noticed(LetterKind.ASSISTANCE)
    letters.void(voided, reason="错", by=handler, deps=deps)
    none = "所选文书不是本件已签发的有效文书"
    assert {
        name: tried(found, handler, deps, pk)
        for name, pk in {
            "unstamped": unstamped.pk, "a reply": reply.pk, "a draft": draft.pk,
            "another request's": others.pk, "voided": voided.pk, "none": 10**6,
        }.items()
    } == {
        "unstamped": f"{unstamped} 尚无检查合格的盖章件，不能送出",
        "a reply": "答复的送达请用答复的各项送达记录",
        "a draft": none, "another request's": none, "voided": none, "none": none,
    }  # fmt: skip
    assert not found.entries.filter(kind__startswith="letter_").exists()


def offered(found, handler, deps):
    entries = list(found.entries.order_by("sequence"))
    kinds = offers.offered(found, entries, user=handler, deps=deps)
    return [k.kind for k in kinds if issubclass(k, happened.OfLetter)]


def test_an_act_is_offered_as_far_as_the_letter_has_come(
    noticed, told, found, person_of, deps
):
    clerk = person_of("intake_clerk")
    before = offered(found, clerk, deps)
    letter = noticed(LetterKind.FEE_NOTICE)
    issued_ = offered(found, clerk, deps)
    told(letter, "sent")
    out = offered(found, clerk, deps)
    told(letter, "returned")
    back = offered(found, clerk, deps)
    told(letter, "sent_again", "delivered")
    assert (before, issued_, out, back, offered(found, clerk, deps)) == (
        [],
        ["letter_sent", "letter_announced"],
        ["letter_sent_again", "letter_returned", "letter_refused", "letter_announced",
         "letter_delivered"],
        ["letter_sent_again", "letter_refused", "letter_announced", "letter_delivered"],
        [],
    )  # fmt: skip


def test_who_does_not_send_letters_is_offered_none(noticed, found, person_of, deps):
    noticed(LetterKind.FEE_NOTICE)
    assert offered(found, person_of("reviewer"), deps) == []


def test_a_letter_that_is_on_its_way_is_not_voided(noticed, told, handler, deps):
    letter = noticed(LetterKind.ASSISTANCE)
    told(letter, "sent")
    with pytest.raises(NotAllowed):
        letters.void(letter, reason="错", by=handler, deps=deps)


def test_what_is_served_keeps_the_entry_that_it_left_by(noticed, told, handler, deps):
    letter = noticed(LetterKind.FEE_NOTICE)
    found = told(letter, "sent", "delivered")
    sent = found.entries.get(kind="letter_sent").sequence
    with pytest.raises(NotAllowed):
        void(found, entry=sent, by=handler, deps=deps)
    void(found, entry=sent + 1, by=handler, deps=deps)
    void(found, entry=sent, by=handler, deps=deps)
    letters.void(letter, reason="错", by=handler, deps=deps)


def test_a_letter_sent_before_its_act_still_stands_for_it(
    noticed, told, found, handler, deps
):
    letter = noticed(LetterKind.FEE_NOTICE)
    told(letter, "sent")
    noticed_ = happened.FeeNoticed(on=ON)
    found = record(found, noticed_, by=handler, deps=later(deps))
    entries = list(found.entries.order_by("sequence"))
    assert letterless(found, entries) == []


def test_the_third_partys_days_run_from_its_letters_receipt(
    noticed, found, handler, deps
):
    """第三十二条: as if the delivery had an entry of the consultation's own."""
    letter, received = noticed(ASKED), date(2026, 3, 25)
    deps = replace(deps, clock=FixedClock.on("2026-03-25"))
    due = [
        record(found, event, by=handler, deps=deps).due_on
        for event in (
            happened.OpinionSought(on=ON, consultation="1", letter=letter.pk),
            happened.LetterSent(on=ON, letter=letter.pk),
            happened.LetterDelivered(on=received, letter=letter.pk),
        )
    ]
    assert [str(day) for day in due] == ["2026-04-21", "2026-04-21", "2026-04-24"]
    [consultation] = standings.read(found, deps).clock.consultations
    assert consultation.delivered_on == received
    explained = [(step.on, step.moved) for step in standings.steps(found, deps)]
    assert explained == [(date(2026, 3, 2), True), (ON, True), (received, True)]


def test_an_announcement_serves_when_its_days_have_passed(
    noticed, told, found, person_of, deps
):
    clerk, letter = person_of("intake_clerk"), noticed(ASKED)
    told(letter, "announced", days=30)
    passed = replace(deps, clock=FixedClock.on("2026-04-19"))
    assert [offered(found, clerk, d) for d in (deps, passed)] == [
        ["letter_sent", "letter_announced"], [],
    ]  # fmt: skip
    late = happened.LetterSent(on=date(2026, 4, 19), letter=letter.pk)
    with pytest.raises(NotAllowed, match="该文书已于 2026-04-19 送达"):
        record(found, late, by=clerk, deps=passed)
