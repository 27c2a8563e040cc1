"""A file that holds a filled table → its sheets as text. Raises Unreadable."""

import warnings
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from reporting.matching import Sheet
from requests_app.imports import plain_text
from requests_app.imports.cells import plain
from requests_app.imports.faults import Unreadable
from requests_app.imports.sheets import OLE, beginning, old_or_encrypted
from requests_app.imports.zips import refuse_bomb

MAX_BYTES, MAX_ROWS, MAX_COLUMNS = 10 * 1024 * 1024, 2000, 100
NOT_COMPUTED = "公式没有结果"  # a formula that no program has computed yet


def sheets_in(path: Path) -> list[Sheet]:
    start = beginning(path)
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable("文件过大，不像一份统计表 (too large for a table)")
    if start.startswith(OLE):
        raise Unreadable(old_or_encrypted(path))
    if start.startswith(b"PK"):
        return workbook(path)
    return [Sheet("", tuple(text_rows(path)))]


def text_rows(path: Path) -> Iterator[tuple[str, ...]]:
    """Blank rows too, so that a row's place is its number."""
    passed = 0
    for number, cells in takewhile(lambda r: r[0] <= MAX_ROWS, plain_text.rows(path)):
        yield from [()] * (number - passed - 1)
        yield tuple(plain(cell) for cell in cells)
        passed = number


def workbook(path: Path) -> list[Sheet]:
    """Formulas are not evaluated: their results as the office's program left them."""
    import openpyxl  # 20 MiB: only who reads a workbook carries it

    refuse_bomb(path)
    try:
        with warnings.catch_warnings(action="ignore"):
            results = openpyxl.load_workbook(path, data_only=True)
            formulas = openpyxl.load_workbook(path)
    except Exception as error:  # openpyxl raises whatever a broken part provokes
        raise Unreadable(f"XLSX 文件已损坏：{type(error).__name__} (broken)") from error
    shown = [s for s in results.worksheets if s.sheet_state == "visible"]
    if not shown:
        raise Unreadable("工作簿没有可见的工作表 (no visible sheet)")
    return [
        Sheet(
            sheet.title if len(shown) > 1 else "",
            tuple(rows_of(sheet, formulas[sheet.title])),
        )
        for sheet in shown
    ]


def rows_of(sheet, formulas) -> Iterator[tuple[str, ...]]:
    """A merged box's text stands in each box that it covers."""
    covered = {
        (row, column): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row, min(merged.max_row, MAX_ROWS) + 1)
        for column in range(merged.min_col, min(merged.max_col, MAX_COLUMNS) + 1)
    }
    for row in range(1, min(sheet.max_row, MAX_ROWS) + 1):
        yield tuple(
            text_at(sheet, formulas, *covered.get((row, column), (row, column)))
            for column in range(1, min(sheet.max_column, MAX_COLUMNS) + 1)
        )


def text_at(sheet, formulas, row: int, column: int) -> str:
    value = sheet.cell(row, column).value
    if value is None and formulas.cell(row, column).data_type == "f":
        return NOT_COMPUTED
    return plain(value)
