"""Due days: the law's clock beside a bare look-up by bisection and beside the usual way, a
library's question asked of every day."""

from bisect import bisect_right
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

import requests_app
from benchmarks.measuring import in_turns, milliseconds, tell
from requests_app.adapters.calendars import calendar_in
from requests_app.domain import deadlines
from requests_app.domain.calendars import Calendar
from requests_app.domain.clock import Clock
from requests_app.domain.events import Event, Extended, OpinionReceived, OpinionSought

DAYS = [date(2008, 5, 1) + timedelta(n) for n in range(6000)]
FEW = DAYS[::20]
PERIOD = 15


def run() -> None:
    calendar = calendar_in(Path(requests_app.__path__[0]) / "calendar_data")
    due_days(calendar)
    explained_days(calendar)
    whole = milliseconds(lambda: [calendar.nth(d, PERIOD) for d in DAYS * 167])
    print(f"{len(DAYS) * 167} due days: ours {whole:.0f} ms in all", flush=True)


def due_days(calendar: Calendar) -> None:
    worked = [d for d in map(known_day, range(7000)) if calendar.counts(d)]

    def ours() -> None:
        for day in DAYS:
            _ = calendar.nth(day, PERIOD)

    def bisected() -> None:
        for day in DAYS:
            _ = worked[bisect_right(worked, day) + PERIOD - 1]

    def asked_day_by_day() -> None:
        for day in FEW:
            left = PERIOD
            while left:
                day += timedelta(1)
                left -= chinese_calendar.is_workday(day)

    mine, floor, usual = in_turns(ours, bisected, asked_day_by_day)
    tell(
        f"{len(DAYS)} due days (floor: bisect in a list of working days; usual: "
        f"chinesecalendar asked day by day)",
        mine, floor, usual * len(DAYS) / len(FEW),
    )  # fmt: skip
    print(f"    that is {mine * 1000 / len(DAYS):.2f} µs each", flush=True)


def explained_days(calendar: Calendar) -> None:
    """A whole reading: both due days and the strip of days with its reasons; of a request
    that nothing happened to, and of one with a consultation and an extension."""
    logs = [(day, happened_after(day)) for day in DAYS]

    def eventful() -> None:
        for day, events in logs:
            explain(deadlines.read(day, events, calendar))

    def plain() -> None:
        for day in DAYS:
            explain(deadlines.read(day, (), calendar))

    def floor() -> None:
        for day in DAYS:
            deadlines.read(day, (), calendar)

    most, least, bare = in_turns(eventful, plain, floor)
    for name, took in (("", least), (", with a consultation and an extension", most)):
        tell(
            f"{len(DAYS)} explained due days{name} (floor: a clock that nothing is asked "
            "of)",
            took, bare,
        )  # fmt: skip
        print(f"    that is {took * 1000 / len(DAYS):.1f} µs each", flush=True)


def explain(clock: Clock) -> None:
    _ = clock.base_due_on, clock.due_on, clock.days()


def happened_after(day: date) -> tuple[Event, ...]:
    later = day + timedelta(3)
    return (
        OpinionSought(on=later, consultation="甲"),
        OpinionReceived(on=later + timedelta(7), consultation="甲"),
        Extended(on=later + timedelta(8), days=PERIOD),
    )


def known_day(nth: int) -> date:
    return date(2008, 1, 1) + timedelta(nth)


if __name__ == "__main__":
    run()
