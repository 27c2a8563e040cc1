"""THE BRIDGE: the one module that reads requests, appeals and complaints for statistics.

A request on a year's books came in one way (`entry`) and leaves one way (`exit`); those
two are plain ranges of days, the other dimensions are columns. An appeal on the books was
decided in the year or is pending at its end, whatever its result today. Everything is
judged as at 24:00 on 31 December of the year (INTERFACES §3), or on the last day of
whatever other period is asked for.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial, reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DecimalField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast

from reporting.period import Span, period
from reporting.rules import Number
from reporting.tables import Condition, Measure, holds
from requests_app.domain.vocabulary import AppealResult, Entry, Exit
from requests_app.models.appeals import Appeal
from requests_app.models.complaints import Complaint
from requests_app.models.requests import DisclosureRequest

REQUEST_DIMENSIONS = ("channel", "applicant_kind", "timeliness", "outcome")
APPEAL_DIMENSIONS = ("procedure", "result")
REVIEW = "review"  # of appeals, of doubts alone: whether review was skipped
DIMENSIONS = (*REQUEST_DIMENSIONS, *APPEAL_DIMENSIONS)
LOGGED = "logged"  # where an entered line's number comes from instead of a figure
COLUMNS = {"result": "result_then"}  # a dimension → its column, where named otherwise

Key = Hashable  # what a number is wanted for: a cell, or a doubt
Asked = Mapping[Key, tuple[Condition, Measure]]
Facts = Iterator[tuple[int, dict[Key, Number]]]  # agency id, what is not nothing
MEASURES: Mapping[Measure, Callable[..., Aggregate]] = {
    "count": partial(Count, "pk"),
    "fee": partial(Sum, "fee"),
}


def days_of(when: Span) -> tuple[date, date]:
    """The first and the last day counted."""
    counted = period(when)
    return counted.start, counted.end


def on_the_books(when: Span) -> Q:
    """What the year had to deal with: there by its end, not concluded before it."""
    start, end = days_of(when)
    return Q(received_on__lte=end) & (Q(replied_on=None) | Q(replied_on__gte=start))


def ways(condition: Condition, when: Span) -> Q:
    """The `entry` and `exit` parts of a condition: of what is on the books one cut by
    the day of receipt, one by the day of reply."""
    start, end = days_of(when)
    cuts = {
        Entry.NEW: Q(received_on__gte=start),
        Entry.CARRIED_IN: Q(received_on__lt=start),
        Exit.CLOSED: Q(replied_on__lte=end),
        Exit.CARRIED_OUT: Q(replied_on=None) | Q(replied_on__gt=end),
    }
    chosen = Q()
    for dimension in ("entry", "exit"):
        admitted = sorted(condition.get(dimension, ()))
        chosen &= reduce(or_, [cuts[value] for value in admitted], Q())
    return chosen


def requests_matching(condition: Condition, when: Span) -> QuerySet[DisclosureRequest]:
    """The very requests that a cell counts."""
    return DisclosureRequest.objects.filter(
        on_the_books(when),
        among(condition, REQUEST_DIMENSIONS) & ways(condition, when),
        voided_on=None,
    )


def concerned(
    source: str, condition: Condition, when: Span, agencies: Collection[int]
) -> Iterator[tuple[int, int, str]]:
    """(agency, key, name) of the requests or appeals that a doubt is about, by agency in the
    order received or filed."""
    found = MATCHING[source](condition, when).filter(agency__in=agencies)
    name, day = NAMES[source]
    rows = found.order_by("agency_id", day, "pk")
    for agency_id, key, named, on in rows.values_list(
        "agency_id", "pk", name, day
    ).iterator():
        yield agency_id, key, named or str(on)


def appeals_matching(
    condition: Condition, when: Span, agencies: Collection[int] | None = None
) -> QuerySet[Appeal]:
    """The very cases that a cell counts, of these agencies or of all: each dispute once,
    with its result by then."""
    start, end = days_of(when)
    on_the_books = Q(filed_on__lte=end) & (
        Q(decided_on=None) | Q(decided_on__gte=start)
    )
    result_then = Case(
        When(decided_on__lte=end, then="result"), default=Value(AppealResult.PENDING)
    )
    found = Appeal.objects.filter(on_the_books).without_co_defendants()
    if REVIEW in condition:
        found = found.judged()
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    return (
        found.last_instance_by(end, agencies)
        .annotate(result_then=result_then)
        .filter(among(condition, (*APPEAL_DIMENSIONS, REVIEW)))
    )


def complaints_matching(_condition: Condition, when: Span) -> QuerySet[Complaint]:
    """Those received in the year; no form asks more of them."""
    return Complaint.objects.filter(received_on__range=days_of(when), voided_on=None)


MATCHING: Mapping[str, Callable[[Condition, Span], QuerySet]] = {
    "requests": requests_matching,
    "appeals": appeals_matching,
    "complaints": complaints_matching,
}
#: what a finding calls a row by, and the day by which it orders them
NAMES = {
    "requests": ("reference", "received_on"),
    "appeals": ("case_number", "filed_on"),
}
MODELS = {"requests": DisclosureRequest, "appeals": Appeal, "complaints": Complaint}


def with_keys(source: str, keys: QuerySet | Collection[int]) -> QuerySet:
    """The rows that a signed report froze, by their keys."""
    return MODELS[source].objects.filter(pk__in=keys)


def among(condition: Condition, dimensions: Collection[str]) -> Q:
    return Q(
        **{
            f"{COLUMNS.get(d, d)}__in": sorted(v)
            for d, v in condition.items()
            if d in dimensions
        }
    )


def request_facts(
    asked: Asked,
    when: Span,
    across: Collection[str] = (),
    agencies: Collection[int] | None = None,
) -> Facts:
    """Every number asked for, of every agency, in one statement and one pass over the
    requests on the year's books."""

    def meets(condition: Condition) -> Q:
        return among(condition, REQUEST_DIMENSIONS) & ways(condition, when)

    return _counted(requests_matching({}, when), asked, meets, across, agencies)


def appeal_facts(
    asked: Asked,
    when: Span,
    across: Collection[str] = (),
    agencies: Collection[int] | None = None,
) -> Facts:
    def meets(condition: Condition) -> Q:
        return among(condition, (*APPEAL_DIMENSIONS, REVIEW))

    found = appeals_matching({}, when, agencies)
    if any(REVIEW in condition for condition, _measure in asked.values()):
        found = found.judged()
    return _counted(found, asked, meets, across, agencies)


def _counted(
    found: QuerySet,
    asked: Asked,
    meets: Callable[[Condition], Q],
    across: Collection[str],
    agencies: Collection[int] | None,
) -> Facts:
    """GROUP BY agency and the dimensions `across` which a form's columns run; each line
    is a FILTER. Grouping by the lines' dimensions as well would leave nearly as many
    rows as there are requests."""
    if not asked:
        return
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    filters: dict[tuple[frozenset[tuple[str, frozenset[str]]], Measure], int] = {}
    places: list[tuple[Key, Condition, int]] = []
    for key, (condition, measure) in asked.items():
        line = frozenset((d, v) for d, v in condition.items() if d not in across)
        place = filters.setdefault((line, measure), len(filters))
        places.append((key, {d: v for d, v in condition.items() if d in across}, place))
    numbers = {
        f"n{place}": MEASURES[measure](filter=meets(dict(line)))
        for (line, measure), place in filters.items()
    }
    admitted: dict[tuple[str, ...], list[tuple[Key, int]]] = {}
    width = len(across)
    by = ("agency_id", *(COLUMNS.get(dimension, dimension) for dimension in across))
    rows = found.order_by().values_list(*by).annotate(**numbers)
    for agency_id, *row in rows:
        values, told = tuple(row[:width]), row[width:]
        if values not in admitted:
            fact = dict(zip(across, values, strict=True))
            admitted[values] = [(k, n) for k, c, n in places if holds(c, fact)]
        yield agency_id, {key: told[n] for key, n in admitted[values] if told[n]}


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


def complaint_counts(
    cell: tuple[str, str], when: Span, agencies: Collection[int] | None
) -> QuerySet:
    """(agency, line, column, how many, LOGGED) of every agency that logged any: rows to be
    united with those of entered figures, so that counting asks no statement more."""
    found = complaints_matching({}, when)
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    line, column = (Value(code, CharField()) for code in cell)
    how_many = Cast(Count("pk"), DecimalField(max_digits=20, decimal_places=6))
    return found.order_by().values_list("agency_id").annotate(
        at_line=line, at_column=column, n=how_many, by=Value(LOGGED, CharField())
    )  # fmt: skip


def agencies_with_complaints(when: Span) -> set[int]:
    found = complaints_matching({}, when).order_by()
    return set(found.values_list("agency_id", flat=True).distinct())


def agencies_with_a_log(when: Span) -> set[int]:
    """Agencies with a request on the year's books or an appeal filed or decided in it."""
    return {
        agency_id
        for rows in logged(when)
        for agency_id in rows.order_by().values_list("agency_id", flat=True).distinct()
    }


def has_a_log(agency_id: int, when: Span) -> bool:
    return any(rows.filter(agency=agency_id).exists() for rows in logged(when))


def logged(when: Span) -> tuple[QuerySet, QuerySet]:
    """Requests on the year's books; appeals filed or decided in it."""
    start, end = days_of(when)
    filed_or_decided = Q(filed_on__range=(start, end)) | Q(
        decided_on__range=(start, end)
    )
    return requests_matching({}, when), Appeal.objects.filter(filed_or_decided)


def agencies_on_the_books(when: Span) -> set[int]:
    """Agencies with a request or an appeal that the year's tables count."""
    return {
        agency_id
        for found in (requests_matching({}, when), appeals_matching({}, when))
        for agency_id in found.order_by().values_list("agency_id", flat=True).distinct()
    }


@contextmanager
def one_watermark() -> Iterator[None]:
    """All statements inside see the database as at one instant."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
