"""What stands beside the boxes of the 填报 page: the books' own numbers, last year's, and
what the rules say of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reporting.dependencies import Dependencies
from reporting.models import FilledFile, Report
from reporting.period import Period, Span, period, quarter
from reporting.rules import Cell, Number
from reporting.services import entering, last_year, reports
from reporting.services.counting import count
from reporting.tables import Form
from requests_app.models.agencies import Agency

OWN = Report.Scope.OWN
SHOWN = 20  # filled forms that were taken in


@dataclass(frozen=True, kw_only=True)
class EntrySheet:
    agency: Agency
    when: Span  # a year or one of its quarters
    form: Form
    content: Mapping[str, Any]  # the report JSON of the agency alone
    before: Mapping[Cell, Number | None]  # last year's
    open: list[Cell]  # what may be entered
    entered: Mapping[Cell, Number]
    seen: int
    quarters: Mapping[Cell, Number]  # of a year: what its four quarters add up to
    taken: list[FilledFile]  # the latest first

    @property
    def period(self) -> Period:
        return period(self.when)

    @property
    def year(self) -> int:
        return self.period.year

    @property
    def whole(self) -> bool:
        """Counted cells may be entered too."""
        return any(self.form.source(cell) != "entered" for cell in self.open)

    def findings(self) -> dict[Cell, list[dict[str, Any]]]:
        """By the cell that each stands at; those of no cell under two blanks."""
        found: dict[Cell, list[dict[str, Any]]] = {}
        for finding in self.content["findings"]:
            where = finding["where"]
            at = where["line"] or "", where["column"] or ""
            found.setdefault(at, []).append(finding)
        return found

    def blank(self) -> list[Cell]:
        """Entered cells that nobody has entered, in printed order."""
        return [
            cell
            for cell in self.form.cells
            if self.content["cells"][cell[0]][cell[1]] is None
        ]


def entry_sheet(
    agency: Agency, when: Span, form: Form, *, whole: bool, deps: Dependencies
) -> EntrySheet:
    """`whole`: asked to enter the counted lines too, where there is no log."""
    tally = count(form, when, agency.code)
    content = reports.report(tally, agency.pk, OWN)
    handed_in = entering.is_whole(agency, when, form)
    every = (whole or handed_in) and entering.may_be_whole(agency, when, form, deps)
    taken = FilledFile.objects.of(when).filter(agency=agency, form=form.key)
    return EntrySheet(
        agency=agency,
        when=when,
        form=form,
        content=content,
        before=figures_before(agency, period(when), form),
        open=entering.open_cells(agency, when, form, every),
        entered=entering.recorded(agency, when, form),
        seen=entering.last_change(agency, when, form),
        quarters=tally.quarters.get(agency.pk, {}),
        taken=list(taken.select_related("taken_by")[:SHOWN]),
    )


def figures_before(
    agency: Agency, of: Period, form: Form
) -> Mapping[Cell, Number | None]:
    """Last year's report of the agency alone, the signed one before the draft; without
    one, and for a quarter, what it entered."""
    year = of.year
    if of.quarter:
        return entering.recorded(agency, quarter(year - 1, of.quarter), form)
    kept = last_year.at_hand(form, year, [agency.pk])
    found = kept.get((agency.pk, str(OWN)))
    return (found.cells if found else {}) or entering.recorded(agency, year - 1, form)
