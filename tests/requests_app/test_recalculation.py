"""A changed calendar moves nothing unseen, and nothing that is concluded."""

from collections import Counter
from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from django.db import connection

from requests_app.domain.calendars import Calendar
from requests_app.domain.events import Received, Replied, Reviewed
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import DisclosureRequest, LogEntry, Staff
from requests_app.services import recalculation
from requests_app.services.history import History, record_history
from requests_app.services.recording import record, register
from requests_app.services.standings import broken_links, rebuild
from requests_app.services.voiding import void
from tests.fakes import FixedClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(deps, calendar):
    """21 March 2019, the day before the Labour Day notice."""
    known = calendar.known_on(date(2019, 3, 21))
    return replace(deps, calendar=known, clock=FixedClock.on("2019-04-09"))


@pytest.fixture
def after(before, calendar):
    """The amended notice is loaded on 10 April; all that had been stays as it was."""
    known = before.calendar.notices
    amended = [n for n in calendar.notices if n.published_on == date(2019, 3, 22)]
    return replace(
        before, calendar=Calendar([*known, *amended]), clock=FixedClock.on("2019-04-10")
    )


def received(office, on, deps):
    day = date.fromisoformat(on)
    return register(agency=office, received_on=day, by=None, deps=deps)


def moves(deps):
    return [
        (m.disclosure_request.number, str(m.was_due_on), str(m.due_on))
        for m in recalculation.preview(deps=deps)
    ]


def test_the_preview_lists_what_would_move_and_changes_nothing(office, before, after):
    received(office, "2019-04-08", before)
    received(office, "2019-03-01", before)
    assert moves(after) == [("〔2019〕1号", "2019-04-29", "2019-04-28")]
    assert moves(before) == []
    assert {str(r.due_on) for r in DisclosureRequest.objects.all()} == {
        "2019-04-29", "2019-03-22",
    }  # fmt: skip


def test_the_approval_records_each_move_with_both_days(office, before, after):
    moved, stays = (received(office, d, before) for d in ("2019-04-08", "2019-03-01"))
    assert recalculation.approve(by=None, deps=after) == 1
    moved.refresh_from_db()
    last = moved.entries.last()
    assert (last.kind, last.details, moved.due_on) == (
        "recalculated",
        {"calendar": after.calendar.version, "was_due_on": "2019-04-29",
         "due_on": "2019-04-28"},
        date(2019, 4, 28),
    )  # fmt: skip
    assert stays.entries.count() == 2
    assert (recalculation.approve(by=None, deps=after), moves(after)) == (0, [])
    assert list(broken_links()) == []


def test_a_concluded_request_never_changes(office, before, after):
    letter = received(office, "2019-04-08", before)
    at_the_end = replace(before, clock=FixedClock.on("2019-04-29"))
    replied = Replied(on=date(2019, 4, 29), outcome=Outcome.GRANTED)
    letter = record(letter, replied, by=None, deps=at_the_end)
    assert (letter.timeliness, moves(after)) == ("on_time", [])
    assert list(rebuild(write=True, deps=after)) == []
    assert letter.entries.last().details == {
        "outcome": "granted", "calendar": before.calendar.version, "rules": 1,
    }  # fmt: skip


def test_an_act_meanwhile_records_the_move_first(office, before, after):
    letter = received(office, "2019-04-08", before)
    letter = record(letter, Reviewed(on=date(2019, 4, 10)), by=None, deps=after)
    assert [e.kind for e in letter.entries.all()] == [
        "received", "registered", "recalculated", "reviewed",
    ]  # fmt: skip
    assert (letter.due_on, moves(after)) == (date(2019, 4, 28), [])


def test_so_does_a_mistaken_entry_taken_back(office, before, after):
    letter = received(office, "2019-04-08", before)
    record(letter, Reviewed(on=date(2019, 4, 9)), by=None, deps=before)
    letter = void(letter, entry=3, by=None, deps=after)
    assert [e.kind for e in letter.entries.all()] == [
        "received", "registered", "reviewed", "recalculated", "entry_voided",
    ]  # fmt: skip
    assert (letter.stage, letter.due_on) == ("in_handling", date(2019, 4, 28))


def test_a_preview_of_another_calendar_is_not_approved(office, before, after):
    received(office, "2019-04-08", before)
    with pytest.raises(NotAllowed, match="预览"):
        recalculation.approve(by=None, deps=after, version=before.calendar.version)
    assert LogEntry.objects.count() == 2


def test_what_was_provisional_is_settled_when_the_notice_is_loaded(
    office, deps, calendar
):
    before = replace(
        deps,
        calendar=calendar.known_on(date(2025, 11, 3)),
        clock=FixedClock.on("2025-12-20"),
    )
    letter = received(office, "2025-12-15", before)
    assert (str(letter.due_on), letter.provisional) == ("2026-01-13", True)
    assert moves(before) == []
    after = replace(before, calendar=calendar)
    assert moves(after) == [("〔2025〕1号", "2026-01-13", "2026-01-13")]
    recalculation.approve(by=None, deps=after)
    letter.refresh_from_db()
    assert (str(letter.due_on), letter.provisional) == ("2026-01-13", False)


def act_on(requests, deps):
    try:
        for request in requests:
            record(request, Reviewed(on=date(2019, 4, 10)), by=None, deps=deps)
    finally:
        connection.close()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
def test_what_is_acted_on_meanwhile_keeps_its_act(committed, office, before, after):
    row = History(
        agency=office, events=(Received(on=date(2019, 4, 8)),), number_year=2019
    )
    everybody = record_history([row] * 600, by=None, deps=before)
    acted = everybody[::60]
    acting = Thread(target=act_on, args=(acted, after))
    acting.start()
    recalculation.approve(by=None, deps=after)
    acting.join()
    told = LogEntry.objects.filter(kind__in=["recalculated", "reviewed"])
    assert Counter(told.values_list("kind", flat=True)) == {
        "recalculated": 600, "reviewed": 10,
    }  # fmt: skip
    assert Counter(
        DisclosureRequest.objects.values_list("stage", "due_on")
    ) == {
        ("in_handling", date(2019, 4, 28)): 590,
        ("reviewed", date(2019, 4, 28)): 10,
    }  # fmt: skip
    assert list(rebuild(write=False, deps=after)) == list(broken_links()) == []


def test_only_what_the_user_sees_is_previewed_to_them(office, before, after):
    received(office, "2019-04-08", before)
    stranger = Staff.objects.create_user("stranger")
    assert list(recalculation.preview(deps=after, user=stranger)) == []
