"""A filled table read back by its labels: which box on the sheets is which cell of a form.

Offices send tables with title rows, merged boxes, labels that differ in brackets, spaces and
numbering, full-width digits and thousands separators; all of that is read where the meaning
is certain, and what is not is named with its address.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from reporting.rules import Cell, Number
from reporting.tables import Column, Form, Line, Table

HEAD_ROWS = 6  # in which a table's column heads stand above its first line
BLANK = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空"})
#: thousands set apart by a space; a mark above or below the line
GROUPED = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
MARKED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2089]")
UNITS = re.compile(r"(?:件次?|条|次|篇|个|人次?|万元)$")
NUMBERED = re.compile(
    r"^(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+[.、]|其中:?)"
)


@dataclass(frozen=True)
class Sheet:
    """Boxes as text; a merged box's text stands in each box that it covers."""

    title: str
    rows: tuple[tuple[str, ...], ...]

    def at(self, row: int, column: int) -> str:
        boxes = self.rows[row]
        return boxes[column] if column < len(boxes) else ""

    def address(self, row: int, column: int) -> str:
        where = f"{letters(column)}{row + 1}"
        return f"{self.title}!{where}" if self.title else where


@dataclass(frozen=True)
class Unread:
    """A box that holds no number where one belongs."""

    cell: Cell
    address: str
    text: str


@dataclass
class Reading:
    cells: dict[Cell, Number | None] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    addresses: dict[Cell, str] = field(default_factory=dict)
    blank: set[Cell] = field(default_factory=set)

    def lines(self) -> set[str]:
        return {line for line, _ in self.cells} | {u.cell[0] for u in self.unread}


def read(form: Form, sheets: Sequence[Sheet]) -> Reading:
    """Every cell whose line and column were found; a blank is 0 where the log counts, and
    nobody's entry where it does not."""
    told = Reading()
    for cell, sheet, row, column in boxes(form, sheets):
        _, of = form.cells[cell]
        text = sheet.at(row, column)
        told.addresses[cell] = sheet.address(row, column)
        try:
            number = number_in(text, signed=of.signed)
        except ValueError:
            told.unread.append(Unread(cell, told.addresses[cell], text))
            continue
        if number is None:
            told.blank.add(cell)
            number = None if form.source(cell) == "entered" else 0
        told.cells[cell] = number
    return told


Box = tuple[Cell, Sheet, int, int]


def boxes(form: Form, sheets: Sequence[Sheet]) -> Iterator[Box]:
    every = [column for table in form.tables for column in table.columns]
    for section in form.sections:
        for table in section.tables:
            for sheet in sheets:
                found: dict[Cell, tuple[int, int]] = {}
                if section.drawn == "abreast":
                    found = side_by_side(table, sheet)
                found = found or under_one_another(table, sheet, every)
                for cell, (row, column) in found.items():
                    yield cell, sheet, row, column
                if found:
                    break


def under_one_another(
    table: Table, sheet: Sheet, every: Sequence[Column]
) -> dict[Cell, tuple[int, int]]:
    """Lines by their labels, columns by the heads above them."""
    found: dict[Cell, tuple[int, int]] = {}
    places: dict[str, int] = {}
    before = -1
    for row, at, line in lines_in(table, sheet, every):
        places = heads_above(table.columns, sheet, row, at, before) or places
        before = row
        here = places or last_boxes(table.columns, sheet, row, at)
        found |= {(line.code, column): (row, place) for column, place in here.items()}
    return found


def lines_in(
    table: Table, sheet: Sheet, every: Sequence[Column]
) -> Iterator[tuple[int, int, Line]]:
    """(row, column of the label, line), each line once. A row of heads, of whichever table
    of the form, holds no line: 总计 is both."""
    waiting = [(n, li) for n, li in enumerate(table.lines) if li.source != "heading"]
    passed = -1
    for row, texts in enumerate(sheet.rows):
        if is_head(every, texts):
            continue
        for at in reversed(range(len(texts))):
            found = named(texts[at], waiting, passed)
            if found:
                waiting.remove(found)
                passed, line = found
                yield row, at, line
                break


def is_head(every: Sequence[Column], texts: Sequence[str]) -> bool:
    heads = (column_of(every, text) for text in texts)
    return len({head.code for head in heads if head}) > 1


def named(
    text: str, waiting: Sequence[tuple[int, Line]], passed: int
) -> tuple[int, Line] | None:
    """The line of that label, literally before loosely; where a label recurs, the next
    one in printed order."""
    written = keys(text)
    if re.fullmatch(r"[\d,%-]*", written[0]):
        return None
    in_order = sorted(waiting, key=lambda found: found[0] <= passed)
    for how in (0, 1):
        for n, line in in_order:
            if written[how] and keys(line.label)[how] == written[how]:
                return n, line
    return None


def heads_above(
    columns: Sequence[Column], sheet: Sheet, row: int, at: int, before: int
) -> dict[str, int]:
    """Column → its box, by the nearest head above the row and below the line `before`."""
    found: dict[str, int] = {}
    for above in range(row - 1, max(row - 1 - HEAD_ROWS, before), -1):
        for place in range(at + 1, len(sheet.rows[above])):
            column = column_of(columns, sheet.at(above, place))
            if column and column.code not in found and place not in found.values():
                found[column.code] = place
    return found


def last_boxes(
    columns: Sequence[Column], sheet: Sheet, row: int, at: int
) -> dict[str, int]:
    """Without heads: the last boxes of the row, one for each column."""
    filled = [p for p, text in enumerate(sheet.rows[row]) if text and p > at]
    last = filled[-1] if filled else at + len(columns)
    first = max(last - len(columns) + 1, at + 1)
    return {column.code: first + n for n, column in enumerate(columns)}


def side_by_side(table: Table, sheet: Sheet) -> dict[Cell, tuple[int, int]]:
    """The lines over their own columns, numbers in the row below the heads. A head merged
    over two rows may have kept its text in the upper one."""
    heads = [[column_of(table.columns, text) for text in row] for row in sheet.rows]
    told = [sum(head is not None for head in row) for row in heads]
    enough = 2 * len(table.columns)
    found: dict[Cell, tuple[int, int]] = {}
    for row, here in enumerate(heads[:-1]):
        if found or told[row] < enough or told[row + 1] >= enough:
            continue
        for place in range(max(len(here), len(heads[row - 1]))):
            at = row if sheet.at(row, place) or not row else row - 1
            head = heads[at][place] if place < len(heads[at]) else None
            line = head and line_over(table.lines, sheet, at, place)
            if head and line:
                found.setdefault((line.code, head.code), (row + 1, place))
    return found


def line_over(lines: Sequence[Line], sheet: Sheet, row: int, place: int) -> Line | None:
    """By the nearest label above that box; one that spans boxes may stand in the first."""
    for above in range(row - 1, max(row - 1 - HEAD_ROWS, -1), -1):
        texts = sheet.rows[above][: place + 1]
        text = next((t for t in reversed(texts) if t), "")
        for line in lines:
            if same(text, line.label) or same(text, line.name):
                return line
    return None


def column_of(columns: Sequence[Column], text: str) -> Column | None:
    return next((c for c in columns if text and same(text, c.label)), None)


def same(text: str, label: str) -> bool:
    return any(a == b != "" for a, b in zip(keys(text), keys(label), strict=True))


@cache
def keys(label: str) -> tuple[str, str]:
    """A label literally, and without its number and what stands in brackets."""
    narrow = unicodedata.normalize("NFKC", label).strip("'\ufeff")
    narrow = re.sub(r"[\s“”\"《》]", "", narrow)
    bare = re.sub(r"\([^()]*\)", "", NUMBERED.sub("", narrow))
    return without_stops(narrow), without_stops(bare)


def without_stops(text: str) -> str:
    return re.sub(r"[、,。;:·.()]", "", text)


def number_in(text: str, *, signed: bool) -> Number | None:
    """None for a blank; ValueError where no number can be read with certainty."""
    narrow = unicodedata.normalize("NFKC", text).replace("−", "-")
    narrow = GROUPED.sub(lambda found: found[0].replace(" ", ""), narrow)
    if MARKED.search(text) or re.search(r"\d\s+\d", narrow):
        raise ValueError(text)  # a note's mark, or two numbers in one box
    narrow = re.sub(r"\s", "", narrow)
    if narrow in BLANK:
        return None
    narrow = UNITS.sub("", narrow)
    if not narrow:
        return None
    if signed:
        narrow = re.sub(r"^[增+]加?", "", re.sub(r"^减少?", "-", narrow))
    if not re.fullmatch(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", narrow):
        raise ValueError(text)
    value = Decimal(narrow.replace(",", ""))
    return int(value) if value == int(value) else value


def letters(column: int) -> str:
    """0 → A, 26 → AA."""
    more, last = divmod(column, 26)
    return (letters(more - 1) if more else "") + chr(ord("A") + last)
