"""放假安排: notices as loaded, a new one read from its text, and what it moves."""

import re
from datetime import date
from itertools import islice

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.searched import SearchedAgencies
from requests_app.admin.sight import ReadOnly
from requests_app.dependencies import Dependencies
from requests_app.domain.calendars import NamedDay, Notice
from requests_app.domain.explanation import HOLIDAYS
from requests_app.domain.notices import read_notice
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.wording import both
from requests_app.models import Agency, CalendarDay, CalendarNotice, LocalRestDay
from requests_app.models.language import heard, spoken
from requests_app.services import calendars, recalculation

ENTERED_HERE = both("管理后台录入", "entered in the admin")
SHOWN = 200  # moves shown on the page; the count is of all
LINE = re.compile(r"(\d{4}-\d\d-\d\d)\s+(休|班)\s+(\S+)")


def days_in(text: str, year: int) -> tuple[NamedDay, ...]:
    """The notice as printed, or a day a line: `2027-01-01 休 元旦`."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    matched = [LINE.fullmatch(line) for line in lines]
    if not all(matched):
        return read_notice(text, year)
    return tuple(
        NamedDay(on=date.fromisoformat(on), working=kind == "班", name=name)
        for on, kind, name in (m.groups() for m in matched if m)
    )


def as_lines(notice: CalendarNotice) -> str:
    return "\n".join(
        f"{day.on} {'班' if day.working else '休'} {day.name}"
        for day in notice.days.all()
    )


class NoticeForm(forms.ModelForm):
    text = forms.CharField(
        label=gettext_lazy("通知正文或逐日清单"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "粘贴国务院办公厅通知的正文（一、元旦：……），或逐行填写：2027-01-01 休 元旦；"
            "2027-02-06 班 春节。修改已载入的年度时请给出全年：新载入的整体取代先前的，"
            "先前的保留备查。"
        ),
    )

    class Meta:
        model = CalendarNotice
        fields = ("year", "number", "published_on")

    def clean(self):
        told = super().clean()
        if "year" in told and "text" in told:
            try:
                days = days_in(told["text"], told["year"])
                self.notice = Notice(
                    year=told["year"],
                    number=told.get("number") or None,
                    published_on=told.get("published_on"),
                    days=days,
                )
                calendars.forbid_impossible(self.notice)
            except (NotAllowed, ValueError) as error:
                self.add_error("text", heard(str(error)))
        return told


class DayInline(ReadOnly, TabularInline):
    model = CalendarDay
    extra = 0
    fields = readonly_fields = ("on", "working", "holiday")

    @admin.display(description=gettext_lazy("节日"))
    def holiday(self, day: CalendarDay) -> str:
        return spoken(day.name, HOLIDAYS.get(day.name, day.name))


@admin.register(CalendarNotice)
class CalendarNoticeAdmin(ReadOnly, ModelAdmin):
    """Added to, never changed: what was known on which day stays known."""

    list_display = ("year", "number", "published_on", "loaded_at", "loaded_by")
    list_filter = ("year",)
    ordering = ("-year", "-pk")
    fields = ("year", "number", "published_on", "source_told", "loaded_at", "loaded_by")
    readonly_fields = ("source_told",)

    @admin.display(description=gettext_lazy("来源"))
    def source_told(self, notice: CalendarNotice) -> str:
        return heard(notice.source)

    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("requests_app.add_calendarnotice")

    def get_inlines(self, request, obj):
        return (DayInline,) if obj else ()

    def get_fields(self, request, obj=None):
        return self.fields if obj else ("year", "number", "published_on", "text")

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs |= {"form": NoticeForm, "fields": NoticeForm.Meta.fields}
        return super().get_form(request, obj, change=change, **kwargs)

    def get_changeform_initial_data(self, request):
        """The year that is missing; or, for an amendment, the year as last ordered."""
        year = request.GET.get("year", "")
        last = (
            CalendarNotice.objects.filter(year=year).last() if year.isdigit() else None
        )
        if last:
            return {"year": last.year, "text": as_lines(last)}
        return {"year": self.missing()}

    @inject_app
    def missing(self, deps: Injected[Dependencies]) -> int:
        return calendars.alarm(deps=deps) or deps.clock.today().year + 1

    def save_model(self, request, obj, form, change) -> None:
        self.load(request, obj, form.notice)

    @inject_app
    def load(self, request, obj, notice: Notice, deps: Injected[Dependencies]) -> None:
        """A notice loaded before is not loaded again; its row is shown."""
        loaded = calendars.load(
            [notice], at=deps.clock.now(), by=request.user, source=ENTERED_HERE
        )
        same = CalendarNotice.objects.filter(year=notice.year).last()
        obj.pk = (loaded[0] if loaded else same).pk

    def response_add(self, request, obj, post_url_continue=None):
        messages.info(request, _("已载入。请核对下列将移动的期限并批准。"))
        return redirect("admin:requests_app_recalculation")

    def get_urls(self):
        page = self.admin_site.admin_view(self.recalculation)
        name = "requests_app_recalculation"
        return [path("recalculation/", page, name=name), *super().get_urls()]

    @inject_app
    def recalculation(self, request, deps: Injected[Dependencies]):
        """Old → new of every open request that a notice moves, and the one approval."""
        may = request.user.is_office_head()
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            return self.approve(request, deps)
        moves = recalculation.preview(deps=deps, user=request.user)
        shown = list(islice(moves, SHOWN))
        context = {
            **self.admin_site.each_context(request),
            "title": _("期限重算"),
            "moves": shown,
            "total": len(shown) + sum(1 for _move in moves),
            "version": deps.calendar.version,
            "may_approve": may,
        }
        return TemplateResponse(request, "requests_app/recalculation.html", context)

    def approve(self, request, deps: Dependencies):
        try:
            moved = recalculation.approve(
                by=request.user, deps=deps, version=request.POST.get("version")
            )
        except NotAllowed as error:
            messages.error(request, heard(error.message))
        else:
            messages.success(request, _("已记录 %(n)s 件期限变动。") % {"n": moved})
        return redirect(reverse("admin:requests_app_recalculation"))


@admin.register(LocalRestDay)
class LocalRestDayAdmin(SearchedAgencies, ModelAdmin):
    list_display = ("on", "name", "agency", "warns")
    list_filter = ("warns",)
    list_select_related = ("agency",)

    def get_queryset(self, request):
        agencies = Agency.objects.visible_to(request.user)
        return super().get_queryset(request).filter(agency__in=agencies)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "agency":
            kwargs["queryset"] = Agency.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
