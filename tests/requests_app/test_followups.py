"""After a lost case: decided anew by the log, once, and no second 件."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.domain.events import DecidedAnew, Received, Replied
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Appeal, DisclosureRequest
from requests_app.services import followups, offers
from requests_app.services.appeals import keep
from requests_app.services.history import History, record_history
from requests_app.services.recording import record
from requests_app.services.voiding import void
from requests_app.services.watch import notices
from tests.fakes import FixedClock
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(office, deps):
    refused = Replied(on=date(2025, 6, 20), outcome=Outcome.DELIBERATIVE)
    row = History(
        agency=office, number_year=2025, channel="post",
        events=(Received(on=date(2025, 6, 3)), refused),
    )  # fmt: skip
    return record_history([row], by=None, deps=deps)[0]


@pytest.fixture
def lost(office, letter):
    return Appeal.objects.create(
        agency=office, disclosure_request=letter, procedure="litigation_direct",
        case_number="（2025）云01行初5号", filed_on=date(2025, 8, 1),
        decided_on=date(2025, 11, 3), result="corrected", orders_disclosure=True,
    )  # fmt: skip


@pytest.fixture
def handler(office):
    return member(office, "handler")


def anew(case, on="2025-11-20", outcome=Outcome.GRANTED):
    return DecidedAnew(on=date.fromisoformat(on), outcome=outcome, appeal=case.pk)


def columns(case):
    case.refresh_from_db()
    return case.performed_on, case.new_outcome


COUNTED = ("replied_on", "outcome", "timeliness", "due_on", "stage", "fee", "findings")


def counted(letter):
    return DisclosureRequest.objects.values(*COUNTED).get(pk=letter.pk)


def test_a_second_decision_closes_the_duty_and_changes_nothing_counted(
    letter, lost, handler, deps
):
    before = counted(letter)
    assert [str(on) for _, on in lost.duties(deps.calendar)] == ["2025-12-01"]
    record(letter, anew(lost), by=handler, deps=deps)
    assert columns(lost) == (date(2025, 11, 20), "granted")
    assert (counted(letter), list(lost.duties(deps.calendar))) == (before, [])
    assert letter.entries.last().kind == "decided_anew"


def test_taken_back_the_duty_is_open_again(letter, lost, handler, deps):
    record(letter, anew(lost), by=handler, deps=deps)
    entry = letter.entries.last().sequence
    void(letter, entry=entry, by=handler, deps=deps, reason="误录")
    assert columns(lost) == (None, "")
    record(letter, anew(lost, outcome=Outcome.PARTLY_GRANTED), by=handler, deps=deps)
    assert columns(lost) == (date(2025, 11, 20), "partly_granted")


# fmt: off
REFUSED = {
    "not lost":            ({"result": "upheld", "orders_disclosure": False}, "2025-11-20"),
    "before the decision": ({}, "2025-11-02"),
    "decided anew already": ({"performed_on": date(2025, 11, 10)}, "2025-11-20"),
    "of another request":  ({"disclosure_request": None}, "2025-11-20"),
}
# fmt: on


@pytest.mark.parametrize(("facts", "on"), REFUSED.values(), ids=REFUSED)
def test_where_nothing_orders_it_there_is_no_second_decision(
    letter, lost, handler, deps, facts, on
):
    Appeal.objects.filter(pk=lost.pk).update(**facts)
    entries = letter.entries.count()
    with pytest.raises(NotAllowed):
        record(letter, anew(lost, on), by=handler, deps=deps)
    assert letter.entries.count() == entries


def test_it_is_offered_while_the_duty_is_open(letter, lost, handler, deps):
    def offered():
        entries = list(letter.entries.all())
        return DecidedAnew in offers.offered(letter, entries, user=handler, deps=deps)

    assert (offered(), list(followups.open_for(letter))) == (True, [lost])
    record(letter, anew(lost), by=handler, deps=deps)
    assert (offered(), list(followups.open_for(letter))) == (False, [])


def test_typed_with_the_case_it_is_told_to_the_log_all_the_same(
    letter, lost, handler, deps
):
    lost.performed_on, lost.new_outcome = date(2025, 11, 20), "granted"
    keep(lost, by=handler, deps=deps)
    assert letter.entries.last().event() == anew(lost)
    assert columns(lost) == (date(2025, 11, 20), "granted")
    keep(lost, by=handler, deps=deps)  # saved again: nothing new
    assert letter.entries.filter(kind="decided_anew").count() == 1


def test_the_watch_tells_what_is_ordered_until_it_is_done(letter, lost, handler, deps):
    on = replace(deps, clock=FixedClock.on("2025-11-28"))

    def told():
        return [
            (payload["duty"], payload["due_on"], payload["step"])
            for topic, _, payload in notices(on)
            if topic == "watch.appeal"
        ]

    assert told() == [("按裁判重新答复或公开", "2025-12-01", "due_in_1")]
    record(letter, anew(lost), by=handler, deps=on)
    assert told() == []
