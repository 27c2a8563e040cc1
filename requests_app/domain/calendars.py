"""The working days of the State Council's notices (放假调休), and what was known when.

A notice orders a whole year: its holidays and the rest days worked instead, some of them
in the December before. A later notice for the same year replaces it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate, count, islice

ONE_DAY = timedelta(days=1)
FIRST = date(2008, 1, 1)  # the Regulations are in force from 2008-05-01
#: In a year without a notice only the days that the 放假办法 itself fixes are known.
FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节"} | {
    (10, day): "国庆节" for day in (1, 2, 3)
}


class CalendarNotPublished(LookupError):
    """That year's notice is not loaded: nobody knows which of its days are worked."""


@dataclass(frozen=True, kw_only=True)
class NamedDay:
    """A day that a notice orders; `name` is the holiday, also of a day that makes up for
    it."""

    on: date
    working: bool
    name: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A year as a notice orders it. What a source at hand does not show is None."""

    year: int
    days: tuple[NamedDay, ...]
    number: str | None = None
    published_on: date | None = None

    @property
    def known_from(self) -> date:
        """Where the day of publication is not at hand: the year's first day, by which it
        was certainly known."""
        return self.published_on or date(self.year, 1, 1)

    def content(self) -> str:
        told = "".join(
            f"{d.on}{'+' if d.working else '-'}{d.name};"
            for d in sorted(self.days, key=lambda d: d.on)
        )
        return f"{self.year}|{self.number}|{self.published_on}|{told}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a period: does it count, and `because` of what (INTERFACES §4)."""

    on: date
    counts: bool
    because: str


class Calendar:
    """The notices loaded so far, in the order in which they were loaded.

    Counting is by arrays built once, so that a due day costs a look-up. Beyond the last
    year with a notice `counts` follows the plain rule of INTERFACES §4.
    """

    def __init__(self, notices: Iterable[Notice]) -> None:
        self.notices = tuple(notices)
        latest = {n.year: n for n in sorted(self.notices, key=lambda n: n.known_from)}
        self._ordered: Mapping[date, NamedDay] = {
            day.on: day for notice in latest.values() for day in notice.days
        }
        self.years = frozenset(latest)
        self._known: dict[frozenset[Notice], Calendar] = {}

    # --- what was known when -------------------------------------------------------
    @cached_property
    def version(self) -> str:
        """Names the notices loaded; two calendars alike have the same."""
        told = "\n".join(notice.content() for notice in self.notices)
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def known_on(self, day: date) -> "Calendar":
        """As it was known on that day: by the notices published until then."""
        known = tuple(n for n in self.notices if n.known_from <= day)
        return self._of(known)

    def at(self, version: str) -> "Calendar":
        """As it was when it had that version; LookupError if it never had."""
        for loaded in range(len(self.notices), -1, -1):
            then = self._of(self.notices[:loaded])
            if then.version == version:
                return then
        raise LookupError(f"没有版本为 {version} 的放假安排 (no such calendar version)")

    def _of(self, notices: tuple[Notice, ...]) -> "Calendar":
        if notices == self.notices:
            return self
        key = frozenset(notices)
        if key not in self._known:
            self._known[key] = Calendar(notices)
        return self._known[key]

    # --- one day ---------------------------------------------------------------------
    def is_published(self, year: int) -> bool:
        return year in self.years

    def is_working(self, day: date) -> bool:
        """Is it worked? CalendarNotPublished in a year without a notice."""
        if day.year not in self.years:
            raise CalendarNotPublished(day.year)
        return self.counts(day)

    def name_of(self, day: date) -> str:
        """The holiday's Chinese name, also of the holiday that a day makes up for."""
        ordered = self._ordered.get(day)
        return ordered.name if ordered else ""

    def counts(self, day: date) -> bool:
        """Does the day count as a working day, by the notice or else by the plain rule?"""
        ordered = self._ordered.get(day)
        if ordered:
            return ordered.working
        if day.weekday() >= 5:
            return False
        return day.year in self.years or (day.month, day.day) not in FIXED

    def explained(self, day: date) -> Day:
        """The day on its own, pauses apart."""
        if self.counts(day):
            name = "working_day" if day.weekday() < 5 else "in_lieu_working_day"
            return Day(day, True, name)
        named = self.name_of(day)
        if not named and day.year not in self.years:
            named = FIXED.get((day.month, day.day), "")
        return Day(day, False, named or "weekend")

    # --- counting --------------------------------------------------------------------
    @cached_property
    def _days(self) -> tuple[Day, ...]:
        """Every day from FIRST to the end of the year after the last one published."""
        end = date(max(self.years, default=FIRST.year) + 1, 12, 31)
        days = (FIRST + timedelta(n) for n in range((end - FIRST).days + 1))
        return tuple(self.explained(day) for day in days)

    @cached_property
    def _worked(self) -> tuple[date, ...]:
        return tuple(day.on for day in self._days if day.counts)

    @cached_property
    def _rank(self) -> tuple[int, ...]:
        """How many working days there are from FIRST to each day, itself included."""
        return tuple(accumulate(day.counts for day in self._days))

    def nth(self, start: date, nth: int) -> date:
        """The nth working day after `start`, which is itself not counted; `start` for 0.

        OverflowError past the year 9999.
        """
        if nth == 0:
            return start
        try:
            return self._worked[self._rank[start.toordinal() - _BASE] + nth - 1]
        except IndexError:
            counted = (day for day in days_after(start) if self.counts(day))
            return next(islice(counted, nth - 1, None))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`."""
        if end <= start:
            return 0
        try:
            first, last = start.toordinal() - _BASE, end.toordinal() - _BASE
            return self._rank[last] - self._rank[first]
        except IndexError:
            return sum(map(self.counts, days_from_to(start, end)))

    def strip(self, start: date, end: date) -> tuple[Day, ...]:
        """Every day after `start` up to and including `end`."""
        first, last = start.toordinal() - _BASE, end.toordinal() - _BASE
        if last < len(self._days):
            return self._days[first + 1 : last + 1]
        return tuple(map(self.explained, days_from_to(start, end)))


_BASE = FIRST.toordinal()


def days_after(start: date) -> Iterator[date]:
    return (start + timedelta(n) for n in count(1))


def days_from_to(start: date, end: date) -> Iterator[date]:
    """After `start`, up to and including `end`."""
    return (start + timedelta(n) for n in range(1, (end - start).days + 1))
