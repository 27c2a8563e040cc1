"""What can happen to a disclosure request. `on` is the legal day, not the day of typing.

Each event reads from and writes to a log entry's `details` by its own fields, so that
the log holds keys, days, numbers and ids and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from requests_app.domain.vocabulary import Outcome, term

KINDS: dict[str, type["Event"]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    on: date
    kind: ClassVar[str] = ""
    zh: ClassVar[str] = ""

    def __init_subclass__(cls, *, kind: str, zh: str) -> None:
        cls.kind, cls.zh = kind, zh
        KINDS[kind] = cls

    def details(self) -> dict[str, Any]:
        """The fields beside `on`, as JSON: numbers of money are written as text."""
        return {
            f.name: str(value) if isinstance(value, Decimal) else value
            for f in fields(self)
            if f.name != "on" and (value := getattr(self, f.name)) not in ("", None)
        }


def event(kind: str, on: date, details: Mapping[str, Any]) -> Event:
    """The event that a log entry tells of; KeyError or TypeError if it tells of none."""
    typed: dict[str, Any] = dict(details)
    if "outcome" in typed:
        typed["outcome"] = term(Outcome, typed["outcome"])
    if "amount" in typed:
        typed["amount"] = Decimal(typed["amount"])
    return KINDS[kind](on=on, **typed)


@dataclass(frozen=True, kw_only=True)
class Received(Event, kind="received", zh="收到申请"): ...


@dataclass(frozen=True, kw_only=True)
class Registered(Event, kind="registered", zh="登记"):
    number: str


@dataclass(frozen=True, kw_only=True)
class SupplementAsked(Event, kind="supplement_asked", zh="告知补正"): ...


@dataclass(frozen=True, kw_only=True)
class SupplementReceived(Event, kind="supplement_received", zh="收到补正"): ...


@dataclass(frozen=True, kw_only=True)
class OpinionEvent(Event, kind="", zh=""):
    consultation: str = ""  # the letter, not the body: one body may be asked twice


@dataclass(frozen=True, kw_only=True)
class OpinionSought(OpinionEvent, kind="opinion_sought", zh="征求意见"): ...


@dataclass(frozen=True, kw_only=True)
class OpinionDelivered(OpinionEvent, kind="opinion_delivered", zh="征求意见书送达"): ...


@dataclass(frozen=True, kw_only=True)
class OpinionReceived(OpinionEvent, kind="opinion_received", zh="收到意见"): ...


@dataclass(frozen=True, kw_only=True)
class Extended(Event, kind="extended", zh="告知延期答复"):
    days: int  # working days


@dataclass(frozen=True, kw_only=True)
class FeeNoticed(Event, kind="fee_noticed", zh="告知收费"): ...


@dataclass(frozen=True, kw_only=True)
class FeePaid(Event, kind="fee_paid", zh="缴费"): ...


@dataclass(frozen=True, kw_only=True)
class FeeCharged(Event, kind="fee_charged", zh="收取费用"):
    amount: Decimal  # yuan


@dataclass(frozen=True, kw_only=True)
class Reviewed(Event, kind="reviewed", zh="审核"): ...


@dataclass(frozen=True, kw_only=True)
class Replied(Event, kind="replied", zh="答复办结"):
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class Archived(Event, kind="archived", zh="归档"): ...


@dataclass(frozen=True, kw_only=True)
class EntryVoided(Event, kind="entry_voided", zh="作废记录"):
    """Takes back the entry with that sequence; voiding the receipt voids the request."""

    entry: int


del KINDS[""]  # OpinionEvent is a shape, not something that happens
DEADLINE_KINDS = (
    SupplementAsked,
    SupplementReceived,
    OpinionSought,
    OpinionDelivered,
    OpinionReceived,
    Extended,
    FeeNoticed,
    FeePaid,
)
