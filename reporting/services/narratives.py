"""A finished text held against the report's cells, or against a table handed in."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.narrative.check import check
from reporting.narrative.lexicon import Cells
from reporting.narrative.reader import Known
from reporting.narrative.rows import PrintedLine
from reporting.services import reports
from reporting.services.checks import read_json, read_table
from reporting.tables import Form


def check_text(
    document: str,
    year: int,
    *,
    code: str | None,
    table: Path | None,
    deps: Dependencies,
) -> dict[str, Any]:
    """{findings}. Unreadable, NoSuchForm, NoSuchAgency."""
    if table:
        form, cells, before, office = *filled(table, year, deps), {}, ""
    else:
        form, cells, before, office = of_the_log(year, code, deps)
    if form.lexicon is None:
        raise NoSuchForm(
            f"{form.key} 没有词表，不能核对文字 (no phrases for this form)"
        )
    known = Known(
        lexicon=form.lexicon, year=year, cells=cells, before=before, office=office
    )
    found = check(document, known, printed_lines(form))
    return {"findings": [finding.as_json(document) for finding in found]}


def filled(table: Path, year: int, deps: Dependencies) -> tuple[Form, Cells]:
    """The table's own form, or the year's."""
    if table.suffix.lower() == ".json":
        form, _, cells = read_json(table, None, deps)
    else:
        form, _, cells = read_table(table, deps.form_of(year).key, deps)
    return form, exact(cells)


def of_the_log(
    year: int, code: str | None, deps: Dependencies
) -> tuple[Form, Cells, Cells, str]:
    """This year's cells, and last year's where the same form holds anything for it."""
    form, told, office = annual(year, code, deps)
    try:
        other, last, _ = annual(year - 1, told["agency"], deps)
    except (NoSuchForm, reports.NoSuchAgency):
        return form, flat(told), {}, office
    before = flat(last)
    at_hand = other.key == form.key and any(before.values())
    return form, flat(told), before if at_hand else {}, office


def annual(year: int, code: str | None, deps: Dependencies):
    return reports.annual(
        year=year, code=code, form_key=None, scope=reports.AREA, deps=deps
    )


def flat(told: Mapping[str, Any]) -> Cells:
    return exact(
        {
            (line, column): value
            for line, columns in told["cells"].items()
            for column, value in columns.items()
        }
    )


def exact(cells: Mapping[tuple[str, str], Any]) -> Cells:
    """JSON's floats as the decimals that were written."""
    return {
        place: Decimal(str(value)) if isinstance(value, float) else value
        for place, value in cells.items()
    }


def printed_lines(form: Form) -> tuple[PrintedLine, ...]:
    return tuple(
        PrintedLine(line.code, line.label, tuple(c.code for c in form.columns))
        for line in form.data_lines()
    )
