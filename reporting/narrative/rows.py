"""A table printed within the text: each number under its line and column."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.narrative.findings import Finding, shown
from reporting.narrative.lexicon import Cells
from reporting.narrative.passages import TableRow

NUMBER = re.compile(r"^-?\d[\d,]*(?:\.\d+)?$")


@dataclass(frozen=True)
class PrintedLine:
    code: str
    label: str
    columns: tuple[str, ...]


def check_rows(
    rows: Sequence[TableRow], lines: Sequence[PrintedLine], cells: Cells
) -> Iterator[Finding]:
    """In the printed order, since labels recur (其中, 其他)."""
    left = list(lines)
    for row in rows:
        labels = {folded(text) for text, _, _ in row.boxes}
        for place, line in enumerate(left):
            if folded(line.label) in labels:
                left = left[place + 1 :]
                yield from check_row(row, line, cells)
                break


def check_row(row: TableRow, line: PrintedLine, cells: Cells) -> Iterator[Finding]:
    numbers = [box for box in row.boxes if NUMBER.match(narrow(box[0]))]
    if len(numbers) != len(line.columns):
        return
    for (text, start, end), column in zip(numbers, line.columns, strict=True):
        printed, right = (
            Decimal(narrow(text).replace(",", "")),
            cells.get((line.code, column)),
        )
        if right is not None and printed != right:
            yield Finding(
                rule="cell", start=start, end=end, left=printed, right=right,
                message=f"“{line.label}”写作 {shown(printed)}，统计表为 {shown(right)}",
            )  # fmt: skip


def narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def folded(label: str) -> str:
    return re.sub(r"[\s“”\"'’‘.．、]", "", narrow(label))
