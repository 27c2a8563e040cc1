"""Checking a filled or published table that somebody hands in; nothing is imported."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from reporting.dependencies import Dependencies
from reporting.services.reports import as_finding
from reporting.tables import Form
from requests_app.imports.columns import narrow, plain
from requests_app.imports.sheets import Unreadable, open_rows

Filled = dict[tuple[str, str], Any]


def check_file(path: Path, form_key: str | None, deps: Dependencies) -> dict[str, Any]:
    """{form, year, findings} of an XLSX, CSV or report JSON. Raises Unreadable."""
    if path.suffix.lower() == ".json":
        form, year, cells = read_json(path, form_key, deps)
    else:
        form, year, cells = read_table(path, form_key, deps)
    if not cells:
        raise Unreadable(f"没有找到 {form.key} 的任何一行 (no line of the form found)")
    findings = [as_finding(found) for found in form.broken(cells)]
    return {"form": form.key, "year": year, "findings": findings}


def read_json(
    path: Path, form_key: str | None, deps: Dependencies
) -> tuple[Form, int | None, Filled]:
    try:
        told = json.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
        form = deps.form(form_key or told["form"])
        cells = {
            (line, column): value
            for line, columns in told["cells"].items()
            for column, value in columns.items()
        }
        year = told.get("year")
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Unreadable(f"不是统计表 JSON：{error} (not a report)") from error
    wrong = [v for v in cells.values() if isinstance(v, str | bool | list | dict)]
    if wrong:
        raise Unreadable(f"数值应为数字，而不是 {wrong[0]!r} (numbers only)")
    return form, year, cells


def read_table(
    path: Path, form_key: str | None, deps: Dependencies
) -> tuple[Form, int | None, Filled]:
    """Lines are found by their printed label, numbers in the last filled box of a row."""
    rows = [[plain(cell) for cell in cells] for _, cells in open_rows(path)]
    year = year_in(rows)
    if form_key:
        form = deps.form(form_key)
    else:
        form = deps.form_of(year) if year else deps.formats[0]
    return form, year, dict(numbers(rows, form))


def year_in(rows: list[list[str]]) -> int | None:
    for row in rows[:5]:
        found = re.search(r"(20\d\d)\s*年", "".join(row))
        if found:
            return int(found[1])
    return None


def numbers(rows: list[list[str]], form: Form) -> Iterator[tuple[tuple[str, str], Any]]:
    """In the printed order, since 其中 labels may recur."""
    (column,) = form.columns
    lines = list(form.lines)
    for row in rows:
        labels = {folded(box) for box in row}
        for place, line in enumerate(lines):
            if folded(line.label) in labels or line.code in labels:
                lines = lines[place + 1 :]
                if line.source != "heading":
                    yield (line.code, column.code), number_in(row, line.label)
                break


def number_in(row: list[str], label: str) -> Decimal | None:
    """A blank box counts as nothing entered."""
    for box in reversed(row):
        if box and folded(box) != folded(label):
            try:
                return Decimal(narrow(box).replace(",", ""))
            except InvalidOperation:
                continue
    return None


def folded(label: str) -> str:
    return re.sub(r"\s", "", narrow(label)).lstrip("'")
