"""One row of an office's request ledger → the events that it tells of."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from requests_app.domain.events import (
    Event,
    Extended,
    FeeCharged,
    OpinionReceived,
    OpinionSought,
    Received,
    Replied,
    SupplementAsked,
    SupplementReceived,
)
from requests_app.domain.regimes import FIRST_DAY, regime_on
from requests_app.domain.vocabulary import Outcome, term
from requests_app.imports.columns import Fault
from requests_app.models import DisclosureRequest

Row = Mapping[str, Any]
DAYS = (
    "received_on",
    "supplement_asked_on",
    "supplement_received_on",
    "consulted_on",
    "consultation_answered_on",
    "extended_on",
    "replied_on",
)
#: an answer and its question
ANSWERS = {
    "supplement_received_on": "supplement_asked_on",
    "consultation_answered_on": "consulted_on",
}
TEXTS = ("channel", "channel_detail", "applicant_kind", "topic")


def impossible(line: int, row: Row, today: date) -> Iterator[Fault]:
    """What cannot be true (INTERFACES §2); what was merely irregular is not here."""

    def fault(column: str, message: str) -> Fault:
        value = row.get(column)
        return Fault(line, column, None if value is None else str(value), message)

    received = row["received_on"]
    for column in DAYS:
        on = row.get(column)
        if on is None:
            continue
        if on > today:
            yield fault(column, f"在今天（{today}）之后 (after today)")
        elif on < FIRST_DAY:
            yield fault(column, f"早于 {FIRST_DAY} (before the Regulations)")
        elif on < received:
            yield fault(column, f"早于收到日期 {received} (before the receipt)")
    for answer, question in ANSWERS.items():
        if row.get(answer) is None:
            continue
        if row.get(question) is None:
            yield fault(answer, f"有答复而没有 {question} (an answer, no question)")
        elif row[answer] < row[question]:
            yield fault(answer, f"早于 {row[question]} (before its question)")
    if (row.get("outcome") is None) != (row.get("replied_on") is None):
        missing = "outcome" if row.get("outcome") is None else "replied_on"
        yield fault(missing, "答复日期与答复类别应同填同空 (both or neither)")
    if row.get("extension_days") and row.get("extended_on") is None:
        yield fault("extension_days", "没有延期告知日期 (extended_on is missing)")
    if row.get("extended_on") is not None and row.get("extension_days") == 0:
        yield fault("extension_days", "延长至少一个工作日 (at least a day)")


def events(row: Row) -> tuple[Event, ...]:
    """In the order in which an office would have recorded them within a day."""
    return tuple(told(row))


def told(row: Row) -> Iterator[Event]:
    yield Received(on=row["received_on"])
    if on := row.get("supplement_asked_on"):
        yield SupplementAsked(on=on)
    if on := row.get("supplement_received_on"):
        yield SupplementReceived(on=on)
    if on := row.get("consulted_on"):
        yield OpinionSought(on=on)
    if on := row.get("consultation_answered_on"):
        yield OpinionReceived(on=on)
    if on := row.get("extended_on"):
        most = regime_on(row["received_on"]).most_extension_days
        yield Extended(on=on, days=row.get("extension_days") or most)
    if row.get("fee") is not None:
        yield FeeCharged(
            on=row.get("replied_on") or row["received_on"], amount=row["fee"]
        )
    if on := row.get("replied_on"):
        yield Replied(on=on, outcome=term(Outcome, row["outcome"]))


COLUMN_OF: Mapping[type[Event], str] = {
    Received: "received_on",
    SupplementAsked: "supplement_asked_on",
    SupplementReceived: "supplement_received_on",
    OpinionSought: "consulted_on",
    OpinionReceived: "consultation_answered_on",
    Extended: "extended_on",
    Replied: "replied_on",
}


def as_row(request: DisclosureRequest) -> dict[str, Any]:
    """What is recorded of a request, in the columns of the ledger."""
    row: dict[str, Any] = {name: getattr(request, name) or None for name in TEXTS}
    for event in request.log():
        if column := COLUMN_OF.get(type(event)):
            row.setdefault(column, event.on)
        if isinstance(event, Extended):
            row.setdefault("extension_days", event.days)
    wording = getattr(request, "wording", None)
    return row | {
        "outcome": request.outcome or None,
        "fee": request.fee,
        "applicant_name": (request.applicant and request.applicant.name) or None,
        "subject": (wording and wording.subject) or None,
    }


def contradictions(line: int, known: Row, row: Row) -> Iterator[Fault]:
    for column, value in row.items():
        before = known.get(column)
        if column in ("agency", "number") or value is None or before is None:
            continue
        if value != before and not (column == "extension_days" and value == 0):
            message = f"与已记录的“{before}”不一致 (already recorded: {before})"
            yield Fault(line, column, str(value), message)


def filling(known: Row, row: Row) -> dict[str, Any]:
    """The columns that the row fills where nothing was recorded."""
    return {
        column: value
        for column, value in row.items()
        if column not in ("agency", "number")
        and value not in (None, Decimal(0), 0)
        and known.get(column) is None
    }


@cache
def serial_pattern(pattern: str) -> re.Pattern[str]:
    """The agency's number pattern, read backwards."""
    parts = re.split(r"(\{year\}|\{serial\})", pattern)
    known = {"{year}": r"(?P<year>\d{4})", "{serial}": r"(?P<serial>\d{1,9})"}
    return re.compile("".join(known.get(part, re.escape(part)) for part in parts))


def read_number(number: str, pattern: str) -> tuple[int, int] | None:
    """(year, serial) of a number written in the agency's pattern."""
    read = serial_pattern(pattern).fullmatch(number)
    return (int(read["year"]), int(read["serial"])) if read else None
