"""比较: two years or two agencies side by side, each number opening into its list."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.drawn import drawn
from reporting.admin.pages import Pages
from reporting.dependencies import Dependencies
from reporting.models import Report
from reporting.services.comparison import Side, compared, side
from requests_app.admin.searched import AgencySelect
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency

ENDINGS = ("xlsx", "csv")
ASKED = ("agency", "year", "other_agency", "other_year", "scope")


class WhichForm(forms.Form):
    """Which agencies; what was asked with the address is judged by `side`."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        to_field_name="code",
        label=gettext_lazy("机关"),
        widget=AgencySelect,
    )
    other_agency = forms.ModelChoiceField(
        Agency.objects.none(),
        to_field_name="code",
        required=False,
        label=gettext_lazy("比较的机关（同一机关可不填）"),
        widget=AgencySelect,
    )

    def __init__(self, asked: dict[str, str], user) -> None:
        super().__init__(initial=asked)
        for field in self.fields.values():
            field.queryset = Agency.objects.visible_to(user)


class Comparing(Pages):
    @inject_app
    def compare(self, request, deps: Injected[Dependencies]):
        asked = {name: request.GET.get(name, "").strip() for name in ASKED}
        asked["scope"] = asked["scope"] or Report.Scope.AREA
        table, refusal = None, ""
        if asked["agency"] and asked["year"]:
            try:
                one, other = self.sides(request, asked, deps)
                table = drawn(compared(one, other), opening(one, other))
            except NotAllowed as error:
                refusal = error.message
        return self.page(
            request,
            "compare",
            _("比较"),
            asked=asked,
            table=table,
            refusal=refusal,
            scopes=Report.Scope.choices,
            which=WhichForm(asked, request.user),
            files=[(e, f"{self.to('compare_file', e)}?{urlencode(asked)}") for e in ENDINGS],
        )  # fmt: skip

    @inject_app
    def compare_file(self, request, ending: str, deps: Injected[Dependencies]):
        if ending not in ENDINGS:
            raise Http404
        asked = {name: request.GET.get(name, "") for name in ASKED}
        try:
            printed = compared(*self.sides(request, asked, deps))
        except NotAllowed as error:
            raise Http404 from error
        renderer = deps.renderers[f".{ending}"]
        return HttpResponse(
            renderer.render(printed),
            content_type=renderer.content_type,
            headers={
                "Content-Disposition": f'attachment; filename="comparison.{ending}"'
            },
        )

    def sides(self, request, asked, deps: Dependencies) -> tuple[Side, Side]:
        """The other's agency and year are the one's where they are left empty."""
        return tuple(
            side(code=code, year=year, scope=asked["scope"], user=request.user, deps=deps)
            for code, year in (
                (asked["agency"], asked["year"]),
                (asked["other_agency"] or asked["agency"], asked["other_year"] or asked["year"]),
            )
        )  # fmt: skip


def opening(one: Side, other: Side):
    """Where a number of either side leads: `one|3.1`, `other|3.1`."""
    sides = {"one": one, "other": other}

    def link(at: tuple[str, str]) -> str:
        which, _bar, line = at[0].partition("|")
        found = sides[which]
        name, pk = (
            ("cell", found.signed.pk) if found.signed else ("opened", found.report.pk)
        )
        return reverse(f"admin:reporting_edition_{name}", args=[pk, line, at[1]])

    return link
