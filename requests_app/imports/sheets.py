"""A file from an office → numbered rows of raw cells, lazily; CSV or XLSX by content."""

import csv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
from defusedxml import ElementTree

MAX_BYTES = 100 * 1024 * 1024
MAX_INFLATED = 512 * 1024 * 1024
MAX_RATIO = 200
HEADER_WITHIN = 10  # rows in which the header must stand
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Row = tuple[int, list[object]]


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


def open_rows(path: Path) -> Iterator[Row]:
    """(row number as a spreadsheet shows it, cells) of every row that is not blank."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise Unreadable(f"打不开文件：{error.strerror}") from error
    if size == 0:
        raise Unreadable("文件是空的 (the file is empty)")
    if size > MAX_BYTES:
        raise Unreadable(f"文件大于 {MAX_BYTES >> 20} MB，请分成几个 (too large)")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("旧式 .xls 文件，请另存为 .xlsx 或 .csv (save as .xlsx)")
    if start.startswith(b"PK"):
        return (row for row in xlsx_rows(path) if not blank(row[1]))
    return (row for row in csv_rows(path) if not blank(row[1]))


def blank(cells: list[object]) -> bool:
    return all(c is None or (isinstance(c, str) and not c.strip()) for c in cells)


def from_header(
    rows: Iterator[Row], is_header: Callable[[list[object]], bool]
) -> Iterator[Row]:
    """Skip a title printed above the header; without a header nothing is skipped."""
    first: list[Row] = []
    for row in rows:
        first.append(row)
        if is_header(row[1]):
            first = [row]
            break
        if len(first) == HEADER_WITHIN:
            break
    yield from first
    yield from rows


def encoding_of(path: Path) -> str:
    """UTF-8 where all of it is, else GB18030; Unreadable where neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding, newline="") as text:
                while chunk := text.read(1 << 20):
                    if "\0" in chunk:
                        raise Unreadable("文件含有空字符，不是文本表格 (NUL bytes)")
            return encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable("文字编码既不是 UTF-8 也不是 GB18030，请另存 (wrong encoding)")


def csv_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding=encoding_of(path), newline="") as text:
        first = text.readline()
        text.seek(0)
        delimiter = max(",\t;", key=first.count)
        try:
            for number, cells in enumerate(csv.reader(text, delimiter=delimiter), 1):
                yield number, list(cells)
        except csv.Error as error:
            raise Unreadable(f"CSV 无法读取：{error}") from error


def xlsx_rows(path: Path) -> Iterator[Row]:
    refuse_bomb(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True)
        sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable("工作簿没有可见的工作表 (no visible sheet)")
        merged = Merged(path, sheet._worksheet_path.lstrip("/"))
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), 1):
            refuse_formula(cells)
            values: list[object] = [c.value for c in cells]
            yield number, merged.fill(number, values)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part provokes
        raise Unreadable(f"XLSX 文件已损坏：{type(error).__name__}") from error


def refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("XLSX 文件已损坏 (not a zip)") from error
    inflated = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if inflated > MAX_INFLATED or inflated > MAX_RATIO * max(packed, 1):
        raise Unreadable("压缩比异常，拒绝打开 (looks like a decompression bomb)")


def refuse_formula(cells: tuple) -> None:
    for cell in cells:
        if getattr(cell, "data_type", "") == "f":
            raise Unreadable(
                f"单元格 {cell.coordinate} 是公式，请粘贴为数值 (paste values)"
            )


class Merged:
    """Cells merged downwards: the value of the first row holds for each row below it."""

    def __init__(self, path: Path, part: str) -> None:
        self.ranges = merged_downwards(path, part)
        self.values: dict[int, object] = {}

    def fill(self, number: int, values: list[object]) -> list[object]:
        for place, (column, top, bottom) in enumerate(self.ranges):
            if column >= len(values) or not top <= number <= bottom:
                continue
            if number == top:
                self.values[place] = values[column]
            elif values[column] is None:
                values[column] = self.values.get(place)
        return values


def merged_downwards(path: Path, part: str) -> list[tuple[int, int, int]]:
    """(column from 0, first row, last row) of the columns merged over several rows."""
    found = []
    with zipfile.ZipFile(path) as archive, archive.open(part) as xml:
        for _, element in ElementTree.iterparse(xml):
            if element.tag == f"{MAIN}mergeCell":
                left, top, _right, bottom = openpyxl.utils.range_boundaries(
                    element.get("ref")
                )
                if bottom > top:
                    found.append((left - 1, top, bottom))
            if element.tag == f"{MAIN}row":
                element.clear()
    return found
