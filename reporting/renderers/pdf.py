import json
from pathlib import Path

import typst

from reporting.grid import Cell, Grid, Role, plain
from reporting.renderers.fonts import FOLDER, check

TEMPLATE = Path(__file__).parent / "table.typ"


class PdfRenderer:
    """PDF/A-2b by typst with our own fonts and a fixed date: equal grids, equal bytes."""

    ending = ".pdf"
    content_type = "application/pdf"

    def render(self, grid: Grid) -> bytes:
        check(grid)
        return typst.compile(
            str(TEMPLATE),
            sys_inputs={"grid": json.dumps(as_data(grid), ensure_ascii=False)},
            font_paths=[str(FOLDER)],
            ignore_system_fonts=True,
            pdf_standards=["a-2b"],
        )


def as_data(grid: Grid) -> dict:
    return {
        "title": grid.title,
        "subtitle": grid.subtitle,
        "agency": grid.agency,
        "banner": grid.banner,
        "landscape": grid.landscape,
        "notes": grid.notes,
        "widths": grid.widths,
        "head": [[box(cell) for cell in row] for row in grid.head],
        "body": [[box(cell) for cell in row] for row in grid.body],
    }


def box(cell: Cell) -> dict:
    number = cell.role is Role.NUMBER
    return {
        "role": cell.role,
        "text": plain(cell.number) if number else cell.text,
        "depth": cell.depth,
        "columns": cell.columns,
        "rows": cell.rows,
    }
