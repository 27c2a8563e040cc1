"""季报: the table of a quarter, or of any days from–to, counted when it is asked for and kept
nowhere; for internal use (国办发〔2014〕32号 reporting went on by quarters)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.drawn import drawn, said
from reporting.dependencies import Dependencies, NoSuchForm, Unprintable
from reporting.layout import document
from reporting.models import Report
from reporting.period import QUARTERS, Period, quarter
from reporting.renderers.json_ import as_text
from reporting.services import opened, rendering, reports
from reporting.services.entering import may_take
from reporting.tables import Form
from requests_app.admin.searched import AgencySelect
from requests_app.domain.regimes import FIRST_DAY
from requests_app.models.agencies import Agency

EARLIER = 8  # quarters to choose from, the present one first


class PrintedSelect(forms.Select):
    """What a form prints is Chinese whatever its reader's language."""

    def create_option(self, name, value, *args, **kwargs):
        made = super().create_option(name, value, *args, **kwargs)
        if value:
            made["attrs"]["lang"] = "zh"
        return made


class PeriodForm(forms.Form):
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("机关"), widget=AgencySelect
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("范围"), choices=Report.Scope.choices, required=False
    )
    quarter = forms.ChoiceField(label=gettext_lazy("季度"), required=False)
    start = forms.DateField(label=gettext_lazy("自"), required=False)
    end = forms.DateField(label=gettext_lazy("至"), required=False)
    form = forms.ChoiceField(
        label=gettext_lazy("表式"), required=False, widget=PrintedSelect
    )

    def __init__(self, *args, user, today: date, forms_: tuple[Form, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.visible_to(user)
        self.fields["quarter"].choices = [
            ("", _("按下列日期")),
            *((f"{year}-{n}", f"{year} Q{n}") for year, n in quarters(today)),
        ]
        self.fields["form"].choices = [
            ("", _("当年施行的")),
            *((f.key, f"{f.title} {f.years.start}–{f.years.stop - 1}") for f in forms_),
        ]
        for name in ("start", "end"):
            self.fields[name].widget.input_type = "date"

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        start, end = told.get("start"), told.get("end")
        if told.get("quarter"):
            year, n = map(int, told["quarter"].split("-"))
            told["period"] = quarter(year, n)
        elif not (start and end):
            self.add_error("quarter", _("请选择季度，或填写起止日期"))
        elif not FIRST_DAY <= start <= end:
            self.add_error("end", _("止日不早于起日，起日不早于条例施行之日"))
        else:
            told["period"] = Period(start=start, end=end)
        return told


def quarters(today: date) -> Iterator[tuple[int, int]]:
    """(year, which), backwards."""
    year, n = today.year, (today.month - 1) // 3 + 1
    for _earlier in range(EARLIER):
        yield year, n
        year, n = (year, n - 1) if n > 1 else (year - 1, len(QUARTERS))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One agency's table of a period."""

    agency: Agency
    scope: str
    period: Period
    form: Form
    content: dict[str, Any]
    name: str

    @property
    def title(self) -> str:
        return f"{self.name} {self.period.title}"

    @property
    def entered_at(self) -> str:
        """Where the agency enters its figures of that quarter, or nowhere."""
        if self.period.quarter is None or not may_take(self.form, self.period):
            return ""
        place = [self.agency.pk, self.period, self.form.key]
        return reverse("admin:reporting_figure_enter", args=place)

    def on_paper(self):
        return document(
            self.form, self.content, agency=self.name, banner=self.agency.banner
        )


def counted(asked: dict[str, Any], deps: Dependencies) -> Counted:
    agency, scope = asked["agency"], asked["scope"] or Report.Scope.AREA
    form, content, name = reports.annual(
        year=asked["period"], code=agency.code, form_key=asked["form"] or None,
        scope=scope, deps=deps,
    )  # fmt: skip
    return Counted(
        agency=agency, scope=scope, period=asked["period"], form=form, content=content,
        name=name,
    )  # fmt: skip


class Periods:
    """For EditionAdmin: its page, and what is behind a number."""

    def get_urls(self):
        def at(route: str, view, name: str):
            wrapped = self.admin_site.admin_view(view)
            return path(route, wrapped, name=f"reporting_edition_period{name}")

        return [
            at("period/", self.period, ""),
            at("period/file/<slug:ending>/", self.period_file, "_file"),
            at("period/cell/<str:line>/<str:column>/", self.period_cell, "_cell"),
            *super().get_urls(),
        ]

    @inject_app
    def period(self, request, deps: Injected[Dependencies]):
        form = self.period_form(request, deps)
        told, table = None, ""
        if request.GET and form.is_valid():
            try:
                told = counted(form.cleaned_data, deps)
            except (NoSuchForm, reports.NoSuchAgency) as error:
                form.add_error("form", str(error))
        asked = urlencode(request.GET.lists(), doseq=True)
        if told:
            table = drawn(
                told.on_paper(),
                lambda at: (
                    f"{reverse('admin:reporting_edition_period_cell', args=at)}?{asked}"
                ),
            )
        return self.page(
            request,
            "period",
            _("季报与任意期间"),
            form=form,
            told=told,
            table=table,
            findings=said(told.content["findings"]) if told else [],
            endings=[e.removeprefix(".") for e in rendering.endings(deps)],
            asked=asked,
        )

    @inject_app
    def period_file(self, request, ending: str, deps: Injected[Dependencies]):
        told = self.counted_or_404(request, deps)
        ending = f".{ending}"
        if ending not in rendering.endings(deps):
            raise Http404
        paper = told.on_paper()
        try:
            content = (
                f"{as_text(told.content, paper.banner)}\n".encode()
                if ending == rendering.JSON
                else deps.renderers[ending].render(paper)
            )
        except Unprintable as error:
            return HttpResponse(str(error), status=422, content_type="text/plain")
        name = f"{told.name}{told.period.name}{ending}"
        answer = HttpResponse(
            content, content_type=rendering.content_type(ending, deps)
        )
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer

    @inject_app
    def period_cell(
        self, request, line: str, column: str, deps: Injected[Dependencies]
    ):
        told = self.counted_or_404(request, deps)
        if (line, column) not in told.form.cells:
            raise Http404
        found = opened.of_books(
            told.agency.pk, told.scope, told.period, told.form, (line, column)
        )
        back = f"{reverse('admin:reporting_edition_period')}?{request.GET.urlencode()}"
        return self.behind(request, told.title, told.form, (line, column), found, back)

    def period_form(self, request, deps: Dependencies) -> PeriodForm:
        return PeriodForm(
            request.GET or None,
            user=request.user,
            today=deps.clock.today(),
            forms_=deps.formats,
            initial={"agency": request.user.agency_id},
        )

    def counted_or_404(self, request, deps: Dependencies) -> Counted:
        form = self.period_form(request, deps)
        if not form.is_valid():
            raise Http404
        try:
            return counted(form.cleaned_data, deps)
        except (NoSuchForm, reports.NoSuchAgency) as error:
            raise Http404 from error
