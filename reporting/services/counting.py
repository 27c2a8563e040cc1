"""Counting a year or another period: facts folded into cells agency by agency, then added up the tree."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import CharField, Count, QuerySet, Sum, Value

from reporting import facts
from reporting.facts import LOGGED
from reporting.models import Figure
from reporting.period import QUARTERS, Period, Span, period
from reporting.rules import LAST, Cell, Number
from reporting.services.tree import Tree, tree_on
from reporting.tables import Condition, Doubt, Form, Line, Measure, Source

YUAN_IN_WAN = Decimal(10_000)
QUARTERLY = "quarters"
NAMED = 20  # requests or cases of one agency that a finding names
SOURCES: tuple[Source, ...] = ("requests", "appeals", "complaints")
Key = Cell | str  # a cell, or the id of a doubt
Entered = tuple[int, str, str, Decimal, str]  # agency, line, column, value, origin
Cells = dict[Key, Number]  # only what is not nothing: absent is 0 or, entered, a blank


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A period counted for every agency. `own` and `area`: agency id → its cells, and under
    the name of a doubt how many requests raise it.

    `handed_in` names the agencies whose counted lines were entered as figures, `opening`
    those whose log began in mid-year and to whose count earlier figures were added,
    `replaced` those whose figure gave way to a log that they keep as well.
    """

    form: Form
    period: Period
    tree: Tree
    own: dict[int, Cells]
    area: dict[int, Cells]
    handed_in: dict[int, set[int]]  # agency id → the agencies of its area that did
    opening: dict[int, set[int]]
    replaced: dict[int, set[int]]
    #: of a year: agency id → what its four quarters were entered as, together
    quarters: Mapping[int, Mapping[Cell, Number]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return self.period.year

    @cached_property
    def named(self) -> dict[str, dict[int, list[str]]]:
        """Doubt → agency id → the first rows that raise it; asked only where one does."""
        return {
            doubt.id: first_named(doubt, self)
            for source in SOURCES
            for doubt in self.form.doubts_of(source, self.year)
            if doubt.named
        }


def first_named(doubt: Doubt, tally: Tally) -> dict[int, list[str]]:
    raising = [a for a, cells in tally.own.items() if cells.get(doubt.id)]
    found: dict[int, list[str]] = defaultdict(list)
    if raising:
        for agency_id, _key, name in facts.concerned(
            doubt.source, doubt.counts, tally.period, raising
        ):
            if len(found[agency_id]) < NAMED:
                found[agency_id].append(name)
    return found


def count(form: Form, when: Span, code: str | None = None) -> Tally:
    """Four statements however many agencies: requests, appeals, figures and the tree. With
    a code only that agency and those below it are sure to be counted."""
    counted = period(when)
    own: dict[int, Cells] = defaultdict(lambda: defaultdict(int))
    with facts.one_watermark():
        tree = tree_on(counted.end)
        agencies = asked_for(tree, code)
        add_counted(form, "requests", facts.request_facts, counted, agencies, own)
        add_counted(form, "appeals", facts.appeal_facts, counted, agencies, own)
        figures = entered(form, counted, agencies)
        together = by_quarters(form, figures)
        handed_in, opening, replaced = add_figures(form, figures, own, set(own))
    return Tally(
        form=form,
        period=counted,
        tree=tree,
        own=own,
        area=rolled_up(tree, own),
        handed_in=spread(tree, handed_in),
        opening=spread(tree, opening),
        replaced=spread(tree, replaced),
        quarters=together,
    )


def asked_for(tree: Tree, code: str | None) -> Collection[int] | None:
    """None: all of them, as for an agency that has most of the tree below it."""
    node = tree.coded(code) if code else None
    area = tree.area(node.agency_id) if node else tree.nodes
    return area if len(area) * 2 < len(tree.nodes) else None


def add_counted(
    form: Form,
    source: Source,
    read: Callable[..., facts.Facts],
    counted: Period,
    agencies: Collection[int] | None,
    own: dict[int, Cells],
) -> None:
    """Ask for every cell of the source, and for what is doubtful in it."""
    cells = list(form.counted(source))
    asked: dict[Key, tuple[Condition, Measure]] = {
        cell: (condition, line.measure) for cell, condition, line in cells
    }
    asked |= {
        doubt.id: (doubt.counts, doubt.measure)
        for doubt in form.doubts_of(source, counted.year)
    }
    fees = [key for key, (_, measure) in asked.items() if measure == "fee"]
    for agency_id, numbers in read(asked, counted, across(cells), agencies):
        for key in fees:
            if key in numbers:
                numbers[key] /= YUAN_IN_WAN
        into = own[agency_id]
        for key, number in numbers.items():
            into[key] += number


def across(cells: Iterable[tuple[Cell, Condition, Line]]) -> list[str]:
    """The dimensions in which the columns of one line differ."""
    return sorted(
        dimension
        for dimension in facts.DIMENSIONS
        if any(
            condition.get(dimension) != line.condition.get(dimension)
            for _, condition, line in cells
        )
    )


def entered(
    form: Form, counted: Period, agencies: Collection[int] | None
) -> list[Entered]:
    """The figures, and with them in one statement what is logged of entered lines. A
    figure is of a year or a quarter: for any other period there is none, and no year's is
    put together from its quarters."""
    figures = Figure.of_any_period.of(counted).filter(form=form.key).order_by()
    if agencies is not None:
        figures = figures.filter(agency__in=agencies)
    rows = figures.values_list("agency_id", "line", "column", "value", "origin")
    asked = [cell for cell, _condition, _line in form.counted("complaints")]
    asked += [(doubt.id, "") for doubt in form.doubts_of("complaints", counted.year)]
    logged = [facts.complaint_counts(at, counted, agencies) for at in asked]
    return list(rows.union(*logged, *four_quarters(form, counted, agencies), all=True))


def four_quarters(
    form: Form, counted: Period, agencies: Collection[int] | None
) -> list[QuerySet]:
    """(agency, line, column, their sum, QUARTERLY) of each cell that all four quarters of
    the year were entered for, as rows beside the figures."""
    if not (form.by_quarters and counted.is_whole_year):
        return []
    found = Figure.of_any_period.filter(
        form=form.key, year=counted.year, quarter__in=QUARTERS
    )
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    grouped = found.order_by().values("agency_id", "line", "column")
    return [
        grouped.annotate(n=Count("pk"), together=Sum("value"))
        .filter(n=len(QUARTERS))
        .values_list(
            "agency_id", "line", "column", "together", Value(QUARTERLY, CharField())
        )
    ]


def by_quarters(
    form: Form, figures: Collection[Entered]
) -> dict[int, dict[Cell, Number]]:
    """A standing number is the same in each quarter and adds up to nothing."""
    found: dict[int, dict[Cell, Number]] = defaultdict(dict)
    for agency_id, line, column, value, origin in figures:
        if origin == QUARTERLY and not form.is_standing(line):
            found[agency_id][line, column] = value
    return dict(found)


def add_figures(
    form: Form,
    figures: Collection[Entered],
    own: dict[int, Cells],
    logging: Collection[int],
) -> tuple[set[int], set[int], set[int]]:
    """Returns the agencies that handed in a figure for a line counted from the log, those
    that brought figures from before their log began, and those whose figure gave way to
    their log: `logging` have requests or appeals on the year's books."""
    handed_in, opening, replaced = set(), set(), set()
    logged = {(a, line, column) for a, line, column, _, by in figures if by == LOGGED}
    doubts = {doubt.id for doubt in form.doubts if doubt.source == "complaints"}
    for agency_id, line, column, value, origin in figures:
        if origin == QUARTERLY:
            continue  # stands beside the year, and is no part of it
        if line in doubts:
            own[agency_id][line] += int(value)
            continue
        by_log = form.source((line, column)) in ("requests", "appeals")
        if origin == Figure.Origin.ENTERED and (
            (agency_id, line, column) in logged or (by_log and agency_id in logging)
        ):
            replaced.add(agency_id)
            continue
        amount = form.is_amount((line, column))
        own[agency_id][line, column] += value.normalize() if amount else int(value)
        if line.startswith(LAST):
            continue  # of the year before: in no sum of this one
        if origin == Figure.Origin.OPENING:
            opening.add(agency_id)
        elif form.source((line, column)) != "entered":
            handed_in.add(agency_id)
    return handed_in, opening, replaced


def rolled_up(tree: Tree, own: Mapping[int, Cells]) -> dict[int, Cells]:
    """For every agency its own numbers and those of all below it."""
    total = {agency_id: dict(cells) for agency_id, cells in own.items()}
    for agency_id, above in tree.deepest_first():
        if agency_id in total:
            into = total.setdefault(above, {})
            for key, number in total[agency_id].items():
                into[key] = into.get(key, 0) + number
    return total


def spread(tree: Tree, agencies: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for agency_id in agencies:
        for above in tree.upwards(agency_id):
            found[above].add(agency_id)
    return found
