"""行政复议与诉讼: a case entered, followed, answered, and its bundle (应诉包)."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ValidationError,
)
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin import exports, persons, volume
from requests_app.admin.appeal_doubts import CoDefendantFilter, Doubts, OrderFilter
from requests_app.admin.appeal_seen import SeenForm
from requests_app.admin.filters import CountedFilter
from requests_app.admin.searched import SearchedAgencies, SearchedKeys
from requests_app.admin.sight import Visible
from requests_app.admin.wording import lacking
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain.vocabulary import AppealResult, Procedure
from requests_app.imports import exported
from requests_app.models import AccessRecord, Agency, Appeal, DisclosureRequest
from requests_app.models.language import spoken
from requests_app.services import access, appeals
from requests_app.services.bundle import bundle


class AppealForm(SeenForm):
    """The request is named by its number or reference, as it stands on the paper."""

    number = forms.CharField(
        label=gettext_lazy("所涉申请的登记编号"),
        required=False,
        help_text=gettext_lazy("如〔2018〕12号，或系统编号；没有登记的申请可不填"),
        widget=UnfoldAdminTextInputWidget,
    )
    seen_by: object = None  # Staff, set for the page by `get_form`

    class Meta:
        model = Appeal
        fields = (
            "agency", "number", "procedure", "case_number", "body", "filed_on",
            "first_instance_case_number", "notified_on", "simple_procedure",
            "answered_on", "decided_on", "result", "orders_disclosure", "ordered_until",
            "performed_on", "new_outcome", "co_defendant", "main_case",
        )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "agency" in self.fields:
            self.fields["agency"].queryset = Agency.objects.visible_to(self.seen_by)
        if "main_case" in self.fields:
            seen = Q(agency__in=Agency.objects.visible_to(self.seen_by))
            suits = Appeal.objects.filter(
                seen | Q(pk=self.instance.main_case_id),
                procedure=Procedure.LITIGATION_AFTER_RECONSIDERATION,
            )
            self.fields["main_case"].queryset = suits.exclude(pk=self.instance.pk)
        if self.instance.pk is None:  # a new case is pending, and most are one's own
            self.initial.setdefault("result", AppealResult.PENDING)
            self.initial.setdefault("agency", getattr(self.seen_by, "agency_id", None))
        if self.instance.disclosure_request and "number" in self.fields:
            self.initial["number"] = self.instance.disclosure_request.number

    def clean(self):
        told = super().clean()
        named = told.get("number", "").strip()
        self.instance.disclosure_request = self.found(named) if named else None
        self.compare()
        return self.cleaned_data

    def found(self, named: str) -> DisclosureRequest | None:
        agency = self.cleaned_data.get("agency")
        of_agency = DisclosureRequest.objects.filter(agency=agency)
        request = (
            of_agency.filter(number=named).first()
            or of_agency.filter(reference=named).first()
        )
        if request is None:
            self.add_error("number", _("这一机关没有登记编号为 %s 的申请") % named)
        return request

    def _post_clean(self) -> None:
        """What cannot be is told at its field, instead of by the name of a constraint."""
        super()._post_clean()
        if set(self.errors) <= {NON_FIELD_ERRORS}:
            self.add_faults()

    @inject_app
    def add_faults(self, deps: Injected[Dependencies]) -> None:
        today = deps.clock.today()
        faults = list(appeals.faults(self.instance, self.seen_by, today))
        if faults:
            self.errors.pop(NON_FIELD_ERRORS, None)
        for name, fault in faults:
            shown = "number" if name == "disclosure_request" else name
            self.add_error(shown, ValidationError(fault))


class OwedFilter(admin.SimpleListFilter):
    title = gettext_lazy("应诉待办")
    parameter_name = "owed"

    def lookups(self, request, model_admin):
        return [("1", gettext_lazy("有待办期限"))]

    def queryset(self, request, queryset):
        return queryset.with_duties() if self.value() else queryset


@admin.register(Appeal)
class AppealAdmin(Doubts, SearchedKeys, SearchedAgencies, Visible, ModelAdmin):
    form = AppealForm
    list_display = (
        "case_number", "agency", "procedure", "filed_on", "decided_on", "result", "owed",
    )  # fmt: skip
    list_filter = (
        OwedFilter,
        CoDefendantFilter,
        OrderFilter,
        "procedure",
        "result",
        "co_defendant",
        CountedFilter,
    )
    search_fields = ("case_number", "disclosure_request__number")
    list_select_related = ("agency",)
    autocomplete_fields = ("main_case",)
    readonly_fields = ("owed", "doubts", "proposal", "order", "papers")
    change_list_template = "requests_app/appeals.html"
    change_form_before_template = "requests_app/seen.html"

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_module_permission(self, request) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request) -> bool:
        return appeals.may_keep(request.user)

    def has_change_permission(self, request, obj=None) -> bool:
        return appeals.may_keep(request.user)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change=change, **kwargs)
        return type(made.__name__, (made,), {"seen_by": request.user})

    def get_fields(self, request, obj=None):
        """What the form was drawn from is hidden beside them, not a row of its own."""
        return [name for name in super().get_fields(request, obj) if name != "seen"]

    def get_urls(self):
        def at(route: str, view, ending: str):
            name = f"requests_app_appeal_{ending}"
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            at("<int:pk>/bundle.zip", self.packed, "bundle"),
            at("export.xlsx", self.export, "export"),
            *super().get_urls(),
        ]

    def export(self, request):
        """What the list shows, as the file that brings appeals in."""
        listed = self.get_changelist_instance(request).get_queryset(request)
        found = listed.select_related("agency", "disclosure_request")
        lines = exported.lines(found)
        draw = partial(exports.sheet, _("行政复议与诉讼"), lines, "appeals.xlsx")
        return exports.or_back(request, "admin:requests_app_appeal_changelist", draw)

    @inject_app
    def save_model(
        self, request, obj, form, change, deps: Injected[Dependencies]
    ) -> None:
        appeals.keep(obj, by=request.user, deps=deps)

    @inject_app
    def packed(self, request, pk: int, deps: Injected[Dependencies]):
        appeal = Appeal.objects.visible_to(request.user).filter(pk=pk).first()
        if appeal is None or not appeals.may_keep(request.user):
            raise Http404
        found = appeal.disclosure_request
        if found is None:
            raise Http404(_("请先关联所涉申请"))
        back = redirect("admin:requests_app_appeal_change", appeal.pk)
        if not access.may_see_persons(request.user):
            messages.error(request, _("应诉包含申请人个人信息，该岗位不能下载。"))
            return back
        try:
            content = bundle(appeal, told=volume.on_paper(found, deps), deps=deps)
        except Unprintable as error:
            messages.error(request, lacking(error))
            return back
        access.seen(
            found,
            fields=[*persons.known(found), "papers"],
            way=AccessRecord.Way.PAPER,
            reason=AccessRecord.Reason.APPEAL,
            words=f"应诉包 {appeal.case_number}".strip(),
            by=request.user,
            deps=deps,
        )
        name = f"{found.reference}-{appeal.pk}.zip"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, "application/zip", headers=disposition)

    @admin.display(description=gettext_lazy("待办期限"))
    @inject_app
    def owed(self, appeal: Appeal, deps: Injected[Dependencies]) -> str:
        told = [
            f"{spoken(duty.zh, duty.en)} {on}"
            for duty, on in appeal.duties(deps.calendar)
        ]
        return "；".join(told) or "—"

    @admin.display(description=gettext_lazy("应诉包"))
    def papers(self, appeal: Appeal) -> str:
        if not (appeal.pk and appeal.disclosure_request_id):
            return _("关联所涉申请后可生成")
        return format_html(
            '<a class="underline" href="{}">{}</a>',
            reverse("admin:requests_app_appeal_bundle", args=[appeal.pk]),
            _("下载：证据目录及所列各件、答复书草稿（含个人信息，下载即留查阅记录）"),
        )
