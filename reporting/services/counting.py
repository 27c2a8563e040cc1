"""Counting a year: facts folded into cells agency by agency, then added up the tree."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporting import facts
from reporting.models import Figure
from reporting.services.tree import Tree, tree_on
from reporting.tables import Form, Number, Source, holds

YUAN_IN_WAN = Decimal(10_000)
Cell = tuple[str, str]
Cells = dict[Cell, Number]  # only what is not nothing: absent is 0 or, entered, a blank


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A year counted for every agency. `own` and `area`: agency id → its cells.

    `handed_in` names the agencies whose counted lines were entered as figures.
    """

    form: Form
    year: int
    tree: Tree
    own: dict[int, Cells]
    area: dict[int, Cells]
    handed_in: dict[int, set[int]]  # agency id → the agencies of its area that did
    unplaced_own: dict[int, dict[str, int]]  # agency id → {finding: requests}
    unplaced_area: dict[int, dict[str, int]]


def count(form: Form, year: int, agencies: Collection[int] | None = None) -> Tally:
    """Four statements however many agencies: requests, appeals, figures and the tree."""
    _, end = facts.year_of(year)
    with facts.one_watermark():
        tree = tree_on(end)
        requests = list(facts.request_facts(form, year, agencies))
        appeals = list(facts.appeal_facts(year, agencies))
        figures = entered(form, year, agencies)
    own: dict[int, Cells] = defaultdict(lambda: defaultdict(int))
    fold(form, "requests", requests, own)
    fold(form, "appeals", appeals, own)
    handed_in = add_figures(form, figures, own)
    unplaced = without_a_line(requests)
    return Tally(
        form=form,
        year=year,
        tree=tree,
        own=own,
        area=rolled_up(tree, own),
        handed_in=spread(tree, handed_in),
        unplaced_own=unplaced,
        unplaced_area=rolled_up(tree, unplaced),
    )


def fold(
    form: Form, source: Source, found: Iterable[facts.Fact], own: dict[int, Cells]
) -> None:
    """Add each fact to every cell whose condition it meets."""
    cells = list(form.counted(source))
    meets: dict[tuple[tuple[str, str], ...], list[tuple[Cell, bool]]] = {}
    for fact in found:
        if fact.dimensions not in meets:
            named = dict(fact.dimensions)
            meets[fact.dimensions] = [
                (cell, line.measure == "fee")
                for cell, condition, line in cells
                if holds(condition, named)
            ]
        for cell, is_fee in meets[fact.dimensions]:
            own[fact.agency_id][cell] += (
                fact.fee / YUAN_IN_WAN if is_fee else fact.count
            )


def entered(
    form: Form, year: int, agencies: Collection[int] | None
) -> list[tuple[int, str, str, Decimal]]:
    figures = Figure.objects.filter(year=year, form=form.key)
    if agencies is not None:
        figures = figures.filter(agency__in=agencies)
    return list(figures.values_list("agency_id", "line", "column", "value"))


def add_figures(
    form: Form, figures: Iterable[tuple[int, str, str, Decimal]], own: dict[int, Cells]
) -> set[int]:
    """Returns the agencies that handed in a figure for a line counted from the log."""
    lines = {line.code: line for line in form.lines}
    handed_in = set()
    for agency_id, line, column, value in figures:
        number = value.normalize() if lines[line].is_amount else int(value)
        own[agency_id][line, column] += number
        if lines[line].source != "entered":
            handed_in.add(agency_id)
    return handed_in


def without_a_line(requests: Iterable[facts.Fact]) -> dict[int, dict[str, int]]:
    """What the table cannot place or places with a doubt: finding → how many."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for fact in requests:
        named = dict(fact.dimensions)
        for doubt in doubts(named):
            found[fact.agency_id][doubt] += fact.count
    return found


def doubts(named: dict[str, str]) -> Iterable[str]:
    if named["entry"] == "new" and not named["channel"]:
        yield "channel_missing"
    if named["exit"] == "closed" and named["timeliness"] == "late":
        yield "late_among_extended"
    if named["exit"] == "closed" and named["outcome"] in ("other", "fee_lapsed"):
        yield "outcome_without_line"


def rolled_up(tree: Tree, own: Mapping[int, Mapping]) -> dict[int, dict]:
    """For every agency its own numbers and those of all below it."""
    total: dict[int, dict] = defaultdict(dict)
    for agency_id, cells in own.items():
        for above in tree.upwards(agency_id):
            into = total[above]
            for key, number in cells.items():
                into[key] = into.get(key, 0) + number
    return total


def spread(tree: Tree, agencies: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for agency_id in agencies:
        for above in tree.upwards(agency_id):
            found[above].add(agency_id)
    return found
