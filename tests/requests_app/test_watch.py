"""日监测: what falls due is told once a step, however often it is asked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model

from requests_app.domain.events import Assigned, Replied
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Appeal, OutboxMessage
from requests_app.services.absences import announce
from requests_app.services.recording import record, register
from requests_app.services.watch import daily
from tests.fakes import FixedClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(deps):
    return lambda day: replace(deps, clock=FixedClock.on(day))


@pytest.fixture
def letter(office, at):
    """Due on Monday 2024-10-14, after a worked Saturday."""
    return register(
        agency=office, received_on=date(2024, 9, 10), by=None, deps=at("2024-09-11")
    )


def told(topic):
    found = OutboxMessage.objects.filter(topic=topic).order_by("pk")
    return [m.payload["step"] for m in found]


def test_each_step_is_told_once(letter, at):
    for day in ("2024-09-27", "2024-10-08", "2024-10-09", "2024-10-10", "2024-10-11",
                "2024-10-12", "2024-10-14", "2024-10-15", "2024-10-16"):  # fmt: skip
        daily(deps=at(day))
        assert daily(deps=at(day)) == 0
    assert told("watch.request") == [
        "due_in_5", "due_in_3", "due_in_1", "due_today", "overdue",
    ]  # fmt: skip


def test_reminders_go_to_the_handler_and_to_who_stands_in_while_it_lasts(
    office, letter, at
):
    absent, other = (
        get_user_model().objects.create_user(name, agency=office)
        for name in ("张三", "李四")
    )
    record(
        letter, Assigned(on=date(2024, 9, 11), handler=absent.pk), by=None,
        deps=at("2024-09-11"),
    )  # fmt: skip
    announce(
        absent=absent, substitute=other, from_on=date(2024, 10, 9),
        until_on=date(2024, 10, 11), by=absent, deps=at("2024-10-08"),
    )  # fmt: skip
    for day in ("2024-10-08", "2024-10-10", "2024-10-12", "2024-10-14"):
        daily(deps=at(day))
    found = OutboxMessage.objects.filter(topic="watch.request").order_by("pk")
    assert [(m.payload["step"], m.payload["to"]) for m in found] == [
        ("due_in_5", [absent.pk]),
        ("due_in_3", [absent.pk, other.pk]),
        ("due_in_1", [absent.pk]),
        ("due_today", [absent.pk]),
    ]


def test_what_is_concluded_is_not_watched(letter, at):
    replied = Replied(on=date(2024, 9, 20), outcome=Outcome.GRANTED)
    record(letter, replied, by=None, deps=at("2024-09-20"))
    daily(deps=at("2024-10-14"))
    assert told("watch.request") == []


def test_the_answers_that_the_office_owes_are_watched_alike(office, at):
    """行政复议法第四十八条: 10 working days from the notice of 2024-09-25."""
    review = Appeal.objects.create(
        agency=office, procedure="reconsideration", filed_on="2024-09-20",
        notified_on="2024-09-25", result="pending",
    )  # fmt: skip
    daily(deps=at("2024-10-14"))
    review.answered_on = date(2024, 10, 14)
    review.save()
    daily(deps=at("2024-10-15"))
    assert told("watch.appeal") == ["due_today"]


def test_a_judgment_that_orders_disclosure_is_watched(office, at):
    Appeal.objects.create(
        agency=office, procedure="litigation_direct", filed_on="2025-06-02",
        decided_on="2025-09-01", result="corrected", orders_disclosure=True,
    )  # fmt: skip
    daily(deps=at("2025-09-29"))
    message = OutboxMessage.objects.get(topic="watch.appeal")
    assert (message.payload["due_on"], message.payload["step"]) == (
        "2025-09-28", "overdue",
    )  # fmt: skip


def test_a_missing_calendar_is_told_once_a_month(at):
    for day in ("2026-11-02", "2026-11-25", "2026-12-01"):
        daily(deps=at(day))
    assert list(
        OutboxMessage.objects.filter(topic="calendar.missing").values_list(
            "key", flat=True
        )
    ) == ["calendar:2027:2026-11", "calendar:2027:2026-12"]


def test_each_day_of_the_annual_report_is_told_in_steps_and_once(at):
    day = date(2026, 1, 1)
    while day <= date(2026, 4, 10):
        daily(deps=at(str(day)))
        day += timedelta(1)
    told = OutboxMessage.objects.filter(topic="watch.report")
    steps = {"due_in_5", "due_in_3", "due_in_1", "due_today"}
    for due in ("2026-01-31", "2026-02-20", "2026-03-10", "2026-03-31"):
        found = [m.payload["step"] for m in told.filter(payload__due_on=due)]
        assert (len(found), set(found)) == (4, steps)
    assert set(told.values_list("payload__year", flat=True)) == {2025}
    assert told.count() == 16
