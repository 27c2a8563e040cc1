"""A finished text held against the report's cells, or against a table handed in."""

from pathlib import Path
from typing import Any

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.narrative.check import check
from reporting.narrative.lexicon import Cells
from reporting.narrative.reader import Known
from reporting.services import editions, last_year, reports
from reporting.services.checks import read_json, read_table
from reporting.services.text_findings import printed_lines
from reporting.tables import Form
from requests_app.models.agencies import Agency


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
        form, _, told = read_json(table, None, deps)
    else:
        form, _, told = read_table(table, deps.form_of(year).key, deps)
    return form, last_year.exact(told.cells)


def of_the_log(
    year: int, code: str | None, deps: Dependencies
) -> tuple[Form, Cells, Cells, str]:
    """This year's cells, last year's where at hand, and the agency's name."""
    form, told, office = editions.as_it_stands(
        year=year, code=code, form_key=None, scope=reports.AREA, deps=deps
    )
    agency = Agency.objects.get(code=told["agency"])
    before = last_year.at_hand(form, year, [agency.pk])
    cells = last_year.cells_of(told)
    return (
        form,
        cells,
        before.get((agency.pk, reports.AREA), last_year.NOTHING).cells,
        office,
    )
