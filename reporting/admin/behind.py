"""What is behind a number, for the page that shows it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404

from reporting.services import opened
from reporting.tables import Form

PAGE = 50


def opened_page(
    request, whose, form: Form, cell: tuple[str, str], found: opened.Opened
) -> dict[str, Any]:
    """The words of the template; `said` is the page's title."""
    kept = {k: v for k, v in request.GET.items() if k != "page"}
    rows = [] if found.rows is None else found.rows.select_related("agency")
    pages = Paginator(rows if found.rows is None else rows.order_by("pk"), PAGE)
    return {
        "said": f"{whose} · {label(form, *cell)}",
        "back": whose,
        "source": found.source,
        "rows_told": pages.count or found.source in ("requests", "appeals"),
        "page": pages.get_page(request.GET.get("page")),
        "total": pages.count,
        "kept": f"{urlencode(kept)}&" if kept else "",
        "figures": found.figures,
        "changes": found.changes,
    }


def known(form: Form, line: str, column: str) -> tuple[str, str]:
    if (line, column) not in dict(cells_in(form)):
        raise Http404
    return line, column


def label(form: Form, line: str, column: str) -> str:
    return dict(cells_in(form))[line, column]


def cells_in(form: Form) -> Iterator[tuple[tuple[str, str], str]]:
    """((line, column), how it is called) of every cell with a number."""
    for cell, (line, column) in form.cells.items():
        head = f" · {column.label}" if len(form.columns_of(line.code)) > 1 else ""
        yield cell, f"{line.code} {line.name}{head}"
