import io
from datetime import datetime

import xlsxwriter

from reporting.grid import Cell, Document, Grid, Role, positions
from reporting.renderers.heights import heights

TITLE_FONT, BODY_FONT, FALLBACK = "方正小标宋简体", "仿宋_GB2312", "宋体"
GB2312 = 134  # the character set by which Excel looks for another font: 宋体
A4 = 9
UPRIGHT, LANDSCAPE = 88, 132  # characters across: a little more than the page, so that
# fitting to its width always fills it
NARROWEST = 8.6  # characters of the narrowest column: four Chinese ones, 结果维持
CROWDED = 4  # more columns than these are made broad enough for that
FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a file's bytes must not depend on the day)


class XlsxRenderer:
    """A sheet for each table, since a sheet repeats one head only. Text is written as
    text and numbers as numbers: nothing becomes a formula."""

    ending = ".xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def render(self, document: Document) -> bytes:
        out = io.BytesIO()
        usual = {"font_name": FALLBACK, "font_size": 11}
        options = {"in_memory": True, "default_format_properties": usual}
        book = xlsxwriter.Workbook(out, options)
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
    last = grid is document.grids[-1]
    above = [
        (document.banner, styles.banner, 20),
        (document.title, styles.title, 40),
        (document.subtitle, styles.subtitle, 24),
        (document.agency, styles.line, 20),
        (grid.caption, styles.caption, 28),
    ]
    below = [
        (note, styles.line, 20)
        for note in (*grid.notes, *(document.notes if last else ()))
    ]
    top = across(sheet, 0, grid, [said for said in above if said[0]])
    rows = (*grid.head, *grid.body)
    for row, column, cell in positions(rows):
        write(sheet, top + row, column, cell, styles.of(cell))
    end = across(sheet, top + len(rows), grid, below) - 1
    page(sheet, document, grid, top, end)


def across(sheet, row: int, grid: Grid, told: list[tuple]) -> int:
    """Each text over the table's whole width; the next free row."""
    for row_, (text, style, height) in enumerate(told, row):
        sheet.merge_range(row_, 0, row_, len(grid.widths) - 1, "", style)
        sheet.write_string(row_, 0, text, style)
        sheet.set_row(row_, height)
    return row + len(told)


def page(sheet, document: Document, grid: Grid, top: int, end: int) -> None:
    """Printed, the banner stands in the header of each page and not in its row."""
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.7, right=0.7, top=0.9, bottom=0.8)
    sheet.center_horizontally()
    if document.landscape:
        sheet.set_landscape()
    first = 1 if document.banner else 0
    sheet.print_area(first, 0, end, len(grid.widths) - 1)
    if grid.head:
        sheet.repeat_rows(top, top + len(grid.head) - 1)
    sheet.freeze_panes(top + len(grid.head), 0)
    if document.banner:
        banner = document.banner.replace("&", "&&")
        sheet.set_header(f"&R&KB00020{banner}", {"scale_with_doc": False})
    sheet.set_footer("&C第 &P 页 / 共 &N 页", {"scale_with_doc": False})
    paper = LANDSCAPE if document.landscape else UPRIGHT
    crowded = len(grid.widths) > CROWDED
    width = max(paper, NARROWEST / min(grid.widths)) if crowded else paper
    widths = [share * width for share in grid.widths]
    for column, characters in enumerate(widths):
        sheet.set_column(column, column, characters)
    for row, height in enumerate(heights((*grid.head, *grid.body), widths), top):
        sheet.set_row(row, height)


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
    """Excel's formats, each made once for a workbook."""

    def __init__(self, book) -> None:
        self.book = book
        self.known: dict[tuple[Role, int], object] = {}
        self.title = self.said(22, "center", font=TITLE_FONT)
        self.subtitle = self.said(14, "center")
        self.caption = self.said(14, "left", bold=True)
        self.line = self.said(12, "left")
        self.banner = self.said(12, "right", bold=True, font_color="#B00020")

    def said(self, size: int, align: str, font: str = BODY_FONT, **also):
        how = {"align": align, "valign": "vcenter", **also}
        return self.book.add_format(letters(font, size) | how)

    def of(self, cell: Cell):
        key = cell.role, cell.depth
        if key not in self.known:
            self.known[key] = self.book.add_format(boxed(cell))
        return self.known[key]


def letters(font: str, size: int) -> dict:
    return {"font_name": font, "font_size": size, "font_charset": GB2312}


def boxed(cell: Cell) -> dict:
    left = cell.role in (Role.LABEL, Role.CHAPTER, Role.CORNER)
    return {
        **letters(BODY_FONT, 11 if cell.role is Role.CORNER else 12),
        "border": 1,
        "valign": "vcenter",
        "text_wrap": True,
        "bold": cell.role in (Role.CHAPTER, Role.COLUMN_HEAD),
        "align": "left" if left else "center",
        "indent": cell.depth if left else 0,
    }
