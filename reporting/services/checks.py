"""Checking a filled or published table that somebody hands in; nothing is imported."""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.matching import Reading, Sheet, read
from reporting.rules import Cell, Number
from reporting.services.findings import as_finding, number
from reporting.services.sheets import sheets_in
from reporting.tables import Form
from requests_app.imports.cells import narrow
from requests_app.imports.faults import Unreadable

TITLE_ROWS = 8  # in which the year stands


def check_file(path: Path, form_key: str | None, deps: Dependencies) -> dict[str, Any]:
    """{form, year, findings, not_read} of an XLSX, CSV or report JSON. Raises Unreadable."""
    form, year, told = filled(path, form_key, deps)
    if not told.cells and not told.unread:
        raise Unreadable(f"没有找到 {form.key} 的任何一行 (no line of the form found)")
    broken = [as_finding(found) for found in form.broken(told.cells)]
    findings = broken + list(doubtful(form, told, broken))
    missing = list(not_read(form, told))
    return {"form": form.key, "year": year, "findings": findings, "not_read": missing}


def not_read(form: Form, told: Reading) -> Iterator[dict[str, Any]]:
    """Lines of the form that the file does not have, or of which it lacks some columns: no
    rule that needs them was applied."""
    found = {*told.cells, *(box.cell for box in told.unread)}
    for line in form.data_lines():
        columns = [c.code for c in form.columns_of(line.code)]
        missing = [code for code in columns if (line.code, code) not in found]
        if missing:
            yield {"line": line.code, "label": line.label, "columns": missing}


def filled(
    path: Path, form_key: str | None, deps: Dependencies
) -> tuple[Form, int | None, Reading]:
    if path.suffix.lower() != ".json":
        return read_table(path, form_key, deps)
    return read_json(path, form_key, deps)


def read_json(
    path: Path, form_key: str | None, deps: Dependencies
) -> tuple[Form, int | None, Reading]:
    try:
        told = json.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
        year = told.get("year")
        key = form_key or told.get("form")
        form = deps.form(key) if key else deps.form_of(year)
        cells = {
            (line, column): value
            for line, columns in told["cells"].items()
            for column, value in columns.items()
        }
    except NoSuchForm:
        raise
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Unreadable(f"不是统计表 JSON：{error} (not a report)") from error
    wrong = [v for v in cells.values() if isinstance(v, str | bool | list | dict)]
    if wrong:
        raise Unreadable(f"数值应为数字，而不是 {wrong[0]!r} (numbers only)")
    return form, year, Reading(cells={c: cells[c] for c in in_order(form, cells)})


def in_order(form: Form, cells: dict[Cell, Number | None]) -> Iterator[Cell]:
    """As printed; what the form does not know stands at the end."""
    yield from (cell for cell in form.cells if cell in cells)
    yield from (cell for cell in cells if cell not in form.cells)


def read_table(
    path: Path, form_key: str | None, deps: Dependencies
) -> tuple[Form, int | None, Reading]:
    """The form is the one named, or the one whose labels fit best; the year breaks ties
    between forms that share most of their labels."""
    sheets = sheets_in(path)
    year = year_in(sheets)
    if form_key:
        form = deps.form(form_key)
        return form, year, read(form, sheets)
    readings = [(form, read(form, sheets)) for form in deps.formats]
    form, told = max(readings, key=lambda found: fit(*found, year))
    return form, year, told


def fit(form: Form, told: Reading, year: int | None) -> float:
    share = len(told.lines()) / len(form.data_lines())
    return share + (0.2 if share and year in form.years else 0)


def year_in(sheets: Sequence[Sheet]) -> int | None:
    for sheet in sheets:
        for row in sheet.rows[:TITLE_ROWS]:
            found = re.search(r"(20\d\d)\s*年", narrow("".join(row)))
            if found:
                return int(found[1])
    return None


def doubtful(
    form: Form, told: Reading, broken: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """What could not be read, is no cell of the form, or is no count; always soft."""
    for box in told.unread:
        zh, en = f"{box.address} 的“{box.text}”不是数字", "not a number"
        yield soft("unreadable_cell", box.cell, None, f"{zh} / {en}")
    known = {(f["where"]["line"], f["where"]["column"]) for f in broken}
    for cell, value in told.cells.items():
        at = told.addresses.get(cell, " ".join(cell))
        if cell not in form.known:
            zh, en = f"{at} 不是该表式的数据格", "no cell of this form"
            yield soft("unknown_cell", cell, value, f"{zh} / {en}")
        elif (
            value is not None and cell not in known and not countable(form, cell, value)
        ):
            zh, en = f"{at} 的 {value} 不是非负整数", "not a whole number, or negative"
            yield soft("not_a_count", cell, value, f"{zh} / {en}")


def countable(form: Form, cell: Cell, value: Number) -> bool:
    _, column = form.known[cell]
    whole = form.is_amount(cell) or value == int(value)
    return whole and (value >= 0 or column.signed)


def soft(rule: str, cell: Cell, left: Number | None, message: str) -> dict[str, Any]:
    line, column = cell
    return {
        "rule": rule,
        "level": "soft",
        "where": {"line": line, "column": column},
        "left": number(left),
        "right": None,
        "message": message,
    }
