"""What is behind a cell: the very requests or appeals that it counts, or who entered what
and when. Of a signed report exactly what was frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from reporting import facts
from reporting.models import Edition, FigureChange, Report
from reporting.period import Period, Span, year
from reporting.placing import placed
from reporting.services import freezing
from reporting.services.basis import Basis, basis
from reporting.services.tree import tree_on
from reporting.tables import Condition, Form, Source
from requests_app.models.agencies import Agency

Cell = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`rows` are requests or appeals, by `source`; `figures` are entered numbers, dated;
    `changes` who set them to what before."""

    source: str
    rows: QuerySet | None
    figures: list[dict[str, Any]]
    changes: QuerySet[FigureChange]


def of_draft(report: Report, form: Form, cell: Cell) -> Opened:
    return of_books(report.agency_id, report.scope, year(report.year), form, cell)


def of_books(
    agency_id: int, scope: str, counted: Period, form: Form, cell: Cell
) -> Opened:
    """What the books say now, and in the place of some of them what was accepted, which is
    of whole years; figures are of years and quarters."""
    tree = tree_on(counted.end)
    agencies = tree.area(agency_id) if scope == Report.Scope.AREA else {agency_id}
    rests_on = (
        basis(form, counted.year, tree, agency_id, scope)
        if counted.is_whole_year
        else Basis(books=frozenset(agencies))
    )
    figures = freezing.entered(form, counted, rests_on)
    source, condition = source_of(form, cell)
    rows = None
    if condition is not None:
        rows = counted_by(source, condition, counted, rests_on)
    changes = changes_of(counted, form.key, cell).filter(agency__in=agencies)
    return Opened(
        source=source, rows=rows, figures=only(figures, cell), changes=changes
    )


def counted_by(
    source: Source, condition: Condition, counted: Period, rests_on: Basis
) -> QuerySet:
    books = facts.MATCHING[source](condition, counted)
    books = books.filter(agency__in=rests_on.books)
    if not rests_on.standing:
        return books
    frozen = [
        freezing.behind(edition, source, condition).order_by().values("object_id")
        for edition in rests_on.standing
    ]
    return facts.with_keys(source, books.order_by().values("pk").union(*frozen))


def of_edition(edition: Edition, form: Form, cell: Cell) -> Opened:
    form = placed(form, edition.content.get("outcome_lines", {}))
    source, condition = source_of(form, cell)
    rows = None
    if condition is not None:
        frozen = freezing.behind(edition, source, condition)
        rows = facts.with_keys(source, frozen.values("object_id"))
    changes = changes_of(edition.year, edition.form, cell).filter(
        agency__code__in=[code for code, _name in edition.agencies],
        changed_at__lte=edition.as_of,
    )
    return Opened(
        source=source, rows=rows, figures=only(edition.entered, cell), changes=changes
    )


def changes_of(when: Span, form: str, cell: Cell) -> QuerySet[FigureChange]:
    line, column = cell
    found = FigureChange.of_any_period.of(when)
    return found.filter(form=form, line=line, column=column).select_related(
        "agency", "changed_by"
    )


def source_of(form: Form, cell: Cell) -> tuple[Any, Any]:
    """(source, condition) of a cell; the condition of an entered one is None."""
    for source in freezing.READ:
        for found, condition, _line in form.counted(source):
            if found == cell:
                return source, condition
    return "entered", None


def only(figures: Iterable[dict[str, Any]], cell: Cell) -> list[dict[str, Any]]:
    chosen = [f for f in figures if (f["line"], f["column"]) == cell]
    names = dict(
        Agency.objects.filter(code__in={f["agency"] for f in chosen}).values_list(
            "code", "name"
        )
    )
    return [{**f, "agency_name": names.get(f["agency"], f["agency"])} for f in chosen]
