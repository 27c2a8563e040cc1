import json
from pathlib import Path

import typst

from reporting.grid import PICTURES, Cell, Document, Grid, Prose, is_heading, printed
from reporting.renderers.fonts import FOLDER, check

TEMPLATE = Path(__file__).parent / "table.typ"


class PdfRenderer:
    """PDF/A-2b by typst with our own fonts and a fixed date: equal documents, equal
    bytes."""

    ending = ".pdf"
    content_type = "application/pdf"

    def render(self, document: Document) -> bytes:
        check(document)
        told = json.dumps(as_data(document), ensure_ascii=False)
        return typst.compile(
            str(TEMPLATE),
            sys_inputs={"document": told},
            font_paths=[str(FOLDER)],
            ignore_system_fonts=True,
            pdf_standards=["a-2b"],
        )


def as_data(document: Document) -> dict:
    return {
        "title": document.title,
        "annexed_to": document.annexed_to,
        "subtitle": document.subtitle,
        "agency": document.agency,
        "banner": document.banner,
        "landscape": document.landscape,
        "notes": document.notes,
        "pictures": [{"title": d.title, "svg": d.svg} for d in document.pictures],
        "over_pictures": PICTURES,
        "parts": [
            chapter(part) if isinstance(part, Prose) else table(part)
            for part in document.in_order()
        ],
    }


def chapter(prose: Prose) -> dict:
    return {"heading": prose.heading, "paragraphs": prose.paragraphs}


def table(grid: Grid) -> dict:
    return {
        "caption": grid.caption,
        "notes": grid.notes,
        "widths": grid.widths,
        "grouped": grid.grouped,
        "head": [[box(cell) for cell in row] for row in grid.head],
        "body": [
            {"heading": is_heading(row), "cells": [box(cell) for cell in row]}
            for row in grid.body
        ],
    }


def box(cell: Cell) -> dict:
    return {
        "role": cell.role,
        "text": printed(cell),
        "depth": cell.depth,
        "columns": cell.columns,
        "rows": cell.rows,
    }
