"""填报: what an agency enters on a form year by year, cell by cell.

Who set which cell to what and when stays in `FigureChange`; a second writer is told what
the first one changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reporting import facts
from reporting.dependencies import Dependencies
from reporting.matching import number_in
from reporting.models import Figure, FigureChange, FilledFile
from reporting.period import Period, Span, period
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


def open_cells(
    agency: Agency, when: Span, form: Form, whole: bool = False
) -> list[Cell]:
    """What may be entered: the cells that no log counts, and of a `whole` table all."""
    counted = logged_cells(agency, when, form)
    return [
        cell
        for cell in form.cells
        if cell not in counted and (whole or form.source(cell) == "entered")
    ]


def logged_cells(agency: Agency, when: Span, form: Form) -> set[Cell]:
    """Entered cells that the agency's own log of complaints counts (举报投诉)."""
    cells = {cell for cell, _condition, _line in form.counted("complaints")}
    if cells and agency.pk in facts.agencies_with_complaints(when):
        return cells
    return set()


def may_be_whole(agency: Agency, when: Span, form: Form, deps: Dependencies) -> bool:
    """整表填报: an agency that kept no log here hands in its counted lines too, once the
    year is over."""
    year = period(when).year
    return (
        period(when).is_whole_year
        and year < deps.clock.today().year
        and not figures.recorded(Place(agency, year, form, OPENING))
        and not facts.has_a_log(agency.pk, year)
    )


def is_whole(agency: Agency, when: Span, form: Form) -> bool:
    """Counted lines were handed in for that year."""
    return any(form.source(c) != "entered" for c in recorded(agency, when, form))


def recorded(agency: Agency, when: Span, form: Form) -> dict[Cell, Decimal]:
    return figures.recorded(Place(agency, when, form, ENTERED))


def changes_of(agency: Agency, when: Span, form: Form) -> QuerySet[FigureChange]:
    return figures.changes_of(Place(agency, when, form, ENTERED))


def last_change(agency: Agency, when: Span, form: Form) -> int:
    return figures.last_change(Place(agency, when, form, ENTERED))


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
    year: Span,
    form_key: str,
    values: Values,
    by,
    deps: Dependencies,
    seen: int | None = None,
    source: str = "",
    left_out: Sequence[str] = (),
) -> int:
    """Set the named cells of a year or a quarter, None taking one away; returns how many
    changed. `source` is the file they came from, `left_out` what was not taken of it.

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
    changed = figures.enter(place, values, reason=source[:200], by=by, deps=deps)
    if source:
        of = period(year)
        FilledFile.objects.create(
            agency=agency, year=of.year, quarter=of.quarter, form=form.key,
            name=source[:200], changed=changed, left_out=list(left_out), taken_by=by,
            taken_at=deps.clock.now(),
        )  # fmt: skip
    return changed


def forbid(agency: Agency, when: Span, form: Form, by, deps: Dependencies) -> None:
    if not may_enter(by, agency) or not Agency.objects.visible_to(by).contains(agency):
        raise NotAllowed(_("由本机关的统计人员填报"))
    of, today = period(when), deps.clock.today()
    if not may_take(form, of):
        raise NotAllowed(_("该表式不用于 %(year)s 年") % {"year": of.year})
    if of.quarter is None:
        raise NotAllowed(_("只按年度或季度填报"))
    if of.year > today.year:
        raise NotAllowed(_("%(year)s 年尚未开始") % {"year": of.year})
    if of.start > today:
        raise NotAllowed(_("%(period)s 尚未开始") % {"period": of.name})


def may_take(form: Form, of: Period) -> bool:
    """By quarters the 2018 table lives on as an internal one (LAW §2), in any later year."""
    if of.is_whole_year:
        return form.takes(of.year)
    return form.by_quarters and of.year >= form.years.start


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
