"""What counting and rendering need from outside; `disclosure/wiring.py` chooses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from reporting.grid import Document
from reporting.tables import Form
from requests_app.dependencies import Bell, Clock, Undelivered


class Unprintable(ValueError):
    """A renderer cannot draw this document; the message says what to do."""


class Renderer(Protocol):
    ending: str  # ".xlsx"
    content_type: str

    def render(self, document: Document) -> bytes: ...


class NoSuchForm(LookupError):
    """No form of that key, or none was in force in that year."""


class Fetch(Protocol):
    def __call__(self, url: str, headers: Mapping[str, str]) -> bytes:
        """What is there, by the rules for hosts that somebody else named; Undelivered."""
        ...


def out_of_reach(url: str, headers: Mapping[str, str]) -> bytes:
    raise Undelivered(f"不能取自 {url} (nothing is fetched here)")


@dataclass(frozen=True, kw_only=True)
class Dependencies:
    clock: Clock
    bell: Bell
    formats: tuple[Form, ...]
    renderers: Mapping[str, Renderer]
    fetch: Fetch = out_of_reach
    release: str = ""  # of the software, named in what is signed

    def form(self, key: str) -> Form:
        for form in self.formats:
            if form.key == key:
                return form
        known = "、".join(f.key for f in self.formats)
        raise NoSuchForm(f"没有表式 {key}，已有：{known} (no such form)")

    def form_of(self, year: int) -> Form:
        for form in self.formats:
            if year in form.years:
                return form
        raise NoSuchForm(
            f"{year} 年没有对应的表式，可用 --form 指定 (no form in force that year)"
        )
