import csv
import io

from reporting.grid import Cell, Document, Grid, Role, positions, printed

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class CsvRenderer:
    """UTF-8 with BOM, every row as wide as the widest table; a text that a spreadsheet
    would run is disarmed. A cell that spans several boxes is written in the first."""

    ending = ".csv"
    content_type = "text/csv; charset=utf-8"

    def render(self, document: Document) -> bytes:
        width = max(len(grid.widths) for grid in document.grids)
        out = io.StringIO()
        writer = csv.writer(out)
        for row in rows(document):
            writer.writerow(row + [""] * (width - len(row)))
        return out.getvalue().encode("utf-8-sig")


def rows(document: Document) -> list[list[str]]:
    said = (document.banner, document.title, document.subtitle, document.agency)
    told = [[disarmed(text)] for text in said if text]
    for grid in document.grids:
        told += [[disarmed(grid.caption)]] if grid.caption else []
        told += table(grid)
        told += [[disarmed(note)] for note in grid.notes]
    return told + [[disarmed(note)] for note in document.notes]


def table(grid: Grid) -> list[list[str]]:
    whole = (*grid.head, *grid.body)
    boxes = [[""] * len(grid.widths) for _ in whole]
    for row, column, cell in positions(whole):
        boxes[row][column] = written(cell)
    return boxes


def written(cell: Cell) -> str:
    return printed(cell) if cell.role is Role.NUMBER else disarmed(cell.text)


def disarmed(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text
