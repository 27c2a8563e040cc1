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
from reporting.services.opening import Unacceptable, number_fault
from reporting.tables import Form
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency

ENTERED, OPENING = Figure.Origin.ENTERED, Figure.Origin.OPENING
Values = Mapping[Cell, Decimal | None]


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
        and not figures_of(agency, year, form, OPENING).exists()
        and not facts.has_a_log(agency.pk, year)
    )


def is_whole(agency: Agency, when: Span, form: Form) -> bool:
    """Counted lines were handed in for that year."""
    return any(form.source(c) != "entered" for c in recorded(agency, when, form))


def recorded(agency: Agency, when: Span, form: Form) -> dict[Cell, Decimal]:
    rows = figures_of(agency, when, form).values_list("line", "column", "value")
    return {(line, column): value for line, column, value in rows}


def figures_of(
    agency: Agency, when: Span, form: Form, origin: str = ENTERED
) -> QuerySet[Figure]:
    found = Figure.of_any_period.of(when)
    return found.filter(agency=agency, form=form.key, origin=origin)


def changes_of(agency: Agency, when: Span, form: Form) -> QuerySet[FigureChange]:
    found = FigureChange.of_any_period.of(when)
    return found.filter(agency=agency, form=form.key, origin=ENTERED).order_by("pk")


def last_change(agency: Agency, when: Span, form: Form) -> int:
    """Which change a page was drawn from: 0 before the first."""
    return changes_of(agency, when, form).values_list("pk", flat=True).last() or 0


def columns_of(when: Span) -> dict[str, int]:
    """What a figure of a year or one of its quarters is kept by."""
    of = period(when)
    if of.quarter is None:
        raise ValueError(f"{of.name}: neither a year nor a quarter")
    return {"year": of.year, "quarter": of.quarter}


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
    before = recorded(agency, year, form)
    changed = {c: v for c, v in values.items() if v != before.get(c)}
    for cell, value in changed.items():
        write(agency, year, form, cell, value, by=by, deps=deps)
    FigureChange.objects.bulk_create(
        FigureChange(
            agency=agency, form=form.key, line=line, column=column, **columns_of(year),
            was=before.get((line, column)), now=value, origin=ENTERED,
            reason=source[:200], changed_by=by, changed_at=deps.clock.now(),
        )
        for (line, column), value in changed.items()
    )  # fmt: skip
    if source:
        FilledFile.objects.create(
            agency=agency, form=form.key, name=source[:200], changed=len(changed),
            left_out=list(left_out), taken_by=by, taken_at=deps.clock.now(),
            **columns_of(year),
        )  # fmt: skip
    return len(changed)


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


def write(
    agency: Agency,
    year: Span,
    form: Form,
    cell: Cell,
    value: Decimal | None,
    *,
    by,
    deps: Dependencies,
) -> None:
    line, column = cell
    if value is None:
        figures_of(agency, year, form).filter(line=line, column=column).delete()
        return
    Figure.of_any_period.update_or_create(
        agency=agency, form=form.key, line=line, column=column, origin=ENTERED,
        **columns_of(year),
        defaults={
            "value": value, "signed": form.is_signed(cell),
            "entered_by": by, "entered_at": deps.clock.now(),
        },
    )  # fmt: skip
