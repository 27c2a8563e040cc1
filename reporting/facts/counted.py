"""Every number of a form, of every agency, in one statement and one pass."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from django.db import connection, transaction
from django.db.models import (
    Aggregate,
    CharField,
    Count,
    DecimalField,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast

from reporting.facts.books import (
    APPEAL_DIMENSIONS,
    COLUMNS,
    REQUEST_DIMENSIONS,
    REVIEW,
    among,
    appeals_matching,
    complaints_matching,
    requests_matching,
    ways,
)
from reporting.period import Span
from reporting.rules import Number
from reporting.tables import Condition, Measure, holds

LOGGED = "logged"  # where an entered line's number comes from instead of a figure

Key = Hashable  # what a number is wanted for: a cell, or a doubt
Asked = Mapping[Key, tuple[Condition, Measure]]
Facts = Iterator[tuple[int, dict[Key, Number]]]  # agency id, what is not nothing
MEASURES: Mapping[Measure, Callable[..., Aggregate]] = {
    "count": partial(Count, "pk"),
    "fee": partial(Sum, "fee"),
}


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


@contextmanager
def one_watermark() -> Iterator[None]:
    """All statements inside see the database as at one instant."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
