"""How high a spreadsheet's rows must be: Excel does not fit merged cells by itself, nor any
other before somebody opens and edits them."""

import math
import unicodedata

from reporting.grid import Cell, positions, printed

ROW, LINE = 20.25, 16.5  # points: a row of one line, and each further line
PADDING = 0.5  # characters that a cell's two edges take beyond Excel's own
INDENT = 3  # characters that a level of indentation takes


def heights(rows: tuple[tuple[Cell, ...], ...], widths: list[float]) -> list[float]:
    """Points for each row; `widths` in characters. What a cell over several rows needs
    beyond them is added to its last row."""
    found = [ROW] * len(rows)
    for row, column, cell in sorted(positions(rows), key=lambda placed: placed[2].rows):
        across = sum(widths[column : column + cell.columns])
        last = row + cell.rows
        missing = height(cell, across) - sum(found[row:last])
        found[last - 1] += max(missing, 0.0)
    return found


def height(cell: Cell, across: float) -> float:
    room = max(across - PADDING - INDENT * cell.depth, 2)
    lines = sum(
        max(math.ceil(broad(line) / room), 1) for line in printed(cell).split("\n")
    )
    return ROW + LINE * (lines - 1)


def broad(text: str) -> int:
    """Width in characters of a typewriter: a Chinese one takes two."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WFA") for c in text)
