"""One row of an office's request ledger → the events that it tells of."""

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date
from functools import cache
from string import Formatter
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
from requests_app.imports.cells import narrow
from requests_app.imports.comparing import Row
from requests_app.imports.faults import Fault
from requests_app.models import DisclosureRequest
from requests_app.models.requests import in_legal_order

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


def impossible(line: int, row: Row, known: Row, today: date) -> Iterator[Fault]:
    """What cannot be true (INTERFACES §2), given what is `known` of the request already;
    what was merely irregular is not here."""

    def fault(column: str, message: str) -> Fault:
        value = row.get(column)
        return Fault(line, column, None if value is None else str(value), message)

    received = row["received_on"]
    for column in DAYS:
        on = row.get(column)
        if on is None:
            continue
        if on > today:
            yield fault(column, f"在今天（{today}）之后，请核对 (after today)")
        elif on < FIRST_DAY:
            yield fault(column, f"早于 {FIRST_DAY}，请核对 (before the Regulations)")
        elif on < received:
            yield fault(column, f"早于收到日期 {received} (before the receipt)")
    for answer, question in ANSWERS.items():
        if row.get(answer) is None:
            continue
        asked = row.get(question) or known.get(question)
        if asked is None:
            yield fault(
                answer, f"有答复而没有 {question}，请补填 (an answer, no question)"
            )
        elif row[answer] < asked:
            yield fault(answer, f"早于 {asked} (before its question)")
    if (row.get("outcome") is None) != (row.get("replied_on") is None):
        missing = "outcome" if row.get("outcome") is None else "replied_on"
        yield fault(missing, "答复日期与答复类别应同填同空 (both or neither)")
    extended_on = row.get("extended_on") or known.get("extended_on")
    if row.get("extension_days") and extended_on is None:
        yield fault("extension_days", "没有延期告知日期，请补填 (no extended_on)")
    if row.get("extension_days") == 0 and extended_on is not None:
        yield fault("extension_days", "延长至少一个工作日 (at least a day)")


def events(row: Row, columns: Container[str] | None = None) -> tuple[Event, ...]:
    """In the order in which an office would have recorded them within a day; those that
    the named columns tell of, or all."""
    return tuple(e for column, e in told(row) if columns is None or column in columns)


def told(row: Row) -> Iterator[tuple[str, Event]]:
    """(the column that tells of it, event)."""
    yield "received_on", Received(on=row["received_on"])
    if on := row.get("supplement_asked_on"):
        yield "supplement_asked_on", SupplementAsked(on=on)
    if on := row.get("supplement_received_on"):
        yield "supplement_received_on", SupplementReceived(on=on)
    if on := row.get("consulted_on"):
        yield "consulted_on", OpinionSought(on=on)
    if on := row.get("consultation_answered_on"):
        yield "consultation_answered_on", OpinionReceived(on=on)
    if on := row.get("extended_on"):
        most = regime_on(row["received_on"]).most_extension_days
        yield "extended_on", Extended(on=on, days=row.get("extension_days") or most)
    if row.get("fee") is not None:
        on = row.get("replied_on") or row["received_on"]
        yield "fee", FeeCharged(on=on, amount=row["fee"])
    if on := row.get("replied_on"):
        yield "replied_on", Replied(on=on, outcome=term(Outcome, row["outcome"]))


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
    for event in in_legal_order(request.entries.all()):
        if column := COLUMN_OF.get(type(event)):
            row.setdefault(column, event.on)
        if isinstance(event, Extended):
            row.setdefault("extension_days", event.days)
    wording = getattr(request, "wording", None)
    return row | {
        "received_on": request.received_on,
        "outcome": request.outcome or None,
        "fee": request.fee,
        "applicant_name": (request.applicant and request.applicant.name) or None,
        "subject": (wording and wording.subject) or None,
    }


def given(row: Row) -> dict[str, Any]:
    """What the row says beside its identity; an extension of 0 days is none."""
    said = {c: v for c, v in row.items() if c not in ("agency", "number", "import_key")}
    return said | {"extension_days": row.get("extension_days") or None}


@cache
def serial_pattern(pattern: str) -> re.Pattern[str]:
    """The agency's number pattern, read backwards."""
    shapes, read = {"year": r"\d{4}", "serial": r"\d{1,9}"}, ""
    for before, name, *_ in Formatter().parse(pattern):
        read += re.escape(before)
        if name in shapes:
            read += f"(?P<{name}>{shapes.pop(name)})"
        elif name:
            read += f"(?P={name})"
    return re.compile(read, re.ASCII)


def read_number(number: str, pattern: str) -> tuple[int | None, int] | None:
    """(year, serial) of a number written in the agency's pattern; the year is None where
    the pattern has none. Full-width digits count as digits."""
    read = serial_pattern(narrow(pattern)).fullmatch(narrow(number))
    if read is None or "serial" not in read.re.groupindex:
        return None
    year = read["year"] if "year" in read.re.groupindex else None
    return (int(year) if year else None), int(read["serial"])
