"""After a lost case: decided anew by the log, once, and no second 件."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from requests_app.domain.events import (
    ConfidentialityReviewed,
    DecidedAnew,
    Received,
    Replied,
    Reviewed,
    SubmittedForReview,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ConfidentialityConclusion, Outcome
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


def looked_through(letter, deps, on="2025-11-10", outcome=Outcome.GRANTED):
    """Submitted, reviewed, and for secrets too, all on that day."""
    day = date.fromisoformat(on)
    for event in (
        SubmittedForReview(on=day, outcome=outcome),
        Reviewed(on=day),
        ConfidentialityReviewed(on=day, conclusion=ConfidentialityConclusion.PUBLISH),
    ):
        record(letter, event, by=None, deps=deps)


COUNTED = ("replied_on", "outcome", "timeliness", "due_on", "stage", "fee", "findings")


def counted(letter):
    return DisclosureRequest.objects.values(*COUNTED).get(pk=letter.pk)


def test_a_second_decision_closes_the_duty_and_changes_nothing_counted(
    letter, lost, handler, deps
):
    before = counted(letter)
    looked_through(letter, deps)
    assert counted(letter) == before
    assert [str(on) for _, on in lost.duties(deps.calendar)] == ["2025-12-01"]
    record(letter, anew(lost), by=handler, deps=deps)
    assert columns(lost) == (date(2025, 11, 20), "granted")
    assert (counted(letter), list(lost.duties(deps.calendar))) == (before, [])
    assert letter.entries.last().kind == "decided_anew"


def test_taken_back_the_duty_is_open_again(letter, lost, handler, deps):
    looked_through(letter, deps)
    record(letter, anew(lost), by=handler, deps=deps)
    entry = letter.entries.last().sequence
    void(letter, entry=entry, by=handler, deps=deps, reason="误录")
    assert columns(lost) == (None, "")
    record(letter, anew(lost, outcome=Outcome.DELIBERATIVE), by=handler, deps=deps)
    assert columns(lost) == (date(2025, 11, 20), "deliberative")


# fmt: off
UNREVIEWED = {
    "not at all":                  ([], "须就此重新审核"),
    "submitted alone":             (["submitted"], "须就此重新审核"),
    "not for secrets":             (["submitted", "reviewed"], "尚未保密审查"),
    "for secrets alone":           (["secrets"], "须就此重新审核"),
    "after the day it was given":  (["late submitted", "late reviewed", "secrets"], "须就此重新审核"),
    "of another outcome":          (["other", "reviewed", "secrets"], "审核通过的是“予以公开（同意公开）”"),
    "before secrets were cleared": (["submitted", "reviewed", "secrets", "doubted"], "不是可以公开"),
}
# fmt: on
ON, LATE = date(2025, 11, 10), date(2025, 11, 21)
STEPS = {
    "submitted": SubmittedForReview(on=ON, outcome=Outcome.PARTLY_GRANTED),
    "other": SubmittedForReview(on=ON, outcome=Outcome.GRANTED),
    "late submitted": SubmittedForReview(on=LATE, outcome=Outcome.PARTLY_GRANTED),
    "reviewed": Reviewed(on=ON),
    "late reviewed": Reviewed(on=LATE),
    "secrets": ConfidentialityReviewed(on=ON),
    "doubted": ConfidentialityReviewed(
        on=ON, conclusion=ConfidentialityConclusion.REFERRED
    ),
}


@pytest.mark.parametrize(("steps", "why"), UNREVIEWED.values(), ids=UNREVIEWED)
def test_what_is_given_anew_is_reviewed_anew(letter, lost, handler, deps, steps, why):
    for step in steps:
        record(letter, STEPS[step], by=None, deps=deps)
    given = anew(lost, outcome=Outcome.PARTLY_GRANTED)
    with pytest.raises(NotAllowed, match=why):
        record(letter, given, by=handler, deps=deps)
    record(letter, given, by=None, deps=deps)  # decided elsewhere


def test_a_review_of_before_the_decision_was_of_another_answer(
    letter, lost, handler, deps
):
    looked_through(letter, deps, on="2025-11-02")
    with pytest.raises(NotAllowed, match="须就此重新审核"):
        record(letter, anew(lost), by=handler, deps=deps)


def test_what_is_refused_anew_needs_no_such_review(letter, lost, handler, deps):
    refused = anew(lost, outcome=Outcome.TRADE_SECRET)
    record(letter, refused, by=handler, deps=deps)
    assert columns(lost) == (date(2025, 11, 20), "trade_secret")


@pytest.mark.parametrize("step", ["submitted", "reviewed", "secrets"])
def test_where_nothing_orders_it_what_was_replied_to_is_not_reviewed(
    letter, handler, deps, step
):
    with pytest.raises(NotAllowed, match="已答复；有责令重新答复的裁判的"):
        record(letter, STEPS[step], by=None, deps=deps)


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
    looked_through(letter, deps)
    record(letter, anew(lost), by=handler, deps=deps)
    assert (offered(), list(followups.open_for(letter))) == (False, [])


def test_typed_with_the_case_it_is_told_to_the_log_all_the_same(
    letter, lost, handler, deps
):
    lost.performed_on, lost.new_outcome = date(2025, 11, 20), "granted"
    with pytest.raises(ValidationError) as refused:
        keep(lost, by=handler, deps=deps)
    assert list(refused.value.message_dict) == ["new_outcome"]
    looked_through(letter, deps)
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
    looked_through(letter, deps)
    record(letter, anew(lost), by=handler, deps=on)
    assert told() == []
