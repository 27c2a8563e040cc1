"""Stand-ins that do the thing in memory; no mocks."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from requests_app.dependencies import Undelivered


@dataclass
class FixedClock:
    at: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    @classmethod
    def on(cls, day: str) -> "FixedClock":
        return cls(datetime.fromisoformat(f"{day}T09:00:00+08:00"))


@dataclass
class QuietBell:
    rung: list[str] = field(default_factory=list)

    def ring(self, task: str) -> None:
        self.rung.append(task)


@dataclass
class Drawer:
    """Keeps what would be printed."""

    printed: list[tuple[str, dict]] = field(default_factory=list)

    def print(self, template: str, content, files=None) -> bytes:
        self.printed.append((template, dict(content)))
        return b"%PDF-"


@dataclass
class Postbox:
    """Keeps what it is handed; fails as often as it is told to."""

    failures: int = 0
    delivered: list[str] = field(default_factory=list)

    def deliver(self, topic: str, key: str, payload) -> None:
        if self.failures:
            self.failures -= 1
            raise Undelivered("nobody home")
        self.delivered.append(key)


@dataclass
class TextRenderer:
    """Writes what it is given to draw, as text."""

    ending: str = ".csv"
    content_type: str = "text/csv"

    def render(self, drawn) -> bytes:
        return repr(drawn).encode()


@dataclass
class Press:
    """Prints the title; cannot print for the agencies that it is told to fail."""

    ending: str = ".txt"
    content_type: str = "text/plain"
    fails_for: set[str] = field(default_factory=set)
    printed: list[str] = field(default_factory=list)

    def render(self, document) -> bytes:
        if document.agency in self.fails_for:
            raise ValueError("no glyph for 𰻝")
        self.printed.append(document.agency)
        return f"{document.agency} {document.subtitle} {document.banner}".encode()
