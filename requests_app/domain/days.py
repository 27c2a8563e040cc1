"""Counting working days (工作日) around pauses; the day counted from is not counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.domain.calendars import ONE_DAY, Calendar, Day


@dataclass(frozen=True)
class Pause:
    """Working days after `since` up to and including `until` do not count."""

    since: date
    until: date
    name: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.since < day <= self.until


def nth_working_day(
    start: date, nth: int, calendar: Calendar, pauses: tuple[Pause, ...] = ()
) -> date:
    """The nth working day after `start` that lies in no pause; `start` itself for 0."""
    if nth == 0:
        return start
    for pause in sorted(pauses, key=lambda p: p.since):
        before = calendar.between(start, pause.since)
        if nth <= before:
            break
        if pause.until > start:
            nth -= before
            start = max(start, pause.until)
    return calendar.nth(start, nth)


def strip(
    start: date, end: date, calendar: Calendar, pauses: tuple[Pause, ...]
) -> tuple[Day, ...]:
    """Every day after `start` up to and including `end`, and why it counts or not; a day
    in several pauses is told of the first."""
    plain = calendar.strip(start, end)
    days = list(plain)
    for pause in reversed(pauses):
        since, until = (pause.since - start).days, (pause.until - start).days
        for n in range(max(since, 0), min(until, len(days))):
            if plain[n].counts:
                days[n] = Day(plain[n].on, False, f"paused:{pause.name}")
    return tuple(days)


def provisional(start: date, until: date, calendar: Calendar) -> bool:
    """Does the period enter a year whose notice is not loaded?"""
    years: Iterable[int] = range((start + ONE_DAY).year, until.year + 1)
    return any(not calendar.is_published(year) for year in years)
