"""The State Council's holiday notices, one file per year."""

import hashlib
import json
from datetime import date
from pathlib import Path


class CalendarNotPublished(LookupError):
    """That year's notice is not loaded: nobody knows which of its days are worked."""


class PublishedCalendar:
    """Every day of the years that have a file in `folder`; read once."""

    def __init__(self, folder: Path) -> None:
        self.years: set[int] = set()
        self.exceptions: dict[date, bool] = {}
        self.names: dict[date, str] = {}
        digest = hashlib.sha256()
        for file in sorted(folder.glob("*.json")):
            text = file.read_text(encoding="utf-8")
            digest.update(text.encode())
            self._add(json.loads(text))
        self.version = digest.hexdigest()[:12]

    def _add(self, notice: dict) -> None:
        self.years.add(notice["year"])
        for told in notice["days"]:
            day = date.fromisoformat(told["on"])
            self.exceptions[day] = told["working"]
            self.names[day] = told["name"]

    def is_published(self, year: int) -> bool:
        return year in self.years

    def is_working(self, day: date) -> bool:
        if day.year not in self.years:
            raise CalendarNotPublished(day.year)
        return self.exceptions.get(day, day.weekday() < 5)

    def name_of(self, day: date) -> str:
        """The holiday's Chinese name, also of the holiday that a day makes up for."""
        return self.names.get(day, "")
