"""Where the State Council's notices come from: the database, filled from one file a year."""

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import DatabaseError, OperationalError, connection

import requests_app
from requests_app.domain.calendars import Calendar, NamedDay, Notice
from requests_app.models.calendar import CalendarNotice

SHIPPED = Path(requests_app.__path__[0]) / "calendar_data"
log = logging.getLogger(__name__)


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


_built: dict[tuple[str, ...], Calendar] = {}  # the one calendar in use, by its notices


def loaded() -> Calendar:
    """The calendar of the notices in the database, built anew only when one was added.

    Without a migrated database (the `deadline` command needs none) the shipped notices. A
    database that is away for the moment is no reason to count by others: that is raised.
    """
    try:
        key = tuple(CalendarNotice.objects.values_list("digest", flat=True))
    except DatabaseError as error:
        if connection.vendor == "postgresql" and isinstance(error, OperationalError):
            raise
        log.warning("no notices in the database, the shipped ones are used: %s", error)
        return calendar_in(SHIPPED)
    if key not in _built:
        _built.clear()
        _built[key] = Calendar(notices_in_database())
    return _built[key]


def notices_in_database() -> Iterator[Notice]:
    """In the order in which they were loaded."""
    for row in CalendarNotice.objects.prefetch_related("days"):
        yield Notice(
            year=row.year,
            number=row.number or None,
            published_on=row.published_on,
            days=tuple(
                NamedDay(on=day.on, working=day.working, name=day.name)
                for day in row.days.all()
            ),
        )
