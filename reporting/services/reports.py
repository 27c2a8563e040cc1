"""One agency's report out of a tally: the JSON of INTERFACES §4."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from reporting.dependencies import Dependencies
from reporting.layout import document as document
from reporting.models import Edition, Report
from reporting.narrative.placeholders import GENERATED, resolve
from reporting.narrative.prose import Facts
from reporting.period import Span, period
from reporting.rules import Broken, Cell, Cells, Number
from reporting.services import freezing
from reporting.services.counting import Tally, count
from reporting.services.findings import as_finding, doubted, number, opening_missing
from reporting.services.last_year import (
    NO_OPENING,
    NOTHING,
    Brought,
    Kept,
    LastYear,
    at_hand,
    brought,
)
from reporting.services.text_findings import doubts, of_the_text
from reporting.services.texts import Texts, texts_of
from reporting.tables import Form
from requests_app.models.agencies import Agency

AREA, OWN = Report.Scope.AREA, Report.Scope.OWN


class NoSuchAgency(LookupError):
    """No agency of that code, or none named where there are several roots."""


def report(
    tally: Tally,
    agency_id: int,
    scope: str,
    kept: Kept | None = None,
    texts: Texts | None = None,
) -> dict[str, Any]:
    """The report JSON: every data line, counted cells 0 when nothing, blanks null. `kept`,
    `texts`: last year's reports and what the offices wrote, where the caller has read them
    for many agencies."""
    form = tally.form
    whole_year = tally.period.is_whole_year
    if kept is None:
        kept = at_hand(form, tally.year, [agency_id]) if whole_year else {}
    if texts is None:
        texts = texts_of(form, tally.year, [agency_id]) if whole_year else {}
    before = kept.get((agency_id, str(scope)), NOTHING)
    opening = (
        NO_OPENING
        if before.stands or not whole_year
        else brought(tally, agency_id, scope)
    )
    facts = facts_of(tally, agency_id, scope, kept)
    typed = texts.get((agency_id, str(scope)), {})
    written = narrative(form, facts, typed) if whole_year else {}
    node = tally.tree.nodes[agency_id]
    read = doubts(form, tally.year, facts, written, node.name) if typed else {}
    told = {
        "agency": node.code,
        "year": tally.year,
        "form": form.key,
        "scope": str(scope),
        "cells": as_json(form, filled(form, counted_of(tally, agency_id, scope))),
        "findings": [
            *broken(tally, agency_id, scope, before, opening),
            *doubted(tally, agency_id, scope),
            *opening_missing(tally, opening),
            *of_the_text(form, read),
        ],
        "narrative": written,
    }
    if not whole_year:
        told |= {"from": str(tally.period.start), "to": str(tally.period.end)}
    if form.chosen:
        told["outcome_lines"] = dict(form.chosen)
    return told


def broken(
    tally: Tally, agency_id: int, scope: str, before: LastYear, opening: Brought
) -> Iterator[dict[str, Any]]:
    """The rules that do not hold in its cells, those beside them and last year's."""
    form, counted = tally.form, counted_of(tally, agency_id, scope)
    memo = {
        cell: counted.get(cell, 0) for cell in form.known.keys() - form.cells.keys()
    }
    cells = {**filled(form, counted), **memo}
    stands = before.stands or opening.cells
    merged = bool(
        scope == AREA and before.codes and before.codes != codes_of(tally, agency_id)
    )
    whole_year = tally.period.is_whole_year
    told = list(form.broken(cells, stands, whole_year=whole_year))
    held = [one for one in told if one.rule.two_years and not merged]
    still: Collection[tuple[str, str, str]] = ()
    if held and before.stands:
        now = {**stands, **counted_again(tally, agency_id, scope, stands)}
        still = {place(one) for one in form.broken(cells, now, whole_year=whole_year)}
    for one in told:
        since = bool(before.stands) and one in held and place(one) not in still
        yield as_finding(one, merged, since)


def place(found: Broken) -> tuple[str, str, str]:
    return found.rule.id, found.line, found.column


def counted_again(
    tally: Tally, agency_id: int, scope: str, stands: Cells
) -> dict[Cell, Number]:
    """Last year's cells as its books say now, where it was the books of then, frozen with
    the report, that said what stands: between the two lie its adjustments."""
    form, year = tally.form, tally.year - 1
    which = {"agency": agency_id, "year": year, "form": form.key, "scope": scope}
    edition = Edition.objects.filter(**which).stand().order_by("number").last()
    if edition is None:
        return {}
    frozen = freezing.recount(edition, form)
    then = count(form, year, tally.tree.nodes[agency_id].code)
    cells = counted_of(then, agency_id, scope)
    said = [cell for cell, number in stands.items() if frozen.get(cell, 0) == number]
    return {cell: cells.get(cell, 0) for cell in said if form.source(cell) != "entered"}


def codes_of(tally: Tally, agency_id: int) -> frozenset[str]:
    nodes = tally.tree.nodes
    return frozenset(nodes[below].code for below in tally.tree.area(agency_id))


def counted_of(tally: Tally, agency_id: int, scope: str) -> Mapping[Any, Number]:
    return (tally.area if scope == AREA else tally.own).get(agency_id, {})


def facts_of(
    tally: Tally, agency_id: int, scope: str, kept: Kept | None = None
) -> Facts:
    """What the prose of that report may tell."""
    form = tally.form
    if kept is None:
        kept = at_hand(form, tally.year, [agency_id])
    counted = counted_of(tally, agency_id, scope)
    return Facts(
        column=form.lexicon.column if form.lexicon else "",
        cells={**filled(form, counted), **fees(form, counted)},
        before=kept.get((agency_id, str(scope)), NOTHING).cells,
    )


def filled(form: Form, counted: Mapping[Cell, Number]) -> dict[Cell, Number | None]:
    return {
        cell: counted.get(cell, None if form.source(cell) == "entered" else 0)
        for cell in form.cells
    }


def as_json(form: Form, cells: Cells) -> dict[str, dict[str, int | float | None]]:
    return {
        line.code: {
            column.code: number(cells[line.code, column.code])
            for column in form.columns_of(line.code)
        }
        for line in form.data_lines()
    }


def fees(form: Form, counted: Mapping[Any, Number]) -> dict[Cell, Number]:
    """Fees that have no line: the prose tells them."""
    if form.lexicon is None:
        return {}
    return {
        (doubt.id, form.lexicon.column): counted.get(doubt.id, 0)
        for doubt in form.doubts
        if doubt.measure == "fee"
    }


def narrative(form: Form, facts: Facts, texts: Mapping[str, str]) -> dict[str, str]:
    """The chapters in order: what the office wrote, else what the numbers write; one with
    nothing to say is left out."""
    told = {
        chapter.numeral: resolve(
            texts.get(chapter.numeral, f"{{{GENERATED}}}"),
            facts,
            chapter.write(facts),
        )
        for chapter in form.narrative
        if not chapter.is_table
    }
    return {numeral: text for numeral, text in told.items() if text}


def annual(
    *,
    year: Span,
    code: str | None,
    form_key: str | None,
    scope: str,
    deps: Dependencies,
) -> tuple[Form, dict[str, Any], str]:
    """(form, report JSON, the agency's name then). NoSuchAgency, NoSuchForm."""
    form = deps.form(form_key) if form_key else deps.form_of(period(year).year)
    tally = count(form, year, code)
    agency_id = find_agency(tally, code)
    name = tally.tree.nodes[agency_id].name
    return form, report(tally, agency_id, scope), name


def banner_of(code: str) -> str:
    """What that agency's files say on every page: 演示数据, or nothing."""
    return Agency.objects.get(code=code).banner


def find_agency(tally: Tally, code: str | None) -> int:
    if code is not None:
        if node := tally.tree.coded(code):
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
