"""A filled form laid out on paper: tables of cells with spans, ready for any renderer.

A renderer draws any `Document` and knows no form; a form knows no renderer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from html import unescape
from itertools import zip_longest

Number = int | Decimal
PICTURES = "附图"  # stands over the pictures


class Role(StrEnum):
    """What a cell is on the printed page; a renderer chooses type and alignment by it."""

    COLUMN_HEAD = "column_head"  # 统计指标 / 单位 / 统计数; in a body, a band across it
    CORNER = "corner"  # what stands where a head meets the labels: 勾稽关系
    CHAPTER = "chapter"  # 一、主动公开情况: printed heavier
    LABEL = "label"  # an indicator, indented by its depth
    UNIT = "unit"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One box on the page. `number` None in a NUMBER cell is a blank (nobody entered it).

    A cell is given once, in the row where it begins: rows that it covers leave it out.
    """

    role: Role
    text: str = ""
    number: Number | None = None
    depth: int = 0  # levels of indentation of a label
    columns: int = 1  # boxes covered to the right, itself included
    rows: int = 1  # boxes covered downwards, itself included
    at: tuple[str, str] | None = None  # line and column of the form, of a NUMBER cell


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One table. `head` is repeated on each page and may have several rows; `widths` are
    shares of the page's width and add up to 1. ValueError where the cells leave a gap."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    caption: str = ""  # printed above the table: 二、主动公开政府信息情况
    notes: tuple[str, ...] = ()  # printed under it

    def __post_init__(self) -> None:
        if round(sum(self.widths), 3) != 1:
            raise ValueError(f"{self.caption}: the widths add up to {sum(self.widths)}")
        for part in (self.head, self.body):
            tiled(part, len(self.widths))

    @property
    def grouped(self) -> bool:
        """Labels stand beside several rows: torn over two pages, the lower half has none."""
        return any(cell.rows > 1 for row in self.body for cell in row)

    def cells(self) -> Iterator[Cell]:
        for row in (*self.head, *self.body):
            yield from row


@dataclass(frozen=True, kw_only=True)
class Prose:
    """A chapter of text, printed before the grid of that number, or after the last."""

    heading: str
    text: str  # a paragraph a line
    before: int

    @property
    def paragraphs(self) -> list[str]:
        return self.text.splitlines()


TAGS = re.compile(r"<[^>]*>")
TOLD = re.compile(r"<title>([^<]*)</title>")


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A picture, as SVG."""

    title: str
    svg: str

    @property
    def said(self) -> str:
        """The words and numbers in it."""
        return unescape(TAGS.sub(" ", self.svg))

    @property
    def spoken(self) -> str:
        """For who cannot see it: the title, and every mark with its number."""
        marks = "；".join(unescape(told) for told in TOLD.findall(self.svg)[1:])
        return f"{self.title}：{marks}" if marks else self.title


@dataclass(frozen=True, kw_only=True)
class Document:
    """A report as printed: one or several tables under one title, with the text around
    them. Where the tables are the annex of a report, `annexed_to` is the report's title and
    the text stands before them; a spreadsheet takes the tables alone."""

    title: str
    subtitle: str
    grids: tuple[Grid, ...]
    agency: str = ""
    prose: tuple[Prose, ...] = ()
    annexed_to: str = ""
    pictures: tuple[
        Drawing, ...
    ] = ()  # at the end of page, PDF and Word; others leave them out
    notes: tuple[str, ...] = ()  # printed at the very end
    banner: str = ""  # printed on every page when not empty: 演示数据, 草稿
    landscape: bool = False

    def in_order(self) -> Iterator[Prose | Grid]:
        """Text and tables as they follow one another."""
        for place in range(len(self.grids) + 1):
            yield from (prose for prose in self.prose if prose.before == place)
            yield from self.grids[place : place + 1]

    def written(self) -> Iterator[str]:
        for prose in self.prose:
            yield from (prose.heading, prose.text)

    def depicted(self) -> Iterator[str]:
        if self.pictures:
            yield PICTURES
        for drawing in self.pictures:
            yield from (drawing.title, drawing.said)

    def texts(self) -> Iterator[str]:
        """Everything that is printed, numbers too."""
        yield from (self.title, self.subtitle, self.agency, self.banner, *self.notes)
        yield from filter(None, (self.annexed_to, *self.written(), *self.depicted()))
        for grid in self.grids:
            yield from (grid.caption, *grid.notes)
            yield from (printed(cell) for cell in grid.cells())


def plain(number: Number | None) -> str:
    """A number as the annex prints it: no grouping, no needless zeros, a blank for None."""
    if number is None:
        return ""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def printed(cell: Cell) -> str:
    return plain(cell.number) if cell.role is Role.NUMBER else cell.text


def is_heading(row: tuple[Cell, ...]) -> bool:
    """A row that counts nothing, and so has no unit: it must not end a page."""
    units = [cell.text for cell in row if cell.role is Role.UNIT]
    return bool(units) and not any(units)


def tiled(rows: tuple[tuple[Cell, ...], ...], width: int) -> None:
    """Every box of rows × width is covered exactly once, or ValueError."""
    boxes = sorted(box for r, c, cell in positions(rows) for box in covered(r, c, cell))
    wanted = [(r, c) for r in range(len(rows)) for c in range(width)]
    if boxes != wanted:
        wrong = next(pair for pair in zip_longest(boxes, wanted) if len({*pair}) > 1)
        raise ValueError(f"the cells do not tile the table at row, column {wrong}")


def covered(row: int, column: int, cell: Cell) -> Iterator[tuple[int, int]]:
    for down in range(cell.rows):
        for right in range(cell.columns):
            yield row + down, column + right


def positions(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[tuple[int, int, Cell]]:
    """(row, column, cell) for every cell, both from 0, spans taken into account."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            yield r, c, cell
            taken |= set(covered(r, c, cell))
