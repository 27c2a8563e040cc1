"""What the acts of the office need from outside; `disclosure/wiring.py` chooses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from requests_app.domain.calendars import Calendar
from requests_app.domain.templates import Templated

Counts = Mapping[tuple[int, int], int]  # (agency id, year) → how many, or which


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware."""
        ...

    def today(self) -> date:
        """The present day in Asia/Shanghai."""
        ...


class Numbers(Protocol):
    def next(self, agency_id: int, year: int, *series: str) -> tuple[int, ...]:
        """The next serial of each series, gapless, inside the caller's transaction."""
        ...

    def blocks(self, series: str, counts: Counts) -> Counts:
        """Take as many serials at once; returns the last of each."""
        ...

    def raise_to(self, series: str, serials: Counts) -> None:
        """Serials given from now on are greater than these."""
        ...


class Bell(Protocol):
    def ring(self, task: str) -> None:
        """Wake the worker for that task once the transaction has committed; may fail in
        silence, since the row in the database is the truth and a sweep finds it."""
        ...


class Undelivered(Exception):
    """The receiver could not be reached or refused; it is tried again later."""


class Courier(Protocol):
    def deliver(self, topic: str, key: str, payload: Mapping[str, Any]) -> None:
        """Hand a message to whom it concerns; raises Undelivered."""
        ...


class Unprintable(Exception):
    """Paper cannot show it: a character that no font of ours has, or no picture at all."""


class Paper(Protocol):
    def print(
        self,
        template: str,
        content: Mapping[str, Any],
        files: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """A PDF of that template; equal content, equal bytes. Days are written ISO.
        `files` are pictures that the template shows by name. Raises Unprintable."""
        ...


@dataclass(frozen=True, kw_only=True)
class Leak:
    """What a file that goes out still holds: hidden, tracked, masked. `quoted` is a piece
    of it."""

    rule: str
    zh: str
    en: str
    quoted: str = ""


class UnfitTemplate(Exception):
    """The template cannot be used; the message says why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


class LetterWriter(Protocol):
    def shipped(self, kind: Templated) -> bytes:
        """The template that comes with the product, a DOCX."""
        ...

    def check(self, template: bytes, kind: Templated) -> None:
        """Raises UnfitTemplate: unknown or missing merge fields, a broken file."""
        ...

    def write(self, template: bytes, fields: Mapping[str, str]) -> bytes:
        """A DOCX; equal fields, equal bytes."""
        ...

    def joined(self, documents: Sequence[bytes]) -> bytes:
        """Documents of one template as one, each beginning on a page of its own."""
        ...

    def read(self, document: bytes) -> list[str]:
        """The paragraphs of a DOCX as they are read, for a preview."""
        ...

    def leaks(self, content: bytes, media_type: str) -> list[Leak]:
        """What its reader would find in it beside what it says."""
        ...


@dataclass(frozen=True, kw_only=True)
class Dependencies:
    clock: Clock
    calendar: Calendar
    numbers: Numbers
    bell: Bell
    courier: Courier
    paper: Paper
    letters: LetterWriter
