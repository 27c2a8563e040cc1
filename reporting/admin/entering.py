"""填报: a form as it is printed, with a box in each cell that the agency fills in."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.behind import opened_page
from reporting.admin.entry import Entry
from reporting.admin.filled import Typed
from reporting.admin.opening import WhichForm
from reporting.admin.pages import known
from reporting.admin.when import AT
from reporting.dependencies import Dependencies, NoSuchForm
from reporting.models import Edition, Report
from reporting.period import QUARTERS, Span, period, quarter
from reporting.period import year as whole
from reporting.services import entering, opened
from reporting.services.collection import year_in_work
from reporting.services.entry_sheets import entry_sheet
from reporting.services.opening import Unacceptable
from reporting.tables import Form
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency

OWN = Report.Scope.OWN


class EntryWhich(WhichForm):
    """Which agency, year and form."""

    year = forms.IntegerField(
        label=gettext_lazy("年度"), widget=UnfoldAdminIntegerFieldWidget
    )

    quarter = forms.TypedChoiceField(
        label=gettext_lazy("季度"), coerce=int, empty_value=0, required=False,
        choices=[("", gettext_lazy("全年")), *((n, f"Q{n}") for n in QUARTERS)],
        widget=UnfoldAdminSelectWidget,
    )  # fmt: skip
    field_order = ("agency", "year", "quarter", "form")

    def __init__(self, *args, agencies, formats, today: date, own) -> None:
        super().__init__(*args, agencies=agencies, formats=formats, today=today)
        year = year_in_work(today)
        in_force = [form.key for form in formats if year in form.years]
        self.initial = {"agency": own, "year": year, "form": in_force[:1]}

    def takes(self, form: Form, year: int) -> bool:
        n = self.cleaned_data.get("quarter")
        return entering.may_take(form, quarter(year, n) if n else whole(year))

    def when(self) -> Span:
        year, n = self.cleaned_data["year"], self.cleaned_data["quarter"]
        return quarter(year, n) if n else year


class Entering:
    """For FigureAdmin: 填报, its history, and what a cell is made of."""

    def get_urls(self):
        def page(route: str, view, name: str):
            whole = f"enter/{route}"
            return path(
                whole, self.admin_site.admin_view(view), name=f"reporting_figure_{name}"
            )

        at = f"{AT}/"
        return [
            page("", self.choose, "choose"),
            page(at, self.enter, "enter"),
            page(f"{at}<str:line>/<str:column>/", self.behind, "behind"),
            *super().get_urls(),
        ]

    @inject_app
    def choose(self, request, deps: Injected[Dependencies]):
        which = EntryWhich(
            request.GET or None, agencies=Agency.objects.visible_to(request.user),
            formats=deps.formats, today=deps.clock.today(), own=request.user.agency_id,
        )  # fmt: skip
        if which.is_bound and which.is_valid():
            told = which.chosen()
            return redirect(
                "admin:reporting_figure_enter",
                told["agency"].pk, which.when(), told["form"].key,
            )  # fmt: skip
        return self.entry_page(request, "entry_choice", _("按表式填报"), which=which)

    @inject_app
    def enter(
        self, request, agency: int, year: Span, form: str, deps: Injected[Dependencies]
    ):
        place, told = self.place(request, agency, year, form, deps)
        sheet = entry_sheet(place, year, told, whole="whole" in request.GET, deps=deps)
        entry = Entry(sheet, may=entering.may_enter(request.user, place))
        if request.method == "POST":
            try:
                typed = Typed.of(request.POST, sheet)
            except NotAllowed as error:
                messages.error(request, error.message)
                return HttpResponseRedirect(request.get_full_path())
            if self.saved(request, entry, typed, deps):
                return HttpResponseRedirect(request.get_full_path())
        whose = {"agency": place, "year": year, "form": told.key, "scope": OWN}
        reported = sheet.period.is_whole_year
        return self.entry_page(
            request, "entry",
            _("填报：%(agency)s %(year)s") % {"agency": place.name, "year": sheet.period.name},
            entry=entry, sheet=sheet,
            may_be_whole=entry.may and not sheet.whole
            and entering.may_be_whole(place, year, told, deps),
            edition=Edition.objects.filter(**whose)
            .exclude(state=Edition.State.SUPERSEDED).order_by("number").last()
            if reported else None,
            draft=Report.objects.filter(**whose).first() if reported else None,
        )  # fmt: skip

    def saved(self, request, entry: Entry, typed: Typed, deps: Dependencies) -> bool:
        values = entry.taken(typed.boxes)
        if entry.faults:
            messages.error(request, _("没有保存：请更正下面标出的数。"))
            return False
        sheet = entry.sheet
        try:
            changed = entering.enter(
                agency=sheet.agency, year=sheet.when, form_key=sheet.form.key,
                values=values, seen=entry.seen, by=request.user, deps=deps,
                source=typed.source, left_out=typed.left_out,
            )  # fmt: skip
        except NotAllowed as error:
            messages.error(request, error.message)
        except Unacceptable as error:
            entry.faults |= error.faults
            messages.error(request, _("没有保存：请更正下面标出的数。"))
        except entering.Overtaken as error:
            entry.overtaken(error.changes)
            messages.warning(
                request,
                _(
                    "没有保存：填写期间已有人修改下列各格，您填的数都还在，请核对后再保存。"
                ),
            )
        else:
            messages.success(request, _("已保存 %(n)s 格。") % {"n": changed})
            return True
        return False

    @inject_app
    def behind(
        self, request, agency: int, year: Span, form: str, line: str, column: str,
        deps: Injected[Dependencies],
    ):  # fmt: skip
        """What the books of the agency alone say about a cell."""
        place, told = self.place(request, agency, year, form, deps)
        of = period(year)
        books = Report(agency=place, year=of.year, form=told.key, scope=OWN)
        cell = known(told, line, column)
        found = opened.of_books(place.pk, OWN, of, told, cell)
        back = reverse("admin:reporting_figure_enter", args=[agency, year, form])
        context = opened_page(request, books, told, (line, column), found, back)
        return self.entry_page(request, "opened", context.pop("said"), **context)

    def place(
        self, request, agency: int, when: Span, key: str, deps: Dependencies
    ) -> tuple[Agency, Form]:
        """Within sight, of a form that takes that year or quarter; or 404."""
        place = get_object_or_404(Agency.objects.visible_to(request.user), pk=agency)
        try:
            form = deps.form(key)
        except NoSuchForm as error:
            raise Http404 from error
        if not entering.may_take(form, period(when)):
            raise Http404
        return place, form

    def entry_page(self, request, template: str, title: str, **context):
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **context,
        }
        return TemplateResponse(request, f"reporting/{template}.html", whole)
