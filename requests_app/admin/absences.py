"""离岗代办: each person's own page, the list for who heads an office, a page to enter one and
a page for each, where it is withdrawn."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.views import ChangeList
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.act_forms import DayInput
from requests_app.admin.once import dependencies
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.admin.states import State
from requests_app.admin.wording import refused
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Absence, Staff
from requests_app.models.language import listed
from requests_app.models.staff import ROLES, SEE_STAFF
from requests_app.services import absences

PAGE = "admin:requests_app_absence_change"


class AbsenceForm(forms.Form):
    absent = forms.ModelChoiceField(Staff.objects.none(), label=gettext_lazy("离岗人"))
    substitute = forms.ModelChoiceField(
        Staff.objects.none(),
        label=gettext_lazy("代办人"),
        help_text=gettext_lazy("本机关的同事，期间不离岗。"),
    )
    from_on = forms.DateField(label=gettext_lazy("离岗起"), widget=DayInput())
    until_on = forms.DateField(
        label=gettext_lazy("离岗止"),
        widget=DayInput(),
        help_text=gettext_lazy("包括当日。"),
    )

    def __init__(self, *args, user: Staff, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        found = colleagues(user)
        self.fields["absent"].queryset = found
        self.fields["absent"].initial = user.pk
        self.fields["substitute"].queryset = found
        self.fields["from_on"].initial = today
        self.fields["until_on"].widget.attrs["min"] = today.isoformat()
        if not user.is_office_head():
            del self.fields["absent"]
            self.fields["substitute"].queryset = found.exclude(pk=user.pk)

    def clean(self):
        """Who heads no office enters an absence of their own."""
        return {"absent": self.user, **super().clean()}


def colleagues(user: Staff):
    """A superuser without an agency enters for any."""
    found = Staff.objects.filter(is_active=True, agency__isnull=False)
    if user.agency_id or not user.is_superuser:
        found = found.filter(agency=user.agency_id)
    return found.order_by("last_name", "first_name", "username")


def state(absence: Absence, today: date) -> SafeString:
    return format_html("{}", stands(absence, today))


def stands(absence: Absence, today: date) -> State:
    if absence.withdrawn_at:
        return State(key="void", sign="✕", words=_("已撤回"))
    if absence.until_on < today:
        return State(key="done", sign="■", words=_("已结束"))
    if absence.from_on > today:
        return State(key="waiting", sign="‖", words=_("尚未开始"))
    return State(key="soon", sign="◆", words=_("离岗中"))


def stated(found: Iterable[Absence], today: date) -> list[tuple[Absence, SafeString]]:
    return [(one, state(one, today)) for one in found]


@inject_app
def mine(request, site, deps: Injected[Dependencies]):
    """My own absences, and those in which I stand in."""
    user, today = request.user, deps.clock.today()
    own = Absence.objects.filter(absent=user).with_people()
    others = Absence.objects.filter(substitute=user).with_people()
    context = {
        **site.each_context(request),
        "title": _("我的离岗代办"),
        "own": stated(own, today),
        "others": stated(others, today),
        "sees_staff": user.is_superuser or user.has_role(*SEE_STAFF),
    }
    return TemplateResponse(request, "requests_app/absences.html", context)


@inject_app
def enter(request, site, deps: Injected[Dependencies]):
    user = request.user
    form = AbsenceForm(request.POST or None, user=user, today=deps.clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            made = absences.announce(**form.cleaned_data, by=user, deps=deps)
        except NotAllowed as error:
            form.add_error(None, refused(error))
        else:
            messages.success(request, _("已登记离岗：%(days)s。") % {"days": made.days})
            return redirect(PAGE, made.pk)
    context = {**site.each_context(request), "title": _("登记离岗"), "form": form}
    return TemplateResponse(request, "requests_app/absence_enter.html", context)


@inject_app
def page(request, pk: int, site, deps: Injected[Dependencies]):
    """What it brings with it; withdrawn by the person or the head of the office."""
    visible = Absence.objects.visible_to(request.user).with_people()
    found = get_object_or_404(visible.select_related("absent__agency"), pk=pk)
    may = absences.may_enter(request.user, found.absent)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        return withdrawn(request, found, deps)
    today = deps.clock.today()
    open_ = found.withdrawn_at is None and found.until_on >= today
    context = {
        **site.each_context(request),
        "title": str(found),
        "found": found,
        "state": state(found, today),
        "not_lent": listed(ROLES[r] for r in ROLES if r in absences.not_lent(found)),
        "left_open": absences.left_open(found).visible_to(request.user),
        "open": open_,
        "may_withdraw": may and open_,
    }
    return TemplateResponse(request, "requests_app/absence.html", context)


def withdrawn(request, found: Absence, deps: Dependencies):
    try:
        absences.withdraw(found, by=request.user, deps=deps)
        messages.success(request, _("已撤回，即日起不再代办。"))
    except NotAllowed as error:
        messages.error(request, refused(error))
    return redirect(PAGE, found.pk)


class StatedAbsences(ChangeList):
    def get_results(self, request) -> None:
        super().get_results(request)
        today = dependencies(request).clock.today()
        for one in self.result_list:
            one.state = state(one, today)


@admin.register(Absence)
class AbsenceAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = (
        "absent",
        "substitute",
        "from_on",
        "until_on",
        "state",
        "entered_by",
    )
    list_filter = ("from_on",)
    list_select_related = ("absent", "substitute", "entered_by")
    search_fields = (
        "absent__last_name",
        "absent__username",
        "substitute__last_name",
        "substitute__username",
    )
    change_list_template = "requests_app/absence_list.html"

    @admin.display(description=gettext_lazy("状态"))
    def state(self, absence: Absence) -> SafeString:
        return absence.state

    def get_changelist(self, request, **kwargs):
        return StatedAbsences

    def get_urls(self):
        name = "requests_app_absence"

        def at(route: str, view):
            inside = self.admin_site.admin_view(partial(view, site=self.admin_site))
            return path(f"{route}/", inside, name=f"{name}_{route}")

        return [at("mine", mine), at("enter", enter), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal():
            raise Http404
        return page(request, int(object_id), site=self.admin_site)
