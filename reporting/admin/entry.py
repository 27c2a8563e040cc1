"""The boxes of the 填报 page: what stands in each, what was typed, and what is wrong."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse

from reporting.definitions import definition
from reporting.grid import Role, plain
from reporting.layout import document
from reporting.models import FigureChange
from reporting.rules import Cell
from reporting.services import entering
from reporting.services.entry_sheets import EntrySheet
from requests_app.models.language import heard


class Entry:
    """One drawing of the page; nothing typed is lost when it is drawn again."""

    def __init__(self, sheet: EntrySheet, *, may: bool) -> None:
        self.sheet, self.may = sheet, may
        self.seen = sheet.seen
        self.typed: dict[Cell, str] = {}
        self.faults: dict[Cell, str] = {}
        self.others: dict[Cell, FigureChange] = {}  # what somebody else set meanwhile

    def taken(self, posted: Mapping[str, str]) -> dict[Cell, Decimal | None]:
        """The cells that differ from what the page showed; the rest are left alone."""
        sheet = self.sheet
        self.seen = int(posted["seen"]) if posted.get("seen", "").isdigit() else 0
        since = list(
            entering.changes_of(sheet.agency, sheet.when, sheet.form).filter(
                pk__gt=self.seen
            )
        )
        shown = entering.as_seen(sheet.entered, since)
        values = {}
        for cell in sheet.open:
            text = posted.get(name_of(cell))
            if text is None:
                continue
            try:
                value = entering.read(sheet.form, cell, text)
            except ValueError as error:
                self.typed[cell], self.faults[cell] = text, str(error)
                continue
            if value != shown.get(cell):
                self.typed[cell], values[cell] = text, value
        return values

    def overtaken(self, changes: list[FigureChange]) -> None:
        self.others = {(change.line, change.column): change for change in changes}
        self.seen = changes[-1].pk

    # --- drawing ----------------------------------------------------------------------
    def grids(self) -> Iterator[dict[str, Any]]:
        sheet = self.sheet
        found = sheet.findings()
        paper = document(sheet.form, sheet.content, agency=sheet.agency.name)
        for grid in paper.grids:
            yield {
                "caption": grid.caption,
                "notes": grid.notes,
                "head": [[{"cell": cell} for cell in row] for row in grid.head],
                "body": [[self.box(cell, found) for cell in row] for row in grid.body],
            }

    def box(self, cell, found: Mapping[Cell, list[dict[str, Any]]]) -> dict[str, Any]:
        if cell.role is not Role.NUMBER or cell.at is None:
            is_head = cell.role in (Role.COLUMN_HEAD, Role.CORNER)
            return {"cell": cell, "indent": cell.depth * 1.25, "is_head": is_head}
        at, sheet = cell.at, self.sheet
        _line, column = sheet.form.cells[at]
        return {
            "cell": cell,
            "is_number": True,
            "at": id_of(at),
            "name": name_of(at),
            "open": self.may and at in sheet.open,
            "called": self.called(at),
            "text": self.typed.get(at, self.stands(at, cell.number)),
            "link": self.behind(at),
            "before": plain(sheet.before.get(at)),
            "quarters": plain(sheet.quarters.get(at)),
            "unit": "" if column.unit in column.label else column.unit,
            "help": heard(definition(sheet.form, at)),
            "fault": self.faults.get(at, ""),
            "other": self.others.get(at),
            "found": [said(finding) for finding in found.get(at, ())],
        }

    def stands(self, at: Cell, number) -> str:
        """What the page shows: of a cell that may be entered what was, and no nought that
        nobody entered."""
        return plain(self.sheet.entered.get(at) if at in self.sheet.open else number)

    def called(self, at: Cell) -> str:
        """For a reader who hears the page: line, column and unit."""
        line, column = self.sheet.form.cells[at]
        unit = column.unit or line.unit
        head = column.label if len(self.sheet.form.columns_of(line.code)) > 1 else ""
        return " ".join(filter(None, (line.name, head, unit)))

    def behind(self, at: Cell) -> str:
        sheet = self.sheet
        told = [sheet.agency.pk, sheet.when, sheet.form.key, *at]
        return reverse("admin:reporting_figure_behind", args=told)

    def told(self) -> list[dict[str, Any]]:
        """Every finding, the hard before the soft, each with its cell."""
        findings = [
            said(finding) | {"at": id_of(at) if at in self.sheet.form.cells else ""}
            for at, of_cell in self.sheet.findings().items()
            for finding in of_cell
        ]
        return sorted(findings, key=lambda finding: finding["level"])

    def wrong(self) -> list[dict[str, str]]:
        """What was typed and cannot be taken, by cell."""
        return [
            {"at": id_of(at), "called": f"{at[0]} {self.called(at)}", "fault": fault}
            for at, fault in self.faults.items()
            if at in self.sheet.form.cells
        ]

    def overtaken_told(self) -> list[dict[str, Any]]:
        """What somebody else set meanwhile, beside what was typed here."""
        return [
            {
                "at": id_of(at),
                "called": f"{at[0]} {self.called(at)}",
                "change": change,
                "typed": self.typed.get(at, ""),
            }
            for at, change in self.others.items()
            if at in self.sheet.form.cells
        ]

    def blank(self) -> list[dict[str, str]]:
        return [
            {"at": id_of(at), "called": f"{at[0]} {self.called(at)}"}
            for at in self.sheet.blank()
        ]


def said(finding: dict[str, Any]) -> dict[str, Any]:
    return {**finding, "said": heard(finding["message"])}


def name_of(cell: Cell) -> str:
    return "|".join(cell)


def id_of(cell: Cell) -> str:
    """As an anchor: no dots, which a selector would read as classes."""
    return "c-" + "-".join(cell).replace(".", "_")
