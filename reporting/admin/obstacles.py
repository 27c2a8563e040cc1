"""报告障碍清单: the standing list of an agency, each item leading to where it is mended."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.entry import id_of
from reporting.admin.pages import Pages, cells_in
from reporting.admin.quoting import quoted
from reporting.dependencies import Dependencies, NoSuchForm
from reporting.models import Report
from reporting.services.collection import year_in_work
from reporting.services.editions import Which
from reporting.services.obstacles import KINDS, REFUSES, Obstacle, obstacles
from reporting.tables import Form
from requests_app.models.agencies import Agency

TITLES = {
    "hard": (gettext_lazy("须先更正的问题"), gettext_lazy("不更正不能报送。")),
    "untold": (gettext_lazy("正文中还没有数的地方"), gettext_lazy("不补上不能报送。")),
    "late": (
        gettext_lazy("计入延期办结数的逾期件"),
        gettext_lazy("签发之前须有人署名说明。"),
    ),
    "requests": (
        gettext_lazy("要素不全的申请"),
        gettext_lazy("补全，或署名说明之后方可报送。"),
    ),
    "opening": (
        gettext_lazy("未填上年报告结转数的机关"),
        gettext_lazy("所列机关填齐，或署名说明之后方可报送。"),
    ),
    "soft": (gettext_lazy("须说明的疑点"), gettext_lazy("署名说明之后方可报送。")),
    "chapter": (
        gettext_lazy("尚未撰写的章"),
        gettext_lazy("不妨碍报送；签发后印“无”。"),
    ),
    "orders": (
        gettext_lazy("结果纠正、未注明是否责令履行的案件"),
        gettext_lazy("不妨碍报送；注明之后才知道是否有履行期限。"),
    ),
    "blank": (gettext_lazy("尚未填报的格"), gettext_lazy("留空也可报送，报告上即为空白。")),
    "below": (
        gettext_lazy("下级尚未报送"),
        gettext_lazy("不妨碍报送；其数按系统现有记录计入。"),
    ),
}  # fmt: skip


class Obstacles(Pages):
    def get_urls(self):
        view = self.admin_site.admin_view(self.obstacles)
        named = "reporting_edition_obstacles"
        return [
            path("obstacles/", view, name=f"{named}_now"),
            path("obstacles/<int:agency>/<int:year>/", view, name=named),
            *super().get_urls(),
        ]

    @inject_app
    def obstacles(
        self, request, deps: Injected[Dependencies],
        agency: int | None = None, year: int | None = None,
    ):  # fmt: skip
        """By default of the reader's own agency and the year that is in work."""
        year = year or year_in_work(deps.clock.today())
        seen = Agency.objects.visible_to(request.user)
        if agency is None:
            own = seen.filter(pk=request.user.agency_id).first() or seen.first()
            if own is None:
                return redirect("admin:reporting_edition_board", year)
            agency = own.pk
        place = get_object_or_404(seen, pk=agency)
        try:
            form = deps.form_of(year)
        except NoSuchForm as error:
            raise Http404 from error
        which = Which(place, year, form.key, scope_asked(request, place))
        found = obstacles(which, user=request.user, deps=deps)
        draft = which.filter(Report).first()
        return self.page(
            request, "obstacles",
            _("报告障碍清单：%(agency)s %(year)s 年") % {"agency": place.name, "year": year},
            which=which, draft=draft, groups=list(grouped(found, which, form, draft)),
            refusing=sum(one.kind in REFUSES for one in found),
            years=(year - 1, year + 1), agencies=seen.order_by("path")[:LISTED],
            has_below=place.children.exists(),
        )  # fmt: skip


LISTED = 500


def scope_asked(request, agency: Agency) -> str:
    """Of an agency with others below it the area, unless it alone is asked for."""
    asked = request.GET.get("scope")
    if asked in Report.Scope.values:
        return asked
    return Report.Scope.AREA if agency.children.exists() else Report.Scope.OWN


def grouped(found: list[Obstacle], which: Which, form: Form, draft: Report | None):
    called = dict(cells_in(form))
    for kind in KINDS:
        items = [
            shown(one, which, form, draft, called) for one in found if one.kind == kind
        ]
        if items:
            title, consequence = TITLES[kind]
            yield {"kind": kind, "title": title, "then": consequence, "items": items}


def shown(
    one: Obstacle, which: Which, form: Form, draft: Report | None, called
) -> dict[str, Any]:
    explains = one.kind in ("late", "requests", "opening", "soft", "untold")
    return {
        "rule": one.rule,
        "said": quoted(one.said) if one.kind == "chapter" else one.said,
        "write": draft is not None and one.kind == "chapter",
        "cell": called.get(one.cell, "") if one.cell else "",
        "link": cell_link(one.cell, which, form, draft) if one.cell in called else "",
        "enter": one.cell in called and form.source(one.cell) == "entered",
        "requests": one.requests,
        "appeals": one.appeals,
        "agencies": [(name, opening_link(pk, which)) for pk, name in one.agencies],
        "row": one.row,
        "chapter": one.chapter if draft is not None else "",
        "explain": explains and draft is not None,
    }


def opening_link(agency: int, which: Which) -> str:
    asked = {"agency": agency, "year": which.year, "form": which.form}
    return f"{reverse('admin:reporting_figure_opening')}?{urlencode(asked)}"


def cell_link(cell, which: Which, form: Form, draft: Report | None) -> str:
    """An entered cell is mended on the form; a counted one in what it counts."""
    place = [which.agency.pk, which.year, form.key]
    if form.source(cell) == "entered":
        return f"{reverse('admin:reporting_figure_enter', args=place)}#{id_of(cell)}"
    if draft is not None:
        return reverse("admin:reporting_edition_opened", args=[draft.pk, *cell])
    return reverse("admin:reporting_figure_behind", args=[*place, *cell])
