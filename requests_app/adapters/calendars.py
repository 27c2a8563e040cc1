"""Where the State Council's notices come from: one file per year."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from requests_app.domain.calendars import Calendar, NamedDay, Notice


def notices_in(folder: Path) -> Iterator[Notice]:
    """Every notice of the years that have a file, in the order of the years."""
    for file in sorted(folder.glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        yield from (read(told["year"], notice) for notice in told["notices"])


def read(year: int, told: dict) -> Notice:
    published_on = told["published_on"]
    return Notice(
        year=year,
        number=told["number"],
        published_on=date.fromisoformat(published_on) if published_on else None,
        days=tuple(
            NamedDay(
                on=date.fromisoformat(day["on"]),
                working=day["working"],
                name=day["name"],
            )
            for day in told["days"]
        ),
    )


def calendar_in(folder: Path) -> Calendar:
    return Calendar(notices_in(folder))
