"""A filled table laid out on paper: rows of cells with spans, ready for any renderer.

A renderer draws any `Grid` and knows no form; a form knows no renderer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Number = int | Decimal


class Role(StrEnum):
    """What a cell is on the printed page; a renderer chooses type and alignment by it."""

    COLUMN_HEAD = "column_head"  # 统计指标 / 单位 / 统计数: repeated on each page
    CHAPTER = "chapter"  # 一、主动公开情况: printed heavier
    LABEL = "label"  # an indicator, indented by its depth
    UNIT = "unit"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One box on the page. `number` None in a NUMBER cell is a blank (nobody entered it)."""

    role: Role
    text: str = ""
    number: Number | None = None
    depth: int = 0  # levels of indentation of a label
    columns: int = 1  # boxes covered to the right, itself included
    rows: int = 1  # boxes covered downwards, itself included


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as printed. `widths` are shares of the page's width and add up to 1."""

    title: str
    subtitle: str
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    agency: str = ""
    notes: tuple[str, ...] = ()
    banner: str = ""  # printed on every page when not empty: 演示数据, 草稿
    landscape: bool = False


def plain(number: Number | None) -> str:
    """A number as the annex prints it: no grouping, no needless zeros, a blank for None."""
    if number is None:
        return ""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def positions(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[tuple[int, int, Cell]]:
    """(row, column, cell) for every cell, both from 0, spans taken into account."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            yield r, c, cell
            taken |= {
                (r + down, c + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }
