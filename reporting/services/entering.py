"""填报: what an agency enters on a form year by year, cell by cell.

Who set which cell to what and when stays in `FigureChange`; a second writer is told what
the first one changed.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reporting import facts
from reporting.dependencies import Dependencies
from reporting.matching import number_in
from reporting.models import Figure, FigureChange
from reporting.rules import Cell
from reporting.services import figures
from reporting.services.figures import Place, Values
from reporting.services.opening import Unacceptable, number_fault
from reporting.tables import Form
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency

ENTERED, OPENING = Figure.Origin.ENTERED, Figure.Origin.OPENING


class Overtaken(Exception):
    """Somebody changed cells since the page was drawn; `changes` says who, which, to what."""

    def __init__(self, changes: list[FigureChange]) -> None:
        super().__init__()
        self.changes = changes


def may_enter(by, agency: Agency) -> bool:
    """本机关的统计人员."""
    return by.is_superuser or (
        by.agency_id == agency.pk and by.has_role("statistician")
    )


def open_cells(agency: Agency, year: int, form: Form, whole: bool) -> list[Cell]:
    """What may be entered: the cells that no log counts, and of a `whole` table all."""
    counted = logged_cells(agency, year, form)
    return [
        cell
        for cell in form.cells
        if cell not in counted and (whole or form.source(cell) == "entered")
    ]


def logged_cells(agency: Agency, year: int, form: Form) -> set[Cell]:
    """Entered cells that the agency's own log of complaints counts (举报投诉)."""
    cells = {cell for cell, _condition, _line in form.counted("complaints")}
    if cells and agency.pk in facts.agencies_with_complaints(year):
        return cells
    return set()


def may_be_whole(agency: Agency, year: int, form: Form, deps: Dependencies) -> bool:
    """整表填报: an agency that kept no log here hands in its counted lines too, once the
    year is over."""
    return (
        year < deps.clock.today().year
        and not figures.recorded(Place(agency, year, form, OPENING))
        and not facts.has_a_log(agency.pk, year)
    )


def is_whole(agency: Agency, year: int, form: Form) -> bool:
    """Counted lines were handed in for that year."""
    return any(form.source(c) != "entered" for c in recorded(agency, year, form))


def recorded(agency: Agency, year: int, form: Form) -> dict[Cell, Decimal]:
    return figures.recorded(Place(agency, year, form, ENTERED))


def changes_of(agency: Agency, year: int, form: Form) -> QuerySet[FigureChange]:
    return figures.changes_of(Place(agency, year, form, ENTERED))


def last_change(agency: Agency, year: int, form: Form) -> int:
    return figures.last_change(Place(agency, year, form, ENTERED))


def as_seen(
    now: Mapping[Cell, Decimal], since: list[FigureChange]
) -> dict[Cell, Decimal | None]:
    """The figures before those changes."""
    first: dict[Cell, Decimal | None] = {}
    for change in since:
        first.setdefault((change.line, change.column), change.was)
    return {**now, **first}


def read(form: Form, cell: Cell, text: str) -> Decimal | None:
    """A cell as it was typed: full-width digits, thousands separators; ValueError says
    what is wrong with it."""
    try:
        number = number_in(text, signed=form.is_signed(cell))
    except ValueError as error:
        raise ValueError(_("“%(text)s”不是数字") % {"text": text[:40]}) from error
    if number is None:
        return None
    value = Decimal(number)
    fault = number_fault(cell, value, form)
    if fault:
        raise ValueError(
            _("“%(text)s”：%(fault)s") % {"text": text[:40], "fault": fault}
        )
    return value


@transaction.atomic
def enter(
    *,
    agency: Agency,
    year: int,
    form_key: str,
    values: Values,
    by,
    deps: Dependencies,
    seen: int | None = None,
    source: str = "",
) -> int:
    """Set the named cells, None taking one away; returns how many changed.

    NotAllowed for the act as a whole, Unacceptable for single numbers, Overtaken for a
    second writer (`seen` is `last_change` as the page showed it): nothing is written.
    """
    form = deps.form(form_key)
    Agency.objects.select_for_update().get(pk=agency.pk)
    forbid(agency, year, form, by, deps)
    since = list(changes_of(agency, year, form).filter(pk__gt=seen or 0))
    if seen is not None and since:
        raise Overtaken(since)
    whole = may_be_whole(agency, year, form, deps)
    faults = dict(faults_in(form, values, open_cells(agency, year, form, whole)))
    if faults:
        raise Unacceptable(faults)
    place = Place(agency, year, form, ENTERED)
    return figures.enter(place, values, reason=source[:200], by=by, deps=deps)


def forbid(agency: Agency, year: int, form: Form, by, deps: Dependencies) -> None:
    if not may_enter(by, agency) or not Agency.objects.visible_to(by).contains(agency):
        raise NotAllowed(_("由本机关的统计人员填报"))
    if not form.takes(year):
        raise NotAllowed(_("该表式不用于 %(year)s 年") % {"year": year})
    if year > deps.clock.today().year:
        raise NotAllowed(_("%(year)s 年尚未开始") % {"year": year})


def faults_in(
    form: Form, values: Values, may: list[Cell]
) -> Iterator[tuple[Cell, str]]:
    for cell, value in values.items():
        if cell not in form.cells:
            yield cell, _("不是该表式的数据格")
        elif cell not in may:
            yield cell, _("由日志统计，不能填报")
        elif value is not None and (fault := number_fault(cell, value, form)):
            yield cell, fault
