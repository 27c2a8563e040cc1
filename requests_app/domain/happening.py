"""What an event is, and how a log entry becomes one again.

Each event reads from and writes to a log entry's `details` by its own fields, so that
the log holds keys, days, numbers and ids and nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from requests_app.domain.vocabulary import (
    ConfidentialityConclusion,
    Outcome,
    SecrecyLevel,
    ServiceMethod,
    term,
)

KINDS: dict[str, type["Event"]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    on: date
    kind: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""

    def __init_subclass__(cls, *, kind: str, zh: str) -> None:
        cls.kind, cls.zh, cls.en = kind, zh, kind.replace("_", " ")
        KINDS[kind] = cls

    def details(self) -> dict[str, Any]:
        """The fields beside `on`, as JSON; what says nothing is left out."""
        told = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "on"}
        return {
            name: str(value) if isinstance(value, Decimal | date) else value
            for name, value in told.items()
            if value is not None and value is not False and value != ""
        }


#: how a field of `details` becomes typed again; the others are plain JSON
READ: Mapping[str, Callable[[Any], Any]] = {
    "outcome": lambda key: term(Outcome, key),
    "service": lambda key: term(ServiceMethod, key),
    "level": lambda key: term(SecrecyLevel, key),
    "conclusion": lambda key: term(ConfidentialityConclusion, key),
    "amount": Decimal,
    "arrived_on": date.fromisoformat,
    "until": date.fromisoformat,
    "base_due_on": date.fromisoformat,
    "due_on": date.fromisoformat,
    "was_due_on": date.fromisoformat,
}


def event(kind: str, on: date, details: Mapping[str, Any]) -> Event:
    """The event that a log entry tells of; KeyError or TypeError if it tells of none."""
    typed = {
        name: READ[name](value) if name in READ else value
        for name, value in details.items()
    }
    return KINDS[kind](on=on, **typed)


@dataclass(frozen=True, kw_only=True)
class LetterEvent(Event, kind="", zh=""):
    letter: int | None = None  # what it went out by, by id
