"""Request by request and case by case: what signing freezes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reporting.facts.books import (
    APPEAL_DIMENSIONS,
    COLUMNS,
    REQUEST_DIMENSIONS,
    appeals_matching,
    complaints_matching,
    days_of,
    requests_matching,
)
from reporting.period import Span
from requests_app.domain.vocabulary import Entry, Exit


@dataclass(frozen=True, slots=True)
class Fact:
    """One request or appeal on a year's books, as the forms see it."""

    key: int
    agency_id: int
    dimensions: dict[str, str]
    fee: Decimal | None = None  # yuan


def every_request(when: Span, agencies: Collection[int]) -> Iterator[Fact]:
    """What signing freezes of the requests, in the order of their keys."""
    start, end = days_of(when)
    found = requests_matching({}, when).filter(agency__in=agencies).order_by("pk")
    columns = (*REQUEST_DIMENSIONS, "received_on", "replied_on", "fee")
    rows = found.values_list("pk", "agency_id", *columns)
    for key, agency_id, *told, received_on, replied_on, fee in rows.iterator():
        closed = replied_on is not None and replied_on <= end
        dimensions = dict(zip(REQUEST_DIMENSIONS, told, strict=True)) | {
            "entry": Entry.NEW if received_on >= start else Entry.CARRIED_IN,
            "exit": Exit.CLOSED if closed else Exit.CARRIED_OUT,
        }
        yield Fact(key, agency_id, dimensions, fee)


def every_appeal(when: Span, agencies: Collection[int]) -> Iterator[Fact]:
    found = appeals_matching({}, when, agencies).order_by("pk")
    columns = [COLUMNS.get(dimension, dimension) for dimension in APPEAL_DIMENSIONS]
    rows = found.values_list("pk", "agency_id", *columns)
    for key, agency_id, *told in rows.iterator():
        yield Fact(key, agency_id, dict(zip(APPEAL_DIMENSIONS, told, strict=True)))


def every_complaint(when: Span, agencies: Collection[int]) -> Iterator[Fact]:
    found = complaints_matching({}, when).filter(agency__in=agencies).order_by("pk")
    for key, agency_id in found.values_list("pk", "agency_id").iterator():
        yield Fact(key, agency_id, {})
