"""Entered figures, their history, and the page on which an office that goes live in
mid-year enters what it had before (上线前数据)."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.entering import Entering
from reporting.admin.entry_upload import Uploading
from reporting.admin.opening import NumbersForm, WhichForm
from reporting.admin.quoting import Labelled
from reporting.dependencies import Dependencies
from reporting.grid import plain
from reporting.models import Figure, FigureChange
from reporting.services import opening
from requests_app.admin import ReadOnly, Visible
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency


@admin.register(Figure)
class FigureAdmin(Uploading, Entering, Labelled, ReadOnly, Visible, ModelAdmin):
    list_display = ("agency", "year", "indicator", "shown", "origin", "entered_at")
    list_filter = ("year", "origin")
    search_fields = ("agency__name", "agency__code")
    list_select_related = ("agency",)
    fields = (
        "agency", "year", "form_told", "indicator", "column_told", "shown", "origin",
        "entered_by", "entered_at",
    )  # fmt: skip
    readonly_fields = fields
    change_list_template = "reporting/figures.html"

    @admin.display(description=gettext_lazy("数值"), ordering="value")
    def shown(self, figure: Figure) -> str:
        return plain(figure.value)

    def get_urls(self):
        page = self.admin_site.admin_view(self.opening)
        return [
            path("opening/", page, name="reporting_figure_opening"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        may = {"may_enter": opening.may_enter(request.user)}
        return super().changelist_view(request, (extra_context or {}) | may)

    @inject_app
    def opening(self, request, deps: Injected[Dependencies]):
        """Which agency, year and form; then their numbers, with who changed what."""
        if not opening.may_enter(request.user):
            raise PermissionDenied
        agencies = Agency.objects.visible_to(request.user)
        which = WhichForm(
            request.GET or None, agencies=agencies, formats=deps.formats,
            today=deps.clock.today(),
        )  # fmt: skip
        numbers = None
        if which.is_bound and which.is_valid():
            numbers = NumbersForm(request.POST or None, **which.chosen())
            if request.method == "POST" and self.entered(request, numbers, deps):
                return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": _("上线前数据"),
            "opts": self.opts,
            "which": which,
            "numbers": numbers,
            "changes": numbers.changes() if numbers else (),
        }
        return TemplateResponse(request, "reporting/opening.html", context)

    def entered(self, request, numbers: NumbersForm, deps: Dependencies) -> bool:
        if not numbers.is_valid():
            return False
        try:
            changed = opening.enter(**numbers.told(), by=request.user, deps=deps)
        except NotAllowed as error:
            numbers.add_error(None, error.message)
        except opening.Unacceptable as error:
            numbers.refuse(error.faults)
        else:
            told = _("已记录 %(n)s 项改动。重新统计后计入年度统计。") % {"n": changed}
            messages.success(request, told)
        return not numbers.errors


@admin.register(FigureChange)
class FigureChangeAdmin(Labelled, ReadOnly, Visible, ModelAdmin):
    list_display = (
        "changed_at", "agency", "year", "indicator", "was_told", "now_told", "origin",
        "reason", "changed_by",
    )  # fmt: skip
    list_filter = ("year", "origin")
    search_fields = ("agency__name", "agency__code", "reason")
    list_select_related = ("agency", "changed_by")
    fields = (
        "agency", "year", "form_told", "indicator", "column_told", "was_told", "now_told",
        "origin", "reason", "changed_by", "changed_at",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=gettext_lazy("原数值"))
    def was_told(self, change: FigureChange) -> str:
        return change.before or "—"

    @admin.display(description=gettext_lazy("新数值"))
    def now_told(self, change: FigureChange) -> str:
        return change.after or "—"
