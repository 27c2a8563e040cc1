"""Reports with their table, findings and files."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.drawn import drawn
from reporting.admin.files import Files
from reporting.admin.quoting import TitledForm
from reporting.admin.recounting import Recounting
from reporting.dependencies import Dependencies
from reporting.layout import document
from reporting.models import Report
from reporting.services.pictures import Drawn, pictures
from requests_app.admin import ReadOnly, Visible
from requests_app.models.language import heard


@admin.register(Report)
class ReportAdmin(Recounting, Files, TitledForm, ReadOnly, Visible, ModelAdmin):
    list_display = (
        "year",
        "agency",
        "scope",
        "form_told",
        "hard",
        "soft",
        "counted_at",
        "changed",
    )
    list_filter = ("year", "scope")
    search_fields = ("agency__name", "agency__code")
    list_select_related = ("agency",)
    fields = (
        "agency", "year", "form_told", "scope", "counted_at", "table", "drawings", "doubts",
    )  # fmt: skip
    readonly_fields = fields
    change_form_outer_before_template = "reporting/report.html"

    @admin.display(description=gettext_lazy("硬性疑点"))
    def hard(self, report: Report) -> int:
        return sum(f["level"] == "hard" for f in report.content["findings"])

    @admin.display(description=gettext_lazy("软性疑点"))
    def soft(self, report: Report) -> int:
        return sum(f["level"] == "soft" for f in report.content["findings"])

    @admin.display(description=gettext_lazy("统计表"))
    @inject_app
    def table(self, report: Report, deps: Injected[Dependencies]) -> str:
        form = deps.form(report.form)
        told = document(form, report.content, agency=report.agency.name)
        opened = "admin:reporting_edition_opened"
        return drawn(told, lambda at: reverse(opened, args=[report.pk, *at]))

    @admin.display(description=gettext_lazy("图"))
    @inject_app
    def drawings(self, report: Report, deps: Injected[Dependencies]) -> str:
        drawn = pictures(
            Drawn(report.agency_id, report.year, report.scope),
            deps.form(report.form), report.content, deps,
            lambda of, at: reverse(f"admin:reporting_edition_{of[0]}", args=[of[1], *at]),
        )  # fmt: skip
        figures = "".join(
            f"<figure><figcaption>{escape(d.title)}</figcaption>{d.svg}</figure>"
            for d in drawn
        )
        return mark_safe(f'<div class="report-picture" lang="zh">{figures}</div>')

    @admin.display(description=gettext_lazy("疑点"))
    def doubts(self, report: Report) -> str:
        found = report.content["findings"]
        if not found:
            return _("无")
        levels = {"hard": _("硬性"), "soft": _("软性")}
        told = ((levels[f["level"]], f["rule"], heard(f["message"])) for f in found)
        return format_html(
            "<ul>{}</ul>",
            format_html_join("", "<li>{} <code>{}</code> {}</li>", told),
        )
