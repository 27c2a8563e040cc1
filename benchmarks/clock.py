"""Due days: the law's clock beside plain addition of days."""

from datetime import date, timedelta
from pathlib import Path

import requests_app
from benchmarks.measuring import in_turns, tell
from requests_app.adapters.calendars import calendar_in
from requests_app.domain import deadlines

DAYS = [date(2008, 5, 1) + timedelta(n) for n in range(6000)]


def run() -> None:
    calendar = calendar_in(Path(requests_app.__path__[0]) / "calendar_data")

    def ours() -> None:
        for day in DAYS:
            _ = deadlines.read(day, [], calendar).due_on

    def floor() -> None:
        for day in DAYS:
            _ = day + timedelta(21)

    tell("6000 due days (floor: adding 21 calendar days)", *in_turns(ours, floor))
