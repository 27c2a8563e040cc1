"""Acts on a request: number at once, the log in legal order, columns as the fold says."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from requests_app.domain.events import (
    Archived,
    Extended,
    Replied,
    Reviewed,
    SupplementAsked,
    SupplementReceived,
)
from requests_app.domain.lifecycle import standing
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Applicant, DisclosureRequest, LogEntry, OutboxMessage
from requests_app.services.recording import record, register
from requests_app.services.voiding import void
from tests.fakes import FixedClock

pytestmark = pytest.mark.django_db


def on(day, deps):
    return replace(deps, clock=FixedClock.on(day))


@pytest.fixture
def letter(office, deps):
    return register(
        agency=office,
        received_on=date(2024, 9, 10),
        applicant=Applicant(name="张三丰", phone="13800000000"),
        subject="征地批复",
        channel="post",
        applicant_kind="natural_person",
        by=None,
        deps=on("2024-09-11", deps),
    )


def columns(request):
    return request.stage, str(request.due_on), request.outcome, request.timeliness


def test_registering_gives_number_reference_and_due_day_at_once(letter):
    assert (letter.number, letter.reference) == ("〔2024〕1号", "530000-2024-1")
    assert columns(letter) == ("in_handling", "2024-10-14", "", "")


def test_numbers_run_on_without_gaps(office, deps):
    made = [
        register(agency=office, received_on=date(2026, 1, 5), by=None, deps=deps).number
        for _ in range(3)
    ]
    assert made == ["〔2026〕1号", "〔2026〕2号", "〔2026〕3号"]


def test_a_year_end_letter_is_numbered_in_the_year_of_registration(office, deps):
    made = register(
        agency=office,
        received_on=date(2024, 12, 31),
        by=None,
        deps=on("2025-01-04", deps),
    )
    assert (made.number, made.received_on.year) == ("〔2025〕1号", 2024)


def test_the_road_from_receipt_to_archive(letter, deps):
    for day, event in [
        ("2024-09-20", SupplementAsked(on=date(2024, 9, 20))),
        ("2024-10-08", SupplementReceived(on=date(2024, 10, 8))),
        ("2024-10-30", Reviewed(on=date(2024, 10, 30))),
        ("2024-11-04", Replied(on=date(2024, 11, 4), outcome=Outcome.PARTLY_GRANTED)),
        ("2024-11-10", Archived(on=date(2024, 11, 10))),
    ]:
        letter = record(letter, event, by=None, deps=on(day, deps))
    assert columns(letter) == ("archived", "2024-11-04", "partly_granted", "on_time")


@pytest.mark.parametrize(
    ("day", "event"),
    [
        ("2024-09-20", Archived(on=date(2024, 9, 20))),
        ("2024-09-20", Extended(on=date(2024, 9, 20), days=21)),
        ("2024-10-20", Extended(on=date(2024, 10, 20), days=5)),
        ("2024-09-23", SupplementAsked(on=date(2024, 9, 23))),
        ("2024-09-20", SupplementReceived(on=date(2024, 9, 20))),
        ("2024-09-20", Reviewed(on=date(2024, 9, 21))),
        ("2024-09-20", Replied(on=date(2024, 9, 20), outcome=Outcome.STILL_UNCLEAR)),
        ("2024-09-20", Replied(on=date(2024, 9, 9), outcome=Outcome.GRANTED)),
    ],
)
def test_what_the_law_forbids_is_refused_and_changes_nothing(letter, deps, day, event):
    before = columns(letter)
    with pytest.raises(NotAllowed):
        record(letter, event, by=None, deps=on(day, deps))
    assert (columns(DisclosureRequest.objects.get()), LogEntry.objects.count()) == (
        before, 2,
    )  # fmt: skip


def test_a_late_reply_is_recorded_with_a_finding(letter, deps):
    replied = Replied(on=date(2024, 10, 15), outcome=Outcome.GRANTED)
    letter = record(letter, replied, by=None, deps=deps)
    assert letter.timeliness == "late"
    assert [f["rule"] for f in letter.findings] == ["reply_late"]


def test_an_irregularity_of_the_past_forbids_nothing_now(letter, deps):
    record(
        letter,
        Replied(on=date(2024, 10, 15), outcome=Outcome.GRANTED),
        by=None,
        deps=deps,
    )
    letter = record(letter, Archived(on=date(2024, 10, 16)), by=None, deps=deps)
    assert letter.stage == "archived"


def test_a_second_writer_is_told_what_the_first_did(letter, deps):
    asked = SupplementAsked(on=date(2024, 9, 12))
    record(letter, asked, by=None, deps=deps, seen=2)
    with pytest.raises(NotAllowed, match="告知补正"):
        record(letter, Reviewed(on=date(2024, 9, 13)), by=None, deps=deps, seen=2)


def test_a_voided_entry_is_as_if_it_had_not_been(letter, deps):
    before = columns(letter)
    record(letter, SupplementAsked(on=date(2024, 9, 12)), by=None, deps=deps)
    letter = void(letter, entry=3, by=None, deps=deps)
    assert columns(letter) == before
    assert [e.kind for e in letter.entries.all()] == [
        "received", "registered", "supplement_asked", "entry_voided",
    ]  # fmt: skip


def test_voiding_the_receipt_voids_the_request_and_keeps_its_number(
    letter, deps, office
):
    letter = void(letter, entry=1, by=None, deps=deps)
    again = register(
        agency=office,
        received_on=date(2024, 9, 10),
        by=None,
        deps=on("2024-09-12", deps),
    )
    assert (letter.voided_on, letter.number, again.number) == (
        date(2026, 11, 24), "〔2024〕1号", "〔2024〕2号",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        record(letter, Reviewed(on=date(2024, 9, 13)), by=None, deps=deps)


def test_the_columns_are_the_fold_of_the_log(letter, deps, calendar):
    letter = record(letter, Reviewed(on=date(2024, 9, 13)), by=None, deps=deps)
    before = columns(letter)
    letter.project(standing(letter.log(), calendar))
    assert columns(letter) == before


def test_the_chain_links_every_entry_to_the_one_before(letter, deps):
    record(letter, Reviewed(on=date(2024, 9, 13)), by=None, deps=deps)
    entries = list(LogEntry.objects.order_by("sequence"))
    assert [e.previous_hash for e in entries] == ["", *(e.hash for e in entries[:-1])]
    assert [e.hash for e in entries] == [e.computed_hash() for e in entries]


@pytest.mark.parametrize(
    "act",
    [
        lambda: LogEntry.objects.update(kind="archived"),
        lambda: LogEntry.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_itself_keeps_the_log(letter, act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()


def test_a_notice_is_written_in_the_acts_own_transaction(letter, deps):
    record(letter, Reviewed(on=date(2024, 9, 13)), by=None, deps=deps)
    assert list(OutboxMessage.objects.values_list("topic", "key")) == [
        ("request.reviewed", "530000-2024-1:3")
    ]
    assert deps.bell.rung == ["requests_app.deliver_outbox"]


def test_personal_data_is_encrypted_in_the_table(letter):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM requests_app_applicant")
        stored = cursor.fetchone()[0]
    assert "13800000000" not in stored
    assert Applicant.objects.get().phone == "13800000000"
