"""What a form prints is Chinese whatever its reader's language, and marked as such."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.tables import Form


def quoted(printed: str) -> str:
    return format_html('<span lang="zh">{}</span>', printed)


@inject_app
def form_of(key: str, deps: Injected[Dependencies]) -> Form | None:
    """None for a form no longer known."""
    try:
        return deps.form(key)
    except NoSuchForm:
        return None


class TitledForm:
    """For rows with a `form`: its printed title instead of its key."""

    @admin.display(description=_("表式"), ordering="form")
    def form_told(self, row) -> str:
        form = form_of(row.form)
        return quoted(f"{form.title} {form.years.start}" if form else row.form)


class Labelled(TitledForm):
    """For rows with a `form`, a `line` and a `column`: their printed labels, or the bare
    code of a form no longer known."""

    @admin.display(description=_("指标"), ordering="line")
    def indicator(self, row) -> str:
        form = form_of(row.form)
        lines = (*form.lines, *form.memo) if form else ()
        labels = {line.code: line.label for line in lines}
        return quoted(f"{row.line} {labels.get(row.line, '')}")

    @admin.display(description=_("列"))
    def column_told(self, row) -> str:
        form = form_of(row.form)
        labels = {c.code: c.label for c in form.columns} if form else {}
        return quoted(labels.get(row.column, row.column))
