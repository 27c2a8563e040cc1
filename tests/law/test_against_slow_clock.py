"""The clock and a plain walk through the days agree, whatever happens to a request."""

from datetime import timedelta

import pytest
from hypothesis import given, settings

from requests_app.domain import deadlines
from tests.law.logs import as_event, logs
from tests.law.slow_clock import SlowClock


@pytest.fixture(scope="module", autouse=True)
def one_calendar(calendar):
    global CALENDAR
    CALENDAR = calendar


@given(logs())
@settings(max_examples=1500, deadline=None)
def test_the_clock_is_the_walk_through_the_days(log):
    received, told = log
    slow = SlowClock(received, CALENDAR.counts)
    for entry in told:
        slow.happens(*entry)
    clock = deadlines.read(received, [as_event(*entry) for entry in told], CALENDAR)
    found = [finding.rule for finding in clock.findings]
    assert (clock.base_due_on, clock.due_on, found) == (
        slow.base, slow.due, slow.irregular,
    )  # fmt: skip
    if slow.due:
        days = [
            slow.start + timedelta(n)
            for n in range(1, (slow.due - slow.start).days + 1)
        ]
        assert [(d.on, d.counts) for d in clock.days()] == [
            (day, CALENDAR.counts(day) and not slow.stopped(day)) for day in days
        ]
