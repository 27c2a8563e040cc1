"""Last year's reports, for comparison: what stands, which this year's must agree with;
else, for the prose alone, the draft that was counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reporting.models import Edition, Report
from reporting.narrative.lexicon import Cells
from reporting.rules import LAST, Cell
from reporting.services.counting import Tally
from reporting.tables import Form

AREA, OWN = Report.Scope.AREA, Report.Scope.OWN


@dataclass(frozen=True, kw_only=True)
class LastYear:
    """`cells` are of the same form, for the prose; `stands` those that were accepted or
    signed, which rules over two years are held against; `codes` the agencies added up."""

    cells: Cells
    stands: Cells
    codes: frozenset[str] = frozenset()


Kept = dict[
    tuple[int, str], LastYear
]  # (agency, scope) → its report of the year before
NOTHING = LastYear(cells={}, stands={})


def at_hand(form: Form, year: int, agencies: Iterable[int]) -> Kept:
    """Of the year before; agencies without a report are left out. Of an earlier form only
    the cells that mean the same count (`Form.follows`)."""
    which = {"year": year - 1, "agency__in": list(agencies)}
    drafts = Report.objects.filter(**which, form=form.key)
    stands = Edition.objects.filter(**which, form__in=[form.key, *form.follows])
    kept: Kept = {
        (agency_id, scope): LastYear(cells=cells_of(content), stands={})
        for agency_id, scope, content in drafts.values_list(
            "agency", "scope", "content"
        )
    }
    rows = stands.stand().order_by("number").values_list(
        "agency", "scope", "form", "content", "agencies"
    )  # fmt: skip
    for agency_id, scope, key, content, below in rows:
        cells = cells_of(content)
        alike = cells if key == form.key else here(cells, form.follows[key])
        kept[agency_id, scope] = LastYear(
            cells=cells if key == form.key else {},
            stands=alike,
            codes=frozenset(code for code, _name in below),
        )
    return kept


def here(cells: Cells, follows: Mapping[Cell, Cell]) -> Cells:
    """An earlier form's cells where they stand on this one; those without a place left out."""
    return {follows[cell]: n for cell, n in cells.items() if cell in follows}


@dataclass(frozen=True, kw_only=True)
class Brought:
    """`lacking`: agencies of an area that neither entered nor signed what others entered."""

    cells: Cells
    lacking: frozenset[int] = frozenset()
    asked: int = 0  # agencies of the area that have numbers


NO_OPENING = Brought(cells={})


def brought(tally: Tally, agency_id: int, scope: str) -> Brought:
    """What a first year entered of the year before (上年报告的结转). Of an area a cell only
    where each agency that has numbers entered it or signed it: part of a sum would pass
    for the whole."""
    counted = (tally.area if scope == AREA else tally.own).get(agency_id, {})
    entered = {cell_before(key): n for key, n in counted.items() if is_last(key)}
    if scope != AREA or not entered:
        return Brought(cells=entered)
    own = {
        one: tally.own[one] for one in tally.tree.area(agency_id) if one in tally.own
    }
    without = {
        one: entered.keys() - {cell_before(key) for key in cells if is_last(key)}
        for one, cells in own.items()
    }
    without = {one: cells for one, cells in without.items() if cells}
    signed = at_hand(tally.form, tally.year, without)
    lacking: dict[tuple[str, str], set[int]] = {}
    for one, cells in without.items():
        stands = signed.get((one, OWN), NOTHING).stands
        for cell in cells:
            if (number := stands.get(cell)) is None:
                lacking.setdefault(cell, set()).add(one)
            else:
                entered[cell] += number
    return Brought(
        cells={cell: n for cell, n in entered.items() if cell not in lacking},
        lacking=frozenset().union(*lacking.values()),
        asked=len(own),
    )


def cell_before(key: Any) -> tuple[str, str]:
    """That cell of last year's report."""
    return key[0].removeprefix(LAST), key[1]


def is_last(key: object) -> bool:
    """A cell of last year's report, and neither a doubt nor a cell of this year's."""
    return isinstance(key, tuple) and key[0].startswith(LAST)


def cells_of(content: Mapping[str, Any]) -> Cells:
    """The cells of a report JSON."""
    return exact(
        {
            (line, column): value
            for line, columns in content["cells"].items()
            for column, value in columns.items()
        }
    )


def exact(cells: Mapping[tuple[str, str], Any]) -> Cells:
    """JSON's floats as the decimals that were written."""
    return {
        place: Decimal(str(value)) if isinstance(value, float) else value
        for place, value in cells.items()
    }
