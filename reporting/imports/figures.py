"""填报数: what an agency enters for the lines that no log counts."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.facts import agencies_with_a_log, agencies_with_complaints
from reporting.models import Figure, FigureChange
from reporting.tables import Form
from requests_app.imports import outcome as outcomes
from requests_app.imports.columns import FIGURES, NONE, Headings
from requests_app.imports.comparing import compared
from requests_app.imports.faults import Fault
from requests_app.imports.identity import Met, digest
from requests_app.models.agencies import Agency
from requests_app.services.history import one_at_a_time

CELL = ("year", "form", "line", "column")
Line = tuple[int, dict[str, Any]]


def import_figures(
    path: Path,
    *,
    by,
    deps: Dependencies,
    tick: Callable[[], object] = lambda: None,
    headings: Headings = NONE,
) -> outcomes.Outcome:
    """In the caller's transaction, which it must roll back when anything is rejected."""
    one_at_a_time("import")
    told = outcomes.Outcome()
    agencies = outcomes.agencies_for(by)
    rows = outcomes.rows(path, FIGURES, told, tick, headings)
    refused = by_a_log(agencies, deps)
    with Met() as met:
        for batch in outcomes.batches(possible(rows, agencies, met, told, deps)):
            write(batch, agencies, told, refused, source=path.name, by=by, deps=deps)
    return told


def possible(
    rows: Iterable[Line],
    agencies: dict[str, Agency],
    met: Met,
    told: outcomes.Outcome,
    deps: Dependencies,
) -> Iterator[Line]:
    """Rows that can be true and stand once in the file."""
    for line, row in rows:
        faults = [] if row["agency"] in agencies else [unknown(line, row)]
        form, more = form_of(line, row, deps)
        faults += more
        if form is not None:
            faults += wrong_cell(line, row, form)
        if form is not None and not faults:
            first, times = met.again(digest(row["agency"], *map(str, cell(row))), line)
            if times > 1:
                message = f"第 {first} 行已有此指标，请删去一行 (twice in the file)"
                faults.append(Fault(line, "line", row["line"], message))
        told.rejected += faults
        if not faults:
            yield line, row


def unknown(line: int, row: dict[str, Any]) -> Fault:
    return outcomes.no_such_agency(line, row["agency"])


def form_of(
    line: int, row: dict[str, Any], deps: Dependencies
) -> tuple[Form | None, list[Fault]]:
    try:
        form = deps.form(row["form"])
    except NoSuchForm as error:
        return None, [Fault(line, "form", row["form"], str(error))]
    if form.takes(row["year"]):
        return form, []
    years = f"{form.years.start}–{form.years.stop - 1}"
    message = f"{form.key} 用于 {years} 年 (not a year of this form)"
    return None, [Fault(line, "year", str(row["year"]), message)]


def wrong_cell(line: int, row: dict[str, Any], form: Form) -> Iterator[Fault]:
    """Also puts the line's only column in place of an empty one."""
    asked = {known.code: known for known in form.data_lines()}.get(row["line"])
    if asked is None:
        message = "不是该表式的数据行，请核对指标代码 (no data line of this form)"
        yield Fault(line, "line", row["line"], message)
        return
    columns = [column.code for column in form.columns_of(asked.code)]
    given = row.get("column") or (columns[0] if len(columns) == 1 else None)
    row["column"] = given
    if given not in columns:
        message = f"请填列名，可用：{'、'.join(columns)} (one of these columns)"
        yield Fault(line, "column", given, message)
        return
    value: Decimal = row["value"]
    if value < 0 and not form.is_signed((asked.code, given)):
        message = "应为不小于零的数字 (a number, not negative)"
        yield Fault(line, "value", written(value), message)
    if not form.is_amount((asked.code, given)) and value != int(value):
        message = "数量应为整数 (a count is a whole number)"
        yield Fault(line, "value", written(value), message)


def written(value: Decimal) -> str:
    """Without the noughts of its six decimals."""
    return f"{value.normalize():f}"


def by_a_log(
    agencies: dict[str, Agency], deps: Dependencies
) -> Callable[[int, dict[str, Any]], list[Fault]]:
    """Why a figure that nobody has entered yet may not be; each year's logs are read once."""
    logged, opened = cache(agencies_with_a_log), cache(agencies_with_opening_figures)
    complaints = cache(agencies_with_complaints)

    def refused(line: int, row: dict[str, Any]) -> list[Fault]:
        form, agency_id = deps.form(row["form"]), agencies[row["agency"]].pk
        if form.source((row["line"], row["column"])) != "entered":
            return list(counted_already(line, row, agency_id, logged, opened))
        if form.logged_elsewhere(row["line"]):
            return list(logged_already(line, row, agency_id, complaints))
        return []

    return refused


def counted_already(
    line: int,
    row: dict[str, Any],
    agency_id: int,
    logged: Callable[[int], set[int]],
    opened: Callable[[int, str], set[int]],
) -> Iterator[Fault]:
    """What a log counts is not entered as well; nor beside figures from before the log."""
    if agency_id in logged(row["year"]):
        message = "该机关当年有办理日志，此行由日志统计，请删去 (counted from its log)"
        yield Fault(line, "line", row["line"], message)
    elif agency_id in opened(row["year"], row["form"]):
        message = "该机关已填上线前数据，再填会重复计算 (it has opening figures)"
        yield Fault(line, "line", row["line"], message)


def logged_already(
    line: int,
    row: dict[str, Any],
    agency_id: int,
    complaints: Callable[[int], set[int]],
) -> Iterator[Fault]:
    if agency_id in complaints(row["year"]):
        message = (
            "该机关当年已登记举报投诉，此行由登记统计，请删去 (counted from its log)"
        )
        yield Fault(line, "line", row["line"], message)


def agencies_with_opening_figures(year: int, form: str) -> set[int]:
    opening = Figure.objects.filter(year=year, form=form, origin=Figure.Origin.OPENING)
    return set(opening.values_list("agency_id", flat=True))


def cell(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in CELL)


def write(
    batch: list[Line],
    agencies: dict[str, Agency],
    told: outcomes.Outcome,
    refused: Callable[[int, dict[str, Any]], list[Fault]],
    *,
    source: str,
    by,
    deps: Dependencies,
) -> None:
    """A figure is never empty, so that a known one is either the same or contradicted."""
    known = recorded(batch, agencies)
    new = []
    for line, row in batch:
        agency = agencies[row["agency"]]
        before = known.get((agency.pk, *cell(row)))
        if before is None:
            faults = refused(line, row)
            told.rejected += faults
            if faults:
                continue
            new.append(
                Figure(
                    agency=agency,
                    value=row["value"],
                    signed=row["value"] < 0,
                    entered_by=by,
                    entered_at=deps.clock.now(),
                    **dict(zip(CELL, cell(row), strict=True)),
                )
            )
            continue
        was, given = {"value": written(before)}, {"value": written(row["value"])}
        _, faults = compared(line, was, given)
        told.rejected += faults
        told.unchanged += not faults
    told.created += len(Figure.objects.bulk_create(new))
    FigureChange.objects.bulk_create(first_entries(new, source))


def first_entries(figures: Iterable[Figure], source: str) -> Iterator[FigureChange]:
    """Where the history of each begins: the file it came from."""
    for figure in figures:
        yield FigureChange(
            agency=figure.agency, year=figure.year, form=figure.form,
            line=figure.line, column=figure.column, now=figure.value,
            origin=figure.origin, reason=source[:200],
            changed_by=figure.entered_by, changed_at=figure.entered_at,
        )  # fmt: skip


def recorded(
    batch: list[Line], agencies: dict[str, Agency]
) -> dict[tuple[Any, ...], Decimal]:
    rows = [row for _, row in batch]
    figures = Figure.objects.filter(
        agency__in={agencies[row["agency"]].pk for row in rows},
        year__in={row["year"] for row in rows},
        form__in={row["form"] for row in rows},
        line__in={row["line"] for row in rows},
        origin=Figure.Origin.ENTERED,
    )
    return {
        tuple(found): value
        for *found, value in figures.values_list("agency_id", *CELL, "value")
    }
