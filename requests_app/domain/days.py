"""Counting working days (工作日); the day from which one counts is itself not counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

ONE_DAY = timedelta(days=1)


class Calendar(Protocol):
    """The State Council's notices. `is_published` False: the year's notice is not loaded,
    and `is_working` and `name_of` must not be asked about it."""

    version: str

    def is_published(self, year: int) -> bool: ...
    def is_working(self, day: date) -> bool: ...
    def name_of(self, day: date) -> str: ...


#: In a year without a notice only the days that the 放假办法 itself fixes are known.
FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节"} | {
    (10, day): "国庆节" for day in (1, 2, 3)
}


@dataclass(frozen=True)
class Pause:
    """Working days after `since` up to and including `until` do not count."""

    since: date
    until: date
    name: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.since < day <= self.until


def is_working(day: date, calendar: Calendar) -> bool:
    if calendar.is_published(day.year):
        return calendar.is_working(day)
    return day.weekday() < 5 and (day.month, day.day) not in FIXED


def why(day: date, calendar: Calendar) -> str:
    """`because` of a day on its own, pauses apart (INTERFACES §4)."""
    if is_working(day, calendar):
        return "working_day" if day.weekday() < 5 else "in_lieu_working_day"
    if not calendar.is_published(day.year):
        return FIXED.get((day.month, day.day), "weekend")
    return calendar.name_of(day) or "weekend"


def days_after(start: date) -> Iterator[date]:
    day = start
    while True:
        day += ONE_DAY
        yield day


def nth_working_day(
    start: date, count: int, calendar: Calendar, pauses: tuple[Pause, ...] = ()
) -> date:
    """The count-th working day after `start` that lies in no pause; `start` itself for 0."""
    if count == 0:
        return start
    counted = (
        day
        for day in days_after(start)
        if is_working(day, calendar) and not any(day in pause for pause in pauses)
    )
    return next(day for nth, day in enumerate(counted, 1) if nth == count)


def provisional(start: date, until: date, calendar: Calendar) -> bool:
    """Does the period enter a year whose notice is not loaded?"""
    return any(
        not calendar.is_published(year)
        for year in range((start + ONE_DAY).year, until.year + 1)
    )
