"""One agency's report out of a tally: the JSON of INTERFACES §4 and the page."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reporting.dependencies import Dependencies
from reporting.grid import Cell, Document, Grid, Role
from reporting.models import Report
from reporting.narrative.lexicon import Cells
from reporting.narrative.prose import Facts
from reporting.services.counting import Tally, count
from reporting.services.last_year import Kept, at_hand
from reporting.tables import Broken, Column, Form, Line, Number
from requests_app.models.agencies import Agency

AREA, OWN = Report.Scope.AREA, Report.Scope.OWN
DOUBTS = {
    "channel_missing": (
        "{n} 件申请没有申请方式，未计入任何申请方式 / requests without a channel"
    ),
    "late_among_extended": (
        "{n} 件逾期办结计入延期办结数，本表没有逾期一行 / late, counted in 3.2.2"
    ),
    "outcome_without_line": (
        "{n} 件办结的答复类别在本表没有对应行，只计入办结数 / concluded, no line"
    ),
}
DOUBT_LINES = {
    "channel_missing": "3.1",
    "late_among_extended": "3.2.2",
    "outcome_without_line": "3.2",
}
NOT_FROM_THE_LOG = {
    "counted_lines_entered": (
        "的统计数系填报，不出自办理日志 / entered, not counted from the log"
    ),
    "opening_figures": (
        "的统计数含上线前数据，该部分不出自办理日志"
        " / includes figures from before the log began"
    ),
}


class NoSuchAgency(LookupError):
    """No agency of that code, or none named where there are several roots."""


def report(
    tally: Tally, agency_id: int, scope: str, kept: Kept | None = None
) -> dict[str, Any]:
    """The report JSON: every data line, counted cells 0 when nothing, blanks null. `kept`:
    last year's reports, where the caller has read them for many agencies."""
    form = tally.form
    if kept is None:
        kept = at_hand(form, tally.year, [agency_id])
    counted = (tally.area if scope == AREA else tally.own).get(agency_id, {})
    cells = filled(form, counted)
    memo = {
        (line.code, column.code): counted.get((line.code, column.code), 0)
        for line in form.memo
        for column in form.columns
    }
    broken = [as_finding(found) for found in form.broken({**cells, **memo})]
    return {
        "agency": tally.tree.nodes[agency_id].code,
        "year": tally.year,
        "form": form.key,
        "scope": str(scope),
        "cells": as_json(form, cells),
        "findings": broken + list(doubted(tally, agency_id, scope)),
        "narrative": narrative(form, cells, kept.get((agency_id, str(scope)), {})),
    }


def filled(
    form: Form, counted: Mapping[tuple[str, str], Number]
) -> dict[tuple[str, str], Number | None]:
    return {
        (line.code, column.code): counted.get(
            (line.code, column.code), None if line.source == "entered" else 0
        )
        for line in form.data_lines()
        for column in form.columns
    }


def as_json(
    form: Form, cells: Mapping[tuple[str, str], Number | None]
) -> dict[str, dict[str, int | float | None]]:
    return {
        line.code: {c.code: number(cells[line.code, c.code]) for c in form.columns}
        for line in form.data_lines()
    }


def number(value: Number | None) -> int | float | None:
    """A JSON number: whole ones without decimals; a fen in 万元 has six places, which a
    double carries exactly to the digit."""
    if value is None or value == int(value):
        return None if value is None else int(value)
    return float(value)


def as_finding(found: Broken) -> dict[str, Any]:
    return {
        "rule": found.rule.id,
        "level": found.rule.level,
        "where": {"line": found.line, "column": found.column},
        "left": number(found.left),
        "right": number(found.right),
        "message": found.message,
    }


def doubted(tally: Tally, agency_id: int, scope: str) -> Iterator[dict[str, Any]]:
    """What the table says and a reader should doubt; always soft."""
    column = tally.form.columns[0].code
    cells = (tally.area if scope == AREA else tally.own).get(agency_id, {})
    for rule in sorted(DOUBTS.keys() & cells.keys()):
        how_many = number(cells[rule])
        yield {
            "rule": rule,
            "level": "soft",
            "where": {"line": DOUBT_LINES[rule], "column": column},
            "left": how_many,
            "right": 0,
            "message": DOUBTS[rule].format(n=how_many),
        }
    for rule, agencies in (
        ("counted_lines_entered", tally.handed_in),
        ("opening_figures", tally.opening),
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


def narrative(form: Form, cells: Cells, before: Cells) -> dict[str, str]:
    """The chapters that the numbers can write; one with nothing to say is left out."""
    if form.lexicon is None:
        return {}
    facts = Facts(column=form.lexicon.column, cells=cells, before=before)
    told = {c.numeral: c.write(facts) for c in form.narrative}
    return {numeral: text for numeral, text in told.items() if text}


def document(
    form: Form, told: Mapping[str, Any], *, agency: str, banner: str = ""
) -> Document:
    """The report JSON laid out as printed."""
    return Document(
        title=form.title,
        subtitle=f"（{told['year']}年度）",
        agency=agency,
        grids=(line_by_line(form, told),),
        banner=banner,
    )


def line_by_line(form: Form, told: Mapping[str, Any]) -> Grid:
    """Label, unit, number: the annex of 2014 to 2018."""
    (column,) = form.columns
    return Grid(
        head=(
            tuple(
                Cell(role=Role.COLUMN_HEAD, text=text)
                for text in ("统计指标", "单位", column.label)
            ),
        ),
        body=tuple(
            printed(line, column, told["cells"].get(line.code, {}).get(column.code))
            for line in form.lines
        ),
        widths=(0.73, 0.09, 0.18),
    )


def printed(line: Line, column: Column, value: int | float | None) -> tuple[Cell, ...]:
    role = Role.CHAPTER if line.depth == 0 else Role.LABEL
    shown = Decimal(str(value)) if isinstance(value, float) else value
    return (
        Cell(role=role, text=line.label, depth=line.depth),
        Cell(role=Role.UNIT, text=line.unit),
        Cell(role=Role.NUMBER, number=shown, at=(line.code, column.code)),
    )


def annual(
    *, year: int, code: str | None, form_key: str | None, scope: str, deps: Dependencies
) -> tuple[Form, dict[str, Any], str]:
    """(form, report JSON, the agency's name that year). NoSuchAgency, NoSuchForm."""
    form = deps.form(form_key) if form_key else deps.form_of(year)
    tally = count(form, year)
    agency_id = find_agency(tally, code)
    name = tally.tree.nodes[agency_id].name
    return form, report(tally, agency_id, scope), name


def banner_of(code: str) -> str:
    """What that agency's files say on every page: 演示数据, or nothing."""
    return Agency.objects.get(code=code).banner


def find_agency(tally: Tally, code: str | None) -> int:
    if code is not None:
        for node in tally.tree.nodes.values():
            if node.code == code:
                return node.agency_id
        raise NoSuchAgency(f"没有机关 {code} (no such agency)")
    roots = tally.tree.roots()
    if len(roots) == 1:
        return roots[0].agency_id
    listed = "、".join(
        f"{n.code} {n.name}" for n in sorted(roots, key=lambda n: n.code)
    )
    raise NoSuchAgency(
        f"有 {len(roots)} 个最上级机关，请用 --agency 指定：{listed or '（无）'}"
    )
