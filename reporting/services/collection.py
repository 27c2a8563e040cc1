"""Collecting the tree: what was accepted from below stands in the sum as it was accepted,
everything else as the books say; nothing is added twice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q

from reporting.dependencies import Dependencies
from reporting.facts import one_watermark
from reporting.models import Edition, Report
from reporting.rules import Number
from reporting.services.basis import stands
from reporting.services.counting import Cells, Tally, asked_for, count
from reporting.services.tree import tree_on
from reporting.tables import Form
from requests_app.domain.vocabulary import AgencyKind, AgencyLevel
from requests_app.models.agencies import Agency

OWN, AREA = Report.Scope.OWN, Report.Scope.AREA
State = Edition.State
#: F21: day and month in the year after; before the 2019 Regulations 31 March for all
DUE: Mapping[str, tuple[int, int]] = {
    AgencyLevel.TOWNSHIP: (1, 31),
    AgencyLevel.COUNTY: (2, 20),
    AgencyLevel.PREFECTURE: (3, 10),
    AgencyLevel.PROVINCE: (3, 31),
}
FIRST_OF_THE_NEW, LAST = 2019, (3, 31)
AUTUMN = 9  # September


def collected(form: Form, year: int, code: str | None = None) -> Tally:
    """The year counted, with what was accepted from below in its place in the sums; of an
    agency and those below it, where a code names one."""
    with one_watermark():
        tally = count(form, year, code)
        told = accepted(form, year, asked_for(tally.tree, code))
    if not told:
        return tally
    own = {
        agency_id: instead(cells, told.get((agency_id, OWN)))
        for agency_id, cells in every(tally.own, told, OWN).items()
    }
    area: dict[int, Cells] = {
        agency_id: dict(cells) for agency_id, cells in own.items()
    }
    for agency_id, above in tally.tree.deepest_first():
        handed = instead(area.get(agency_id, {}), told.get((agency_id, AREA)))
        into = area.setdefault(above, {})
        for key, number in handed.items():
            into[key] = into.get(key, 0) + number
    return replace(tally, area=area)


def accepted(
    form: Form, year: int, agencies: Collection[int] | None
) -> dict[tuple[int, str], dict[str, dict]]:
    """(agency, scope) → the cells of its latest edition that a superior accepted."""
    rows = stands(form, year, agencies).values_list("agency_id", "scope", "content")
    return {(agency_id, scope): told["cells"] for agency_id, scope, told in rows}


def every(own: Mapping[int, Cells], told: Mapping, scope: str) -> dict[int, Cells]:
    handed = {agency_id: {} for agency_id, its in told if its == scope}
    return {**handed, **own}


def instead(cells: Cells, handed: Mapping[str, Mapping[str, Number]] | None) -> Cells:
    """The accepted cells; of what no report prints (memo lines, doubts) the books'."""
    if handed is None:
        return cells
    printed: Cells = {
        (line, column): exact(value)
        for line, columns in handed.items()
        for column, value in columns.items()
        if value is not None
    }
    unprinted = {
        key: number
        for key, number in cells.items()
        if isinstance(key, str) or key[0] not in handed
    }
    return {**unprinted, **printed}


def exact(value: float) -> Number:
    return Decimal(str(value)) if isinstance(value, float) else value


def year_in_work(today: date) -> int:
    """From autumn on this year's report is prepared; before that last year's is made."""
    return today.year if today.month >= AUTUMN else today.year - 1


# --- who is late -------------------------------------------------------------------------
def due_on(agency: Agency, year: int, scope: str) -> date:
    """By when that report is handed up or published (F21)."""
    following = year + 1
    if year < FIRST_OF_THE_NEW or is_vertical(agency):
        return date(following, *LAST)
    if scope == OWN or agency.kind == AgencyKind.DEPARTMENT:
        return date(following, 1, 31)
    return date(following, *DUE.get(agency.level, LAST))


def is_vertical(agency: Agency) -> bool:
    """垂直领导系统: reports up its own line."""
    return agency.reports_to_id not in (None, agency.parent_id)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One report that is owed, on the board. `edition` None: nothing handed up yet."""

    agency: Agency
    scope: str
    depth: int
    due_on: date
    edition: Edition | None
    late: bool

    @property
    def state(self) -> str:
        return self.edition.state if self.edition else "draft"


def board(
    year: int, *, user, deps: Dependencies, form_key: str | None = None
) -> list[Row]:
    """The tree as the year's sum has it, from the user's agency down, each report owed with
    its state; three statements."""
    form = deps.form(form_key) if form_key else deps.form_of(year)
    today = deps.clock.today()
    tree = tree_on(date(year, 12, 31))
    standing = Agency.objects.filter(
        Q(dissolved_on=None) | Q(dissolved_on__gt=date(year, 12, 31)),
        pk__in=tree.nodes if user.is_superuser else tree.area(user.agency_id),
    )
    found = standing.select_related("parent", "reports_to")
    lines = {a.pk: [*tree.upwards(a.pk)][::-1] for a in found}
    codes = {pk: [tree.nodes[one].code for one in line] for pk, line in lines.items()}
    agencies = sorted(found, key=lambda a: codes[a.pk])
    latest = {
        (e.agency_id, e.scope): e
        for e in Edition.objects.visible_to(user)
        .filter(year=year, form=form.key)
        .exclude(state=State.SUPERSEDED)
        .order_by("number")
    }
    top = min((len(line) for line in lines.values()), default=0)
    return [
        row(
            agency, scope, year, latest.get((agency.pk, scope)), today,
            len(lines[agency.pk]) - top,
        )
        for agency in agencies
        for scope in scopes(bool(tree.directly_below(agency.pk)))
    ]  # fmt: skip


def scopes(has_others_below: bool) -> tuple[str, ...]:
    """A government reports for itself and for its area; others for themselves."""
    return (OWN, AREA) if has_others_below else (OWN,)


def row(
    agency: Agency,
    scope: str,
    year: int,
    edition: Edition | None,
    today: date,
    depth: int,
) -> Row:
    due = due_on(agency, year, scope)
    handed_up = edition is not None and edition.state != State.RETURNED
    return Row(
        agency=agency,
        scope=scope,
        depth=depth,
        due_on=due,
        edition=edition,
        late=not handed_up and today > due,
    )
