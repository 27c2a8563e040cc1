"""What signing freezes: the facts behind the cells, and a digest of it all.

Recounting the frozen facts knows no SQL: each is held against every cell's condition.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from reporting import facts
from reporting.models import Edition, Figure, FrozenFact
from reporting.period import Span
from reporting.rules import Number
from reporting.services.basis import Basis
from reporting.services.counting import YUAN_IN_WAN
from reporting.services.hashes import canonical, sha256
from reporting.tables import Condition, Form, Source, holds

BATCH = 5000
Cell = tuple[str, str]
READ: dict[Source, Callable[..., Iterator[facts.Fact]]] = {
    "requests": facts.every_request,
    "appeals": facts.every_appeal,
    "complaints": facts.every_complaint,
}


def freeze(edition: Edition, rests_on: Basis) -> None:
    """Write every fact that it counts beside the edition: those on the year's books, and
    those of the reports that stand for others. One that came twice is kept once, and
    recounting tells the difference."""
    edition.facts.all().delete()
    for source, read in READ.items():
        write(edition, source, read(edition.year, rests_on.books))
    for other in rests_on.standing:
        for source in READ:
            write(edition, source, of_edition(other, source))


def write(edition: Edition, source: Source, told: Iterable[facts.Fact]) -> None:
    rows = (
        FrozenFact(
            edition=edition,
            source=source,
            object_id=fact.key,
            agency_id=fact.agency_id,
            dimensions=fact.dimensions,
            fee=fact.fee,
        )
        for fact in told
    )
    while batch := list(islice(rows, BATCH)):
        FrozenFact.objects.bulk_create(batch, ignore_conflicts=True)


def of_edition(edition: Edition, source: Source) -> Iterator[facts.Fact]:
    frozen = edition.facts.filter(source=source).order_by("object_id")
    rows = frozen.values_list("object_id", "agency_id", "dimensions", "fee")
    return (facts.Fact(*row) for row in rows.iterator(BATCH))


def entered(form: Form, when: Span, rests_on: Basis) -> list[dict[str, Any]]:
    """The figures that it counts, those of the reports that stand for others with them."""
    own = figures(when, form, rests_on.books)
    return own + [figure for other in rests_on.standing for figure in other.entered]


def figures(when: Span, form: Form, agencies: Collection[int]) -> list[dict[str, Any]]:
    """The entered figures of these agencies that count, who entered each and when: one
    that gave way to a log does not."""
    logging = facts.agencies_with_complaints(when)
    counted = facts.agencies_on_the_books(when)
    of = Figure.of_any_period.of(when)
    found = of.filter(form=form.key, agency__in=agencies)
    in_order = found.select_related("agency", "entered_by").order_by(
        "agency__code", "line", "column", "origin"
    )
    return [
        {
            "agency": figure.agency.code,
            "line": figure.line,
            "column": figure.column,
            "value": str(figure.value.normalize() + 0),
            "origin": figure.origin,
            "entered_by": figure.entered_by and figure.entered_by.get_username(),
            "entered_at": figure.entered_at.isoformat(),
        }
        for figure in in_order
        if not (
            figure.origin == Figure.Origin.ENTERED
            and gave_way(figure, form, counted, logging)
        )
    ]


def gave_way(
    figure: Figure, form: Form, counted: Collection[int], logging: Collection[int]
) -> bool:
    """The agency's own log counts that cell."""
    cell = figure.line, figure.column
    if form.source(cell) in ("requests", "appeals"):
        return figure.agency_id in counted
    return form.logged_elsewhere(figure.line) and figure.agency_id in logging


def recount(edition: Edition, form: Form) -> dict[Cell, Number]:
    """Every cell that is not nothing, from the frozen facts and figures alone."""
    cells: Counter[Cell] = Counter()
    for source in READ:
        asked = list(form.counted(source))
        for fact in edition.facts.filter(source=source).iterator(BATCH):
            for cell, condition, line in asked:
                if holds(condition, fact.dimensions):
                    cells[cell] += worth(fact, line.measure)
    for figure in edition.entered:
        cells[figure["line"], figure["column"]] += Decimal(figure["value"])
    return {cell: number for cell, number in cells.items() if number}


def worth(fact: FrozenFact, measure: str) -> Number:
    if measure == "count":
        return 1
    return (fact.fee or Decimal(0)) / YUAN_IN_WAN


def behind(edition: Edition, source: Source, condition: Condition) -> QuerySet:
    """The very facts that a frozen cell of that condition counts."""
    admitted = {f"dimensions__{d}__in": sorted(v) for d, v in condition.items()}
    return edition.facts.filter(source=source, **admitted)


def digest(edition: Edition) -> str:
    """SHA-256 over what was signed: content, figures, agencies, facts, when, by which
    release; and, where there are any, the reports it rests on and what it corrects."""
    told = [
        edition.content,
        edition.entered,
        edition.agencies,
        edition.as_of.timestamp(),
        edition.release,
    ]
    more = [edition.rests_on, edition.corrects]
    whole = hashlib.sha256(canonical([*told, *(more if any(more) else [])]))
    for fact in edition.facts.order_by("source", "object_id").iterator(BATCH):
        told = [fact.source, fact.object_id, fact.agency_id, fact.dimensions]
        whole.update(canonical([*told, fact.fee and str(fact.fee)]))
    return whole.hexdigest()


def digest_of_files(edition: Edition) -> str:
    """SHA-256 over what was published: which files, of which signed report."""
    stored = edition.files.order_by("ending").values_list("ending", "sha256")
    return sha256([edition.digest, [list(file) for file in stored]])
