"""What the pages of a report share: the row within sight, the frame, the names of cells."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from reporting.dependencies import Dependencies


class Pages:
    def found(self, request, model, pk) -> Any:
        """Within sight, or 404."""
        seen = model.objects.visible_to(request.user).select_related("agency")
        row = seen.filter(pk=pk).first() if str(pk).isdecimal() else None
        if row is None:
            raise Http404
        return row

    def to(self, name: str, *args) -> str:
        return reverse(f"admin:reporting_edition_{name}", args=args)

    def page(self, request, template: str, title: str, **context):
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **context,
        }
        return TemplateResponse(request, f"reporting/{template}.html", whole)


def known(form, line: str, column: str) -> tuple[str, str]:
    if (line, column) not in dict(cells_in(form)):
        raise Http404
    return line, column


def label(form, line: str, column: str) -> str:
    return dict(cells_in(form))[line, column]


def cells_in(form) -> Iterator[tuple[tuple[str, str], str]]:
    """((line, column), how it is called) of every cell with a number."""
    for cell, (line, column) in form.cells.items():
        head = f" · {column.label}" if len(form.columns_of(line.code)) > 1 else ""
        yield cell, f"{line.code} {line.name}{head}"


def cells_named(deps: Dependencies, key: str) -> list[tuple[str, str]]:
    return [("|".join(cell), name) for cell, name in cells_in(deps.form(key))]
