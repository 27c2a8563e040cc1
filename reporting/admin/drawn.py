"""A laid-out report as a table in a page, each number leading to what is behind it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reporting.grid import Document, Role, plain
from requests_app.models.language import heard

Link = Callable[[tuple[str, str]], str]  # (line, column) → address


def drawn(document: Document, link: Link | None = None) -> SafeString:
    """Heads, spans and indentation as on paper; without `link` the numbers are plain."""
    grids = [
        {
            "caption": grid.caption,
            "notes": grid.notes,
            "head": [[box(cell, None) for cell in row] for row in grid.head],
            "body": [[box(cell, link) for cell in row] for row in grid.body],
        }
        for grid in document.grids
    ]
    return render_to_string(
        "reporting/document.html", {"document": document, "grids": grids}
    )


def box(cell, link: Link | None) -> dict[str, object]:
    is_number = cell.role is Role.NUMBER
    return {
        "cell": cell,
        "is_head": cell.role in (Role.COLUMN_HEAD, Role.CORNER),
        "is_number": is_number,
        "text": plain(cell.number) if is_number else cell.text,
        "indent": cell.depth * 1.25,
        "link": link(cell.at) if link and is_number and cell.at else "",
    }


def said(findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """With each message in the reader's language."""
    return [{**found, "said": heard(found["message"])} for found in findings]
