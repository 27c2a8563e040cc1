"""What is wrong or doubtful in a report, as the JSON of INTERFACES §4 says it."""

from collections.abc import Iterator, Mapping
from typing import Any

from reporting.models import Report
from reporting.rules import Broken, Number
from reporting.services.counting import NAMED, SOURCES, Key, Tally
from reporting.services.last_year import Brought
from reporting.services.tree import Node
from reporting.tables import Doubt
from requests_app.domain.vocabulary import Outcome

AREA = Report.Scope.AREA
OPENING_MISSING = "opening_missing"
NOT_FROM_THE_LOG = {
    "counted_lines_entered": (
        "的统计数系填报，不出自办理日志 / entered, not counted from the log"
    ),
    "opening_figures": (
        "的统计数含上线前数据，该部分不出自办理日志"
        " / includes figures from before the log began"
    ),
    "figure_replaced": (
        "既填报又有办理日志或举报投诉登记，按日志统计，填报数不计"
        " / keeps a log: counted from it, what was entered is not"
    ),
}


SINCE = (
    "上年报告签发后补登或作废的申请正好相差此数，作为调整说明 / "
    "what was registered or voided since last year's report makes up the difference: an adjustment"
)


def as_finding(
    found: Broken, merged: bool = False, since: bool = False
) -> dict[str, Any]:
    """`merged`: last year's report added up other agencies. `since`: its books, counted
    now, agree."""
    eased = (merged or since) and found.rule.two_years
    return {
        "rule": found.rule.id,
        "level": "soft" if eased else found.rule.level,
        "where": {"line": found.line, "column": found.column},
        "left": number(found.left),
        "right": number(found.right),
        "message": joined(found.message, SINCE) if since else found.message,
    }


def joined(message: str, more: str) -> str:
    """Each language's half to its own."""
    halves = zip(message.split(" / ", 1), more.split(" / ", 1), strict=True)
    zh, en = (
        "；".join(pair) if n == 0 else "; ".join(pair) for n, pair in enumerate(halves)
    )
    return f"{zh} / {en}"


def number(value: Number | None) -> int | float | None:
    """A JSON number: whole ones without decimals; a fen in 万元 has six places, which a
    double carries exactly to the digit."""
    if value is None or value == int(value):
        return None if value is None else int(value)
    return float(value)


def doubted(tally: Tally, agency_id: int, scope: str) -> Iterator[dict[str, Any]]:
    """What the table says and a reader should doubt; always soft."""
    cells = (tally.area if scope == AREA else tally.own).get(agency_id, {})
    for source in SOURCES:
        for doubt in tally.form.doubts_of(source, tally.year):
            if cells.get(doubt.id):
                yield raised(doubt, tally, agency_id, scope, cells)
    yield from (placed_here(tally, *choice) for choice in tally.form.chosen.items())
    yield from not_from_the_log(tally, agency_id, scope)
    yield from not_its_quarters(tally, agency_id, scope)


def opening_missing(tally: Tally, opening: Brought) -> Iterator[dict[str, Any]]:
    """Part of an area entered last year's carry-over: nothing is held against it where the
    others did not."""
    if not opening.lacking:
        return
    nodes = sorted((tally.tree.nodes[one] for one in opening.lacking), key=by_code)
    names = "、".join(f"{node.name}（{node.code}）" for node in nodes[:NAMED])
    more = "等" if len(nodes) > NAMED else ""
    yield {
        "rule": OPENING_MISSING,
        "level": "soft",
        "where": {"line": None, "column": None},
        "left": opening.asked - len(nodes),
        "right": opening.asked,
        "message": (
            f"{names}{more}未填上年报告的结转数，缺其数的格未与上年核对"
            " / did not enter what last year carried out: those cells are not compared"
        ),
    }


def by_code(node: Node) -> str:
    return node.code


def placed_here(tally: Tally, outcome: str, line: str) -> dict[str, Any]:
    """The office chose that line for an outcome which the form leaves uncertain."""
    (column,) = tally.form.columns_of(line)
    name = Outcome(outcome)
    return {
        "rule": "outcome_line_chosen",
        "level": "soft",
        "where": {"line": line, "column": column.code},
        "left": 1,
        "right": 0,
        "message": f"“{name.zh}”按本机关的选择计入 {line} / {name.en}: the office's own line",
    }


def raised(
    doubt: Doubt, tally: Tally, agency_id: int, scope: str, cells: Mapping[Key, Number]
) -> dict[str, Any]:
    how_many = number(cells[doubt.id])
    zh = doubt.zh.format(n=how_many)
    if doubt.named:
        zh += f"：{'、'.join(references(doubt, tally, agency_id, scope))}"
    return {
        "rule": doubt.rule,
        "level": "soft",
        "where": {"line": doubt.line, "column": doubt.column},
        "left": how_many,
        "right": 0,
        "message": f"{zh} / {how_many} {doubt.en}",
    }


def references(doubt: Doubt, tally: Tally, agency_id: int, scope: str) -> Iterator[str]:
    """The requests or cases by name, as far as a message holds them."""
    found = [
        reference
        for raising, listed in tally.named[doubt.id].items()
        if raising == agency_id
        or (scope == AREA and agency_id in tally.tree.upwards(raising))
        for reference in listed
    ]
    yield from found[:NAMED]
    if len(found) > NAMED:
        yield "等"


def not_from_the_log(
    tally: Tally, agency_id: int, scope: str
) -> Iterator[dict[str, Any]]:
    for rule, agencies in (
        ("counted_lines_entered", tally.handed_in),
        ("opening_figures", tally.opening),
        ("figure_replaced", tally.replaced),
    ):
        found = agencies.get(agency_id, set())
        for named in sorted(found if scope == AREA else found & {agency_id}):
            node = tally.tree.nodes[named]
            yield {
                "rule": rule,
                "level": "soft",
                "where": {"line": None, "column": None},
                "left": 1,
                "right": 0,
                "message": f"{node.name}（{node.code}）{NOT_FROM_THE_LOG[rule]}",
            }


def not_its_quarters(
    tally: Tally, agency_id: int, scope: str
) -> Iterator[dict[str, Any]]:
    """The year was entered as something else than its four quarters together: said of
    the agency that entered both."""
    added = tally.quarters.get(agency_id, {})
    if added and scope == AREA and tally.tree.area(agency_id) != {agency_id}:
        return
    own = tally.own.get(agency_id, {})
    for cell, together in added.items():
        if cell in own and own[cell] != together:
            year, quarters = number(own[cell]), number(together)
            yield {
                "rule": "quarters_differ",
                "level": "soft",
                "where": {"line": cell[0], "column": cell[1]},
                "left": year,
                "right": quarters,
                "message": (
                    f"全年填报 {year}，四个季度合计 {quarters}"
                    " / the year as entered is not the sum of its four quarters"
                ),
            }
