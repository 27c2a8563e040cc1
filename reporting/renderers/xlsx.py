import io
from datetime import datetime

import xlsxwriter

from reporting.grid import Cell, Grid, Role, positions

TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
PAGE_COLUMNS = 88  # characters across an A4 page at the body's size
TOP = 3  # title, subtitle, agency
FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a file's bytes must not depend on the day)


class XlsxRenderer:
    """Text is written as text and numbers as numbers: nothing becomes a formula."""

    ending = ".xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def render(self, grid: Grid) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        book.set_properties({"title": grid.title, "created": FIXED})
        sheet = book.add_worksheet("统计表")
        styles = Styles(book)
        page(sheet, grid)
        last = len(grid.widths) - 1
        sheet.merge_range(0, 0, 0, last, "", styles.title)
        sheet.write_string(0, 0, grid.title, styles.title)
        sheet.merge_range(1, 0, 1, last, "", styles.subtitle)
        sheet.write_string(1, 0, grid.subtitle, styles.subtitle)
        sheet.merge_range(2, 0, 2, last, "", styles.line)
        sheet.write_string(2, 0, " ".join(filter(None, (grid.agency, grid.banner))))
        for row, column, cell in positions((*grid.head, *grid.body)):
            write(sheet, TOP + row, column, cell, styles.of(cell))
        for n, note in enumerate(grid.notes):
            row = TOP + len(grid.head) + len(grid.body) + n
            sheet.write_string(row, 0, note, styles.line)
        book.close()
        return out.getvalue()


def page(sheet, grid: Grid) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TOP, TOP + len(grid.head) - 1)
    sheet.freeze_panes(TOP + len(grid.head), 0)
    sheet.set_header(f"&R{grid.banner.replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页 / 共 &N 页")
    sheet.set_row(0, 36)
    if grid.landscape:
        sheet.set_landscape()
    for column, share in enumerate(grid.widths):
        sheet.set_column(column, column, share * PAGE_COLUMNS)


def write(sheet, row: int, column: int, cell: Cell, style) -> None:
    if cell.rows > 1 or cell.columns > 1:
        bottom, right = row + cell.rows - 1, column + cell.columns - 1
        sheet.merge_range(row, column, bottom, right, "", style)
    if cell.role is Role.NUMBER and cell.number is not None:
        sheet.write_number(row, column, cell.number, style)
    elif cell.text:
        sheet.write_string(row, column, cell.text, style)
    else:
        sheet.write_blank(row, column, None, style)


class Styles:
    def __init__(self, book) -> None:
        self.book = book
        self.known: dict[tuple[Role, int], object] = {}
        centre = {"align": "center", "valign": "vcenter"}
        self.title = book.add_format(
            {"font_name": TITLE_FONT, "font_size": 20} | centre
        )
        self.subtitle = book.add_format(
            {"font_name": BODY_FONT, "font_size": 14} | centre
        )
        self.line = book.add_format({"font_name": BODY_FONT, "font_size": 11})

    def of(self, cell: Cell):
        key = cell.role, cell.depth
        if key not in self.known:
            self.known[key] = self.book.add_format(style(cell))
        return self.known[key]


def style(cell: Cell) -> dict:
    left = cell.role in (Role.LABEL, Role.CHAPTER)
    return {
        "font_name": BODY_FONT,
        "font_size": 12,
        "border": 1,
        "valign": "vcenter",
        "text_wrap": True,
        "bold": cell.role in (Role.CHAPTER, Role.COLUMN_HEAD),
        "align": "left" if left else "center",
        "indent": cell.depth * 2 if left else 0,
    }
