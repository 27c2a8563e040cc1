"""Two reports on one form side by side: any two years, or any two agencies."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from reporting.dependencies import Dependencies
from reporting.grid import Cell, Document, Grid, Number, Role
from reporting.models import Edition, Report
from reporting.narrative.lexicon import Cells, Sum, add_up, families_of
from reporting.services import editions
from reporting.services.editions import Which
from reporting.services.last_year import cells_of
from reporting.tables import Column, Form, Line
from requests_app.domain.regimes import NotAllowed
from requests_app.models.agencies import Agency

CENT, HUNDRED = Decimal("0.01"), Decimal(100)
YEAR = re.compile(r"[0-9]{4}")
WIDTHS = (0.4, 0.07, 0.11, 0.11, 0.1, 0.1, 0.11)
CHANGES = ("增减", "增减（%）", "占比变化（个百分点）")
ALONE = "＊"
ALONE_NOTE = "＊ 两年的表式不同，另一表式没有含义确定相同的格，不作比较。"
CellAt = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Side:
    """What an agency says of a year: as signed, else as drafted."""

    report: Report
    form: Form
    content: Mapping[str, Any]
    signed: Edition | None

    @property
    def name(self) -> str:
        return f"{self.report.name or self.report.agency.name} {self.report.year}"


def side(
    *, code: str, year: str, scope: str, user, deps: Dependencies
) -> Side:  # fmt: skip
    """Within the user's sight; NotAllowed says what is not at hand."""
    agency = Agency.objects.visible_to(user).filter(code=code.strip()).first()
    if agency is None:
        raise NotAllowed(
            _("没有机关 %(code)s，或不在您的查看范围之内") % {"code": code}
        )
    found = list(
        Report.objects.filter(agency=agency, scope=scope, year=year)
        .select_related("agency")
        .order_by("form")
        if YEAR.fullmatch(year)
        else ()
    )
    usual = [report for report in found if report.year in deps.form(report.form).years]
    report = next(iter(usual or found), None)
    if report is None:
        raise NotAllowed(
            _("%(agency)s %(year)s 年尚未统计") % {"agency": agency.name, "year": year}
        )
    which = Which(agency, report.year, report.form, report.scope)
    signed = editions.in_force(which)
    content = signed.content if signed else report.content
    form = deps.form(report.form)
    return Side(report=report, form=form, content=content, signed=signed)


def compared(one: Side, other: Side) -> Document:
    """From `one` to `other`, every cell of their form; of two forms what means the same is
    compared, and the rest stands marked on its own side."""
    pair = paired(one, other)
    heads = ("统计指标", "单位", one.name, other.name, *CHANGES)
    banner = one.report.agency.banner or other.report.agency.banner
    return Document(
        title="统计数比较",
        subtitle=f"{one.name} — {other.name}",
        grids=(
            Grid(
                head=(tuple(Cell(role=Role.COLUMN_HEAD, text=text) for text in heads),),
                body=tuple(rows(pair)),
                widths=WIDTHS,
            ),
        ),
        notes=() if one.form.key == other.form.key else (ALONE_NOTE,),
        banner=banner,
        landscape=True,
    )


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two sides on one form, the later of theirs: `one`, `other` say where each of its
    cells stands on that side's own; `alone` are the earlier form's cells without a place."""

    form: Form
    one: Mapping[CellAt, CellAt]
    other: Mapping[CellAt, CellAt]
    before: Cells  # of `one`, by its own cells
    after: Cells
    earlier: Form | None = None
    alone: Mapping[CellAt, tuple[Line, Column]] = field(default_factory=dict)
    is_one: bool = True  # whose `alone` are


def paired(one: Side, other: Side) -> Pair:
    cells = {"before": cells_of(one.content), "after": cells_of(other.content)}
    if one.form.key == other.form.key:
        same = itself(one.form)
        return Pair(form=one.form, one=same, other=same, **cells)
    if one.form.key in other.form.follows:
        there, earlier = earlier_cells(one.form, other.form)
        return Pair(
            form=other.form, one=there, other=itself(other.form), **cells, **earlier
        )
    if other.form.key in one.form.follows:
        there, earlier = earlier_cells(other.form, one.form)
        return Pair(
            form=one.form, one=itself(one.form), other=there, **cells, **earlier,
            is_one=False,
        )  # fmt: skip
    raise NotAllowed(
        _("两年用的表式不同（%(one)s、%(other)s），各格不能逐一比较")
        % {"one": one.form.key, "other": other.form.key}
    )


def itself(form: Form) -> dict[CellAt, CellAt]:
    return {cell: cell for cell in form.cells}


def earlier_cells(
    earlier: Form, later: Form
) -> tuple[dict[CellAt, CellAt], dict[str, Any]]:
    follows = later.follows[earlier.key]
    alone = {at: told for at, told in earlier.cells.items() if at not in follows}
    there = {here: at for at, here in follows.items()}
    return there, {"earlier": earlier, "alone": alone}


def rows(pair: Pair) -> Iterator[tuple[Cell, ...]]:
    before, after = on(pair.one, pair.before), on(pair.other, pair.after)
    for line in pair.form.lines:
        if line.source == "heading":
            yield headed(labelled(line.name, line))
            continue
        for column in pair.form.columns_of(line.code):
            at = line.code, column.code
            mark = "" if at in pair.one and at in pair.other else ALONE
            yield row(
                pair.form, line, column, mark, before, after,
                (pair.one.get(at), pair.other.get(at)),
            )  # fmt: skip
    if pair.earlier is None:
        return
    yield headed(Cell(role=Role.CHAPTER, text=f"仅见于“{pair.earlier.title}”"))
    for at, (line, column) in pair.alone.items():
        was, is_ = (pair.before, {}) if pair.is_one else ({}, pair.after)
        places = (at, None) if pair.is_one else (None, at)
        yield row(pair.earlier, line, column, ALONE, was, is_, places)


def on(places: Mapping[CellAt, CellAt], cells: Cells) -> Cells:
    """A side's numbers by the cells of the common form."""
    return {at: cells[own] for at, own in places.items() if own in cells}


def row(
    form: Form, line: Line, column: Column, mark: str, before: Cells, after: Cells,
    places: tuple[CellAt | None, CellAt | None],
) -> tuple[Cell, ...]:  # fmt: skip
    """`places`: where the number stands on either side's own form."""
    at = line.code, column.code
    several = len(form.columns_of(line.code)) > 1
    name = f"{line.name} · {column.label}" if several else line.name
    was, is_ = before.get(at), after.get(at)
    known = was is not None and is_ is not None
    return (
        labelled(name + mark, line),
        unit(line.unit or column.unit),
        number(was, leads("one", places[0])),
        number(is_, leads("other", places[1])),
        number(is_ - was if known else None),
        number(growth(was, is_)),
        number(points(form, at, before, after)),
    )


def leads(side: str, at: CellAt | None) -> CellAt | None:
    return (f"{side}|{at[0]}", at[1]) if at else None


def headed(label: Cell) -> tuple[Cell, ...]:
    return (label, unit(""), *blanks(5))


def growth(was: Number | None, is_: Number | None) -> Decimal | None:
    """In percent of what was; from nothing nothing grows."""
    if not was or is_ is None:
        return None
    return rounded((Decimal(is_) - Decimal(was)) * HUNDRED / Decimal(was))


def points(form: Form, at: CellAt, before: Cells, after: Cells) -> Decimal | None:
    """How its share of its whole has moved, in percentage points."""
    whole = whole_of(form, at)
    if whole is None:
        return None
    shares = []
    for cells in (before, after):
        part, all_ = cells.get(at), add_up(whole, cells)
        if part is None or not all_:
            return None
        shares.append(Decimal(part) * HUNDRED / Decimal(all_))
    return rounded(shares[1] - shares[0])


def whole_of(form: Form, at: CellAt) -> Sum | None:
    """Its line's total, or the smallest family of lines of which it is a part."""
    if form.lexicon is None:
        return None
    line, _column = at
    total = (line, form.lexicon.column)
    if at != total:
        return (total,) if total in form.cells else None
    for family in families_of((at,), form.lexicon):
        return form.lexicon.sum(family.whole[0])
    return None


def rounded(exact: Decimal) -> Decimal:
    return exact.quantize(CENT, ROUND_HALF_UP)


def labelled(name: str, line: Line) -> Cell:
    role = Role.CHAPTER if line.source == "heading" else Role.LABEL
    return Cell(role=role, text=name, depth=line.depth)


def unit(text: str) -> Cell:
    return Cell(role=Role.UNIT, text=text)


def number(value: Number | None, at: CellAt | None = None) -> Cell:
    return Cell(role=Role.NUMBER, number=value, at=at)


def blanks(how_many: int) -> tuple[Cell, ...]:
    return tuple(number(None) for _blank in range(how_many))
