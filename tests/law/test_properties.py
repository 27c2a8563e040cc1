"""What holds of the clock under any log."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from requests_app.domain import deadlines
from requests_app.domain.days import Pause, nth_working_day
from requests_app.domain.events import (
    Extended,
    FeeNoticed,
    FeePaid,
    OpinionDelivered,
    OpinionReceived,
    OpinionSought,
    SupplementAsked,
    SupplementReceived,
)

FIRST, LAST = date(2008, 5, 1), date(2027, 6, 30)
days = some.dates(FIRST, LAST)
lengths = some.integers(0, 60)
spans = some.lists(some.tuples(lengths, lengths), max_size=4)


@pytest.fixture(scope="module", autouse=True)
def one_calendar(calendar):
    global CALENDAR
    CALENDAR = calendar


def pauses(start, spans):
    return tuple(
        Pause(start + timedelta(a), start + timedelta(a + b), "p") for a, b in spans
    )


def walked(start, nth, pauses):
    """The nth counted day after `start`, day by day."""
    day = start
    while nth:
        day += timedelta(1)
        nth -= CALENDAR.counts(day) and not any(day in p for p in pauses)
    return day


@given(days, some.integers(0, 40), spans)
def test_counting_around_pauses_is_walking_day_by_day(start, nth, spans):
    around = pauses(start, spans)
    assert nth_working_day(start, nth, CALENDAR, around) == walked(start, nth, around)


@given(days, some.integers(1, 40), spans, some.tuples(lengths, lengths))
def test_another_pause_never_makes_it_earlier(start, nth, spans, one_more):
    fewer, more = pauses(start, spans), pauses(start, [*spans, one_more])
    assert nth_working_day(start, nth, CALENDAR, fewer) <= nth_working_day(
        start, nth, CALENDAR, more
    )


@given(days, some.integers(1, 40), lengths, lengths, lengths)
def test_a_pause_split_in_two_is_the_same_pause(start, nth, since, first, second):
    whole = pauses(start, [(since, first + second)])
    split = pauses(start, [(since, first), (since + first, second)])
    assert nth_working_day(start, nth, CALENDAR, whole) == nth_working_day(
        start, nth, CALENDAR, split
    )


steps = some.lists(
    some.tuples(some.sampled_from("SOEF"), some.integers(0, 12), some.integers(0, 30)),
    max_size=5,
)


def history(received, steps):
    """Questions with their answers, one after the other, now and then unanswered."""
    told, day = [], received
    for nth, (what, wait, length) in enumerate(steps):
        day += timedelta(wait)
        answered = day + timedelta(length)
        if what == "S":
            told += [SupplementAsked(on=day), SupplementReceived(on=answered)]
        if what == "F":
            told += [FeeNoticed(on=day), FeePaid(on=answered)]
        if what == "E":
            told.append(Extended(on=day, days=length + 1))
        if what == "O":
            name = f"c{nth}"
            told.append(OpinionSought(on=day, consultation=name))
            if length % 3:
                told.append(OpinionDelivered(on=day, consultation=name))
            if length % 4:
                told.append(OpinionReceived(on=answered, consultation=name))
        if what in "SF":
            day = answered
    return told


@given(days, steps)
@settings(max_examples=300)
def test_a_due_day_is_a_working_day_and_its_strip_counts_the_period(received, steps):
    clock = deadlines.read(received, history(received, steps), CALENDAR)
    strip = list(clock.days())
    assert CALENDAR.counts(clock.due_on)
    assert strip[-1].on == clock.due_on
    assert sum(d.counts for d in strip) == (
        clock.regime.reply_days + clock.extension_days
    )
    assert clock.base_due_on <= clock.due_on


@given(days, steps, some.randoms())
def test_the_order_of_events_of_different_days_does_not_matter(received, steps, chance):
    events = history(received, steps)
    if len({e.on for e in events}) == len(events):
        turned = events[:]
        chance.shuffle(turned)
        assert asked(received, events) == asked(received, turned)


def asked(received, events):
    clock = deadlines.read(received, events, CALENDAR)
    return clock.base_due_on, clock.due_on, clock.findings


@given(days, steps)
def test_the_strip_is_every_day_once_from_the_start_to_the_due_day(received, steps):
    clock = deadlines.read(received, history(received, steps), CALENDAR)
    told = [d.on for d in clock.days()]
    length = (clock.due_on - clock.counting_from).days
    assert told == [clock.counting_from + timedelta(n) for n in range(1, length + 1)]
