"""A filled table, as an office sends it, read for the 填报 page: what would be taken, and
what does not fit, each with its address. Nothing is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from reporting.dependencies import Dependencies
from reporting.grid import plain
from reporting.matching import Reading, Sheet
from reporting.matching import read as read_sheets
from reporting.period import QUARTERS
from reporting.repeats import Repeated, repeated
from reporting.rules import Cell, Number
from reporting.services.checks import TITLE_ROWS, fit, year_in
from reporting.services.entry_sheets import EntrySheet
from reporting.services.opening import number_fault
from reporting.services.sheets import sheets_in
from reporting.tables import Form
from requests_app.imports.cells import narrow
from requests_app.imports.faults import Unreadable


@dataclass(frozen=True)
class Misfit:
    address: str
    cell: Cell
    text: str
    remedy: str


@dataclass
class Offer:
    """`taken`: cells that would change, old → new; `misfits` are left as they are."""

    taken: dict[Cell, tuple[Number | None, Decimal]] = field(default_factory=dict)
    same: int = 0
    misfits: list[Misfit] = field(default_factory=list)
    missing: list[Cell] = field(
        default_factory=list
    )  # open cells not found in the file
    addresses: dict[Cell, str] = field(default_factory=dict)


def offered(path: Path, sheet: EntrySheet, deps: Dependencies) -> Offer:
    """Unreadable where the file is no such table: another form, another year."""
    sheets = sheets_in(path)
    told = reading_of(sheets, sheet, deps)
    again = list(repeated(sheet.form, sheets))
    found = Offer(addresses=dict(told.addresses))
    found.misfits += unread(told, sheet)
    found.misfits += twice(again)
    uncertain = {one.cell for one in again}
    for cell, value in told.cells.items():
        if value is None or cell in told.blank | uncertain:
            continue  # a blank box takes nothing away
        weigh(cell, Decimal(value), told.addresses[cell], sheet, found)
    found.missing = [cell for cell in sheet.open if cell not in told.addresses]
    return found


def reading_of(
    sheets: Sequence[Sheet], sheet: EntrySheet, deps: Dependencies
) -> Reading:
    year = year_in(sheets)
    readings = {form.key: read_sheets(form, sheets) for form in deps.formats}
    told = readings[sheet.form.key]
    if not told.addresses:
        raise Unreadable(
            f"没有找到本表的任何一行，请下载空表填写 ({nothing_found(sheet.form)})"
        )
    of = (
        year if sheet.period.is_whole_year else None
    )  # quarters outlive the form's years
    best = max(deps.formats, key=lambda form: fit(form, readings[form.key], of))
    if fit(best, readings[best.key], of) > fit(sheet.form, told, of):
        raise Unreadable(
            f"这是另一种表（{best.title} {best.years.start}），请选对应的表式再上传"
            " (a table of another form: choose that form)"
        )
    if year not in (None, sheet.year):
        raise Unreadable(
            f"表上写的是 {year} 年，此页是 {sheet.year} 年，请选对应的年度再上传"
            " (a table of another year: choose that year)"
        )
    forbid_another_period(sheets, sheet)
    return told


def forbid_another_period(sheets: Sequence[Sheet], sheet: EntrySheet) -> None:
    found, asked = quarter_in(sheets), sheet.period.quarter
    if found is not None and found != asked:
        told = f"第{QUARTERS[found]}季度" if found else "全年"
        raise Unreadable(
            f"表上写的是{told}，此页是{sheet.period.title}，请选对应的期间再上传"
            " (a table of another period: choose that period)"
        )


def quarter_in(sheets: Sequence[Sheet]) -> int | None:
    """Which quarter the title names, 0 for 年度; None where it says neither."""
    for sheet in sheets:
        for row in sheet.rows[:TITLE_ROWS]:
            text = narrow("".join(row))
            if found := re.search(r"第([一二三四])季度", text):
                return next(n for n, zh in QUARTERS.items() if zh == found[1])
            if re.search(r"20\d\d年度", text):
                return 0
    return None


def nothing_found(form: Form) -> str:
    return f"no line of {form.key} found: fill in the empty form"


def unread(told: Reading, sheet: EntrySheet) -> Iterator[Misfit]:
    """Text where a number belongs, whoever counts the cell."""
    for box in told.unread:
        remedy = _("不是数字，请改填数字")
        if box.cell not in sheet.open:
            remedy = _("不是数字；由日志统计为 %(n)s") % {"n": counted(box.cell, sheet)}
        yield Misfit(box.address, box.cell, box.text, remedy)


def twice(again: Sequence[Repeated]) -> Iterator[Misfit]:
    for one in again:
        remedy = _("与 %(first)s 同一指标而数不同，请只留一行") % {"first": one.first}
        yield Misfit(one.address, one.cell, one.text, remedy)


def counted(cell: Cell, sheet: EntrySheet) -> Number:
    return sheet.content["cells"][cell[0]][cell[1]] or 0


def weigh(
    cell: Cell, value: Decimal, address: str, sheet: EntrySheet, found: Offer
) -> None:
    if cell not in sheet.open:
        logged = counted(cell, sheet)
        if value != Decimal(str(logged)):
            remedy = _("由日志统计为 %(n)s，不取表中的数") % {"n": logged}
            found.misfits.append(Misfit(address, cell, plain(value), remedy))
        return
    fault = number_fault(cell, value, sheet.form)
    if fault:
        found.misfits.append(Misfit(address, cell, plain(value), fault))
    elif value == sheet.entered.get(cell):
        found.same += 1
    else:
        found.taken[cell] = sheet.entered.get(cell), value
