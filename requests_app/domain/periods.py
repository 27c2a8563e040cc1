"""Periods in calendar days and months (期间): reconsideration, suits, answers to courts.

The first day is not counted; a last day that is a rest day moves to the next working day
(民事诉讼法第八十五条, 行政诉讼法司法解释第四十八条, 民法典第二百零三条).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from requests_app.domain.calendars import Calendar


@dataclass(frozen=True, kw_only=True)
class Period:
    """So many calendar days, months or working days; exactly one of them is given."""

    days: int = 0
    months: int = 0
    working_days: int = 0

    def last_day(self, start: date, calendar: Calendar) -> date:
        """The last day of the period that runs from `start`, itself not counted."""
        if self.working_days:
            return calendar.nth(start, self.working_days)
        return on_a_working_day(
            months_after(start, self.months) + timedelta(self.days), calendar
        )

    def __str__(self) -> str:
        if self.working_days:
            return f"{self.working_days}个工作日"
        return f"{self.months}个月" if self.months else f"{self.days}日"


def on_a_working_day(day: date, calendar: Calendar) -> date:
    while not calendar.counts(day):
        day += timedelta(1)
    return day


def months_after(start: date, months: int) -> date:
    """The day of that number; where the month has none, its last (民法典第二百零二条)."""
    whole = start.year * 12 + start.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
