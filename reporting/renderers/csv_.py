import csv
import io

from reporting.grid import Cell, Grid, Role, plain

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class CsvRenderer:
    """Head and body, UTF-8 with BOM; a text that a spreadsheet would run is disarmed."""

    ending = ".csv"
    content_type = "text/csv; charset=utf-8"

    def render(self, grid: Grid) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out)
        for row in (*grid.head, *grid.body):
            writer.writerow([written(cell) for cell in row])
        return out.getvalue().encode("utf-8-sig")


def written(cell: Cell) -> str:
    if cell.role is Role.NUMBER:
        return plain(cell.number)
    return f"'{cell.text}" if cell.text.startswith(DANGEROUS) else cell.text
