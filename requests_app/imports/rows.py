"""Rows as they leave a file, before any column is known."""

from dataclasses import dataclass

Row = tuple[int, list[object]]  # number as a spreadsheet shows it, cells from column A
MAX_CELLS = 256  # in one row


def blank(cells: list[object]) -> bool:
    return all(c is None or (isinstance(c, str) and not c.strip()) for c in cells)


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that holds no value: a formula, or the error that one left."""

    text: str
    message: str

    def __str__(self) -> str:
        return self.text
