import io
from datetime import datetime

import xlsxwriter

from reporting.grid import Cell, Document, Grid, Role, positions

TITLE_FONT, BODY_FONT, FALLBACK = "方正小标宋简体", "仿宋_GB2312", "宋体"
PAGE_COLUMNS = 88  # characters across an A4 page at the body's size
FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a file's bytes must not depend on the day)


class XlsxRenderer:
    """A sheet for each table, since a sheet repeats one head only. Text is written as
    text and numbers as numbers: nothing becomes a formula."""

    ending = ".xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def render(self, document: Document) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        book.set_properties(
            {"title": document.title, "author": document.agency, "created": FIXED}
        )
        styles = Styles(book)
        for n, grid in enumerate(document.grids, 1):
            name = "统计表" if len(document.grids) == 1 else f"表{n}"
            draw(book.add_worksheet(name), document, grid, styles)
        book.close()
        return out.getvalue()


def draw(sheet, document: Document, grid: Grid, styles: "Styles") -> None:
    above = [
        (document.title, styles.title),
        (document.subtitle, styles.subtitle),
        (" ".join(filter(None, (document.agency, document.banner))), styles.line),
    ]
    above += [(grid.caption, styles.caption)] if grid.caption else []
    last = grid is document.grids[-1]
    notes = (*grid.notes, *(document.notes if last else ()))
    for row, (text, style) in enumerate(above):
        across(sheet, row, grid, text, style)
    top, rows = len(above), (*grid.head, *grid.body)
    for row, column, cell in positions(rows):
        write(sheet, top + row, column, cell, styles.of(cell))
    for n, note in enumerate(notes):
        across(sheet, top + len(rows) + n, grid, note, styles.line)
    page(sheet, document, grid, top)


def across(sheet, row: int, grid: Grid, text: str, style) -> None:
    """A text over the table's whole width."""
    sheet.merge_range(row, 0, row, len(grid.widths) - 1, "", style)
    sheet.write_string(row, 0, text, style)


def page(sheet, document: Document, grid: Grid, top: int) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top, top + len(grid.head) - 1)
    sheet.freeze_panes(top + len(grid.head), 0)
    sheet.set_header(f"&R{document.banner.replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页 / 共 &N 页")
    sheet.set_row(0, 36)
    if document.landscape:
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
        body = {"font_name": BODY_FONT}
        self.title = book.add_format(
            {"font_name": TITLE_FONT, "font_size": 20} | centre
        )
        self.subtitle = book.add_format(body | {"font_size": 14} | centre)
        self.caption = book.add_format(body | {"font_size": 14, "bold": True})
        self.line = book.add_format(body | {"font_size": 11})

    def of(self, cell: Cell):
        key = cell.role, cell.depth
        if key not in self.known:
            self.known[key] = self.book.add_format(style(cell))
        return self.known[key]


def style(cell: Cell) -> dict:
    left = cell.role in (Role.LABEL, Role.CHAPTER, Role.CORNER)
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
