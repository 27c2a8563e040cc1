"""Behind a number: the very requests and appeals that it counts, and who entered what."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.http import urlencode
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.pages import Pages, known, label
from reporting.dependencies import Dependencies
from reporting.models import Edition, Report
from reporting.services import editions, opened
from reporting.tables import Form

PAGE = 50


class Behind(Pages):
    @inject_app
    def cell(
        self, request, pk: int, line: str, column: str, deps: Injected[Dependencies]
    ):
        edition = self.found(request, Edition, pk)
        form = editions.form_of(edition, deps)
        found = opened.of_edition(edition, form, known(form, line, column))
        back = self.to("change", pk)
        return self.behind(request, edition, form, (line, column), found, back)

    @inject_app
    def draft_cell(
        self, request, pk: int, line: str, column: str, deps: Injected[Dependencies]
    ):
        report = self.found(request, Report, pk)
        form = deps.form(report.form)
        found = opened.of_draft(report, form, known(form, line, column))
        back = self.to("draft", pk)
        return self.behind(request, report, form, (line, column), found, back)

    def behind(self, request, whose, form, cell, found: opened.Opened, back: str):
        context = opened_page(request, whose, form, cell, found, back)
        return self.page(request, "opened", context.pop("said"), **context)


def opened_page(
    request,
    whose,
    form: Form,
    cell: tuple[str, str],
    found: opened.Opened,
    back: str,
) -> dict[str, Any]:
    """The words of the template; `said` is the page's title, `back` the address of the
    table."""
    kept = {k: v for k, v in request.GET.items() if k != "page"}
    rows = [] if found.rows is None else found.rows.select_related("agency")
    pages = Paginator(rows if found.rows is None else rows.order_by("pk"), PAGE)
    return {
        "said": f"{whose} · {label(form, *cell)}",
        "called": label(form, *cell),
        "back": back,
        "back_name": whose,
        "source": found.source,
        "rows_told": pages.count or found.source in ("requests", "appeals"),
        "page": pages.get_page(request.GET.get("page")),
        "total": pages.count,
        "kept": f"{urlencode(kept)}&" if kept else "",
        "figures": found.figures,
        "changes": found.changes,
    }
