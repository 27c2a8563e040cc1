"""XLSX by openpyxl's parser, behind a look at the zip directory. Formulas are never
evaluated."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser

from requests_app.imports.faults import Unreadable
from requests_app.imports.rows import MAX_CELLS, Bad, Row, blank
from requests_app.imports.zips import refuse_bomb

MAX_ROWS = 1_048_576  # of any spreadsheet
CHUNK = 1 << 20
MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
#: date formats of Chinese Excel and WPS that a workbook names by number alone
CHINESE_DAYS = frozenset({*range(27, 37), *range(50, 59)})


def rows(path: Path) -> Iterator[Row]:
    refuse_bomb(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of formatting that nobody reads here
            with path.open("rb") as file:  # a name would be judged by its ending
                yield from sheet_rows(file)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part provokes
        raise Unreadable(
            "XLSX 文件已损坏，或不是普通工作簿，请另存为 .xlsx "
            f"(damaged or no workbook: save as .xlsx; {type(error).__name__})"
        ) from error


def sheet_rows(file: IO[bytes]) -> Iterator[Row]:
    """Of the first visible sheet. openpyxl's own rows fill gaps up to any number that a
    file claims; its parser tells what is there."""
    book = openpyxl.load_workbook(file, read_only=True)
    sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
    if sheet is None:
        raise Unreadable(
            "工作簿没有可见的工作表，请取消隐藏 (no visible sheet: unhide it)"
        )
    part = sheet._worksheet_path.lstrip("/")
    merged = Merged(file, part)
    chinese = (
        place
        for place, style in enumerate(book._cell_styles)
        if style.numFmtId in CHINESE_DAYS
    )
    days = {*book._date_formats, *chinese}  # a book without styles has none at all
    with zipfile.ZipFile(file) as archive, archive.open(part) as xml:
        parser = WorkSheetParser(
            xml,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=days,
            timedelta_formats=book._timedelta_formats,
        )
        for number, found in parser.parse():
            cells = in_place(number, found)
            empty = blank(cells)  # by itself: a merged cell does not make it a row
            cells = merged.fill(number, cells)
            if not empty:
                yield number, cells


def in_place(number: int, found: list[dict[str, Any]]) -> list[object]:
    told = [cell for cell in found if cell["value"] is not None]
    width = max((cell["column"] for cell in told), default=0)
    if width > MAX_CELLS or number > MAX_ROWS:
        raise Unreadable(
            f"单元格 {get_column_letter(width)}{number} 在表格之外，请删去多余的行列 "
            "(a cell far outside the table: delete it)"
        )
    cells: list[object] = [None] * width
    for cell in told:
        cells[cell["column"] - 1] = value_of(cell)
    return cells


def value_of(cell: dict[str, Any]) -> object:
    value = cell["value"]
    if cell["data_type"] == "f":
        return Bad(
            getattr(value, "text", None) or str(value),
            "是公式，请复制后“选择性粘贴”为数值 (a formula: paste it as a value)",
        )
    if cell["data_type"] == "e":
        return Bad(str(value), "是错误值，请改正 (an error value: correct it)")
    return value


class Merged:
    """Cells merged downwards: the value of the first row holds for each row below it."""

    def __init__(self, file: IO[bytes], part: str) -> None:
        self.ranges = sorted(merged_downwards(file, part), key=lambda r: r[1])
        self.next = 0
        self.open: dict[int, tuple[int, object]] = {}  # column → last row, value

    def fill(self, number: int, cells: list[object]) -> list[object]:
        while self.next < len(self.ranges) and self.ranges[self.next][1] <= number:
            column, top, bottom = self.ranges[self.next]
            self.next += 1
            if top == number and column < len(cells):
                self.open[column] = bottom, cells[column]
        for column, (bottom, value) in list(self.open.items()):
            if number > bottom:
                del self.open[column]
                continue
            cells.extend([None] * (column + 1 - len(cells)))
            if cells[column] is None:
                cells[column] = value
        return cells


def merged_downwards(file: IO[bytes], part: str) -> Iterator[tuple[int, int, int]]:
    """(column from 0, first row, last row). They stand after all rows, so the part is
    looked through once as bytes, which is quicker than parsing it twice."""
    kept = b""
    with zipfile.ZipFile(file) as archive, archive.open(part) as xml:
        while chunk := xml.read(CHUNK):
            text = kept + chunk
            end = 0
            for found in MERGED.finditer(text):
                end = found.end()
                left, top, _right, bottom = range_boundaries(found[1].decode())
                if bottom > top:
                    yield left - 1, top, bottom
            kept = text[max(end, len(text) - 200) :]
