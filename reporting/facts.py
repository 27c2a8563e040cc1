"""THE BRIDGE: the one module that reads requests and appeals for statistics.

A request on a year's books came in one way (`entry`) and leaves one way (`exit`); those
two are plain ranges of days, the other dimensions are columns. Everything is judged as at
24:00 on 31 December of the year (INTERFACES §3).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import CharField, Count, Q, QuerySet, Sum, Value

from reporting.tables import Condition, Form
from requests_app.domain.vocabulary import Entry, Exit
from requests_app.models.appeals import Appeal
from requests_app.models.requests import DisclosureRequest

REQUEST_DIMENSIONS = ("channel", "applicant_kind", "timeliness", "outcome")
APPEAL_DIMENSIONS = ("procedure", "result")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """So many requests (or appeals) of one agency alike in all dimensions."""

    agency_id: int
    dimensions: tuple[tuple[str, str], ...]
    count: int
    fee: Decimal


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def on_the_books(condition: Condition, year: int) -> Q:
    """The `entry` and `exit` parts of a condition as ranges of days."""
    start, end = year_of(year)
    ranges = {
        Entry.NEW: Q(received_on__range=(start, end)),
        Entry.CARRIED_IN: Q(received_on__lt=start)
        & (Q(replied_on=None) | Q(replied_on__gte=start)),
        Exit.CLOSED: Q(replied_on__range=(start, end)),
        Exit.CARRIED_OUT: Q(received_on__lte=end)
        & (Q(replied_on=None) | Q(replied_on__gt=end)),
    }
    chosen = Q()
    for dimension in ("entry", "exit"):
        if dimension in condition:
            either = Q()
            for value in sorted(condition[dimension]):
                either |= ranges[value]
            chosen &= either
    return chosen


def requests_matching(condition: Condition, year: int) -> QuerySet[DisclosureRequest]:
    """The very requests that a cell counts."""
    columns = {
        f"{d}__in": sorted(values)
        for d, values in condition.items()
        if d in REQUEST_DIMENSIONS
    }
    return DisclosureRequest.objects.filter(
        on_the_books(condition, year), voided_on=None, **columns
    )


def appeals_matching(condition: Condition, year: int) -> QuerySet[Appeal]:
    columns = {f"{d}__in": sorted(values) for d, values in condition.items()}
    _, end = year_of(year)
    return Appeal.objects.filter(
        decided_on__range=year_of(year), **columns
    ).last_instance_by(end)


def request_facts(
    form: Form, year: int, agencies: Collection[int] | None = None
) -> Iterator[Fact]:
    """Every request that the form counts, in one statement: a GROUP BY for each way onto
    and off the books, over just the dimensions that its lines ask for."""
    parts = [
        _grouped(books, dimensions, year, agencies)
        for books, dimensions in _slices(form).items()
    ]
    if not parts:
        return
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    for agency_id, entry, exit_, *values, count, fee in rows:
        named = zip(
            ("entry", "exit", *REQUEST_DIMENSIONS), (entry, exit_, *values), strict=True
        )
        yield Fact(
            agency_id=agency_id,
            dimensions=tuple(named),
            count=count,
            fee=Decimal(fee or 0),
        )


Books = tuple[tuple[str, str], ...]  # ((dimension, value),) of entry and exit


def _slices(form: Form) -> dict[Books, set[str]]:
    slices: dict[Books, set[str]] = {}
    for _, condition, _line in form.counted("requests"):
        books = tuple(
            (d, value)
            for d in ("entry", "exit")
            for value in sorted(condition.get(d, ()))
        )
        slices.setdefault(books, set()).update(condition.keys() - {"entry", "exit"})
    return slices


def _grouped(
    books: Books, dimensions: set[str], year: int, agencies: Collection[int] | None
) -> QuerySet:
    condition = {d: frozenset([value]) for d, value in books}
    found = requests_matching(condition, year)
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    known = dict(books)
    constants = {
        "as_entry": Value(known.get("entry", ""), CharField()),
        "as_exit": Value(known.get("exit", ""), CharField()),
    }
    absent = {
        f"no_{d}": Value("", CharField())
        for d in REQUEST_DIMENSIONS
        if d not in dimensions
    }
    columns = [d if d in dimensions else f"no_{d}" for d in REQUEST_DIMENSIONS]
    grouped = found.values("agency_id", *(d for d in columns if d in dimensions))
    return (
        grouped.annotate(n=Count("pk"), charged=Sum("fee"), **constants, **absent)
        .order_by()
        .values_list("agency_id", "as_entry", "as_exit", *columns, "n", "charged")
    )


def appeal_facts(year: int, agencies: Collection[int] | None = None) -> Iterator[Fact]:
    found = appeals_matching({}, year)
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    rows = found.values_list("agency_id", *APPEAL_DIMENSIONS).annotate(n=Count("pk"))
    for agency_id, *values, count in rows.order_by():
        yield Fact(
            agency_id=agency_id,
            dimensions=tuple(zip(APPEAL_DIMENSIONS, values, strict=True)),
            count=count,
            fee=Decimal(0),
        )


def agencies_with_a_log(year: int) -> set[int]:
    """Agencies with a request on the year's books or an appeal filed or decided in it."""
    start, end = year_of(year)
    books = Q(received_on__lte=end) & (Q(replied_on=None) | Q(replied_on__gte=start))
    requests = DisclosureRequest.objects.filter(books, voided_on=None)
    appeals = Appeal.objects.filter(
        Q(filed_on__range=(start, end)) | Q(decided_on__range=(start, end))
    )
    return {
        *requests.order_by().values_list("agency_id", flat=True).distinct(),
        *appeals.order_by().values_list("agency_id", flat=True).distinct(),
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
