"""A laid-out report as a table in a page, each number leading to what is behind it."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from reporting.grid import Document
from reporting.renderers.html_table import Link, noted, nowhere, table
from requests_app.models.language import heard


def drawn(document: Document, link: Link = nowhere) -> SafeString:
    """Heads, spans and indentation as on paper; without `link` the numbers are plain."""
    tables = "".join(table(grid, link) for grid in document.grids)
    return mark_safe(
        f'<div class="report-paper" lang="zh">{tables}{noted(document.notes)}</div>'
    )


def said(findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """With each message in the reader's language."""
    return [{**found, "said": heard(found["message"])} for found in findings]
