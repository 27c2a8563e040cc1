"""上线前数据: what an office that goes live in mid-year had before its log began.

Part-year totals and the carry-in are added to the log's count; who set which number to
what, when and from which source stays in `FigureChange`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from reporting.dependencies import Dependencies
from reporting.models import Figure
from reporting.rules import LAST, Cell
from reporting.services import figures
from reporting.services.figures import Place, Values
from reporting.services.last_year import is_last
from reporting.tables import Form, Line, Source
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency
from requests_app.models.language import spoken

ENTERED, OPENING = Figure.Origin.ENTERED, Figure.Origin.OPENING
ROLES = ("statistician", "office_head")
LOGGED: tuple[Source, ...] = ("requests", "appeals")
PLACES = 6  # of an amount in 万元: one fen


class Unacceptable(Exception):
    """Numbers that cannot be entered: `faults` says of each cell what would be right."""

    def __init__(self, faults: Mapping[Cell, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = faults


def may_enter(by) -> bool:
    return by.is_superuser or by.has_role(*ROLES)


def cells_of(form: Form) -> dict[Cell, Line]:
    """Every cell that a log counts, the unprinted carry-in (上年结转) among them first."""
    counted = {
        cell: line
        for source in LOGGED
        for cell, _condition, line in form.counted(source)
    }
    memo = {line.code for line in form.memo}
    in_order = sorted(counted.items(), key=lambda item: item[0][0] not in memo)
    return {**carried_out_before(form), **dict(in_order)}


def carried_out_before(form: Form) -> dict[Cell, Line]:
    """上年报告的结转下年度, which a first year is held against; added to no count."""
    return {
        (LAST + code, column.code): replace(line, label=f"上年报告：{line.label}")
        for code in form.brought
        for line in form.lines
        if line.code == code
        for column in form.columns_of(code)
    }


def recorded(agency: Agency, year: int, form: Form) -> dict[Cell, Decimal]:
    return figures.recorded(Place(agency, year, form, OPENING))


def last_change(agency: Agency, year: int, form: Form) -> int:
    return figures.last_change(Place(agency, year, form, OPENING))


@transaction.atomic
def enter(
    *,
    agency: Agency,
    year: int,
    form_key: str,
    values: Values,
    reason: str,
    by,
    deps: Dependencies,
    seen: int | None = None,
) -> int:
    """Set the named cells, None taking one away; returns how many changed.

    NotAllowed for the act as a whole, Unacceptable for single numbers, and then nothing
    is written. `seen` is `last_change` as the form showed it: a second writer is told.
    """
    form = deps.form(form_key)
    Agency.objects.select_for_update().get(pk=agency.pk)
    forbid(agency, year, form, by, deps)
    if seen is not None and seen != last_change(agency, year, form):
        raise NotAllowed(_("期间已有人修改，请核对下列最新数据后重新填写"))
    if not reason.strip():
        raise NotAllowed(_("请写明数据来源"))
    faults = dict(faults_in(form, recorded(agency, year, form), values))
    if faults:
        raise Unacceptable(faults)
    place = Place(agency, year, form, OPENING)
    return figures.enter(place, values, reason=reason.strip(), by=by, deps=deps)


def forbid(agency: Agency, year: int, form: Form, by, deps: Dependencies) -> None:
    if not may_enter(by) or not Agency.objects.visible_to(by).contains(agency):
        raise NotAllowed(_("上线前数据由本机关或上级机关的统计人员、机构负责人填报"))
    if not form.takes(year):
        raise NotAllowed(_("该表式不用于 %(year)s 年") % {"year": year})
    if year > deps.clock.today().year:
        raise NotAllowed(_("%(year)s 年尚未开始") % {"year": year})
    handed_in = figures.recorded(Place(agency, year, form, ENTERED))
    if handed_in.keys() & cells_of(form).keys():
        raise NotAllowed(
            _("该机关当年的统计数已整体填报（导入），再填上线前数据会重复计算")
        )


def faults_in(form: Form, before: Values, values: Values) -> Iterator[tuple[Cell, str]]:
    """Each number by itself; then the hard rules, since what is added must add up too."""
    lines = cells_of(form)
    wrong = {
        cell: fault
        for cell, value in values.items()
        if (fault := fault_of(cell, value, form))
    }
    yield from wrong.items()
    if wrong:
        return
    then = {**before, **values}
    if not any(then.values()):
        return
    added = {cell: then.get(cell) or 0 for cell in lines if not is_last(cell)}
    for found in form.broken(added):
        if found.rule.level == "hard":
            yield (
                (found.line, found.column),
                _("%(rule)s（%(left)s ≠ %(right)s）")
                % {
                    "rule": spoken(found.rule.zh, found.rule.en),
                    "left": found.left,
                    "right": found.right,
                },
            )


def fault_of(cell: Cell, value: Decimal | None, form: Form) -> str:
    if cell not in cells_of(form):
        return _("不是该表式由日志统计的指标")
    return "" if value is None else number_fault(cell, value, form)


def number_fault(cell: Cell, value: Decimal, form: Form) -> str:
    """What is wrong with a number by itself, in that cell; nothing where it may stand."""
    if not value.is_finite() or (value < 0 and not form.is_signed(cell)):
        return _("不能为负数")
    if not form.is_amount(cell) and value != value.to_integral_value():
        return _("数量应为整数")
    if value != round(value, PLACES):
        return _("金额最多六位小数（万元，精确到分）")
    if value >= Decimal(10) ** 14:
        return _("数值过大")
    return ""
