"""Rows as they leave a file, before any column is known."""

Row = tuple[int, list[object]]  # number as a spreadsheet shows it, cells from column A
MAX_CELLS = 256  # in one row


def blank(cells: list[object]) -> bool:
    return all(c is None or (isinstance(c, str) and not c.strip()) for c in cells)
