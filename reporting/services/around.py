"""What a report's pictures draw beside its own cells: the years before and the agencies
below, as signed where they are, else as drafted; kept with what is handed up."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.models import Edition, Report
from reporting.narrative.lexicon import terms
from reporting.services.tree import Tree, tree_on
from reporting.tables import Form

YEARS = 8
OWN, AREA = Report.Scope.OWN, Report.Scope.AREA
KEPT = "pictures"  # its key in an edition's content
Cell = tuple[str, str]
Cells = Mapping[str, Mapping[str, Any]]
At = tuple[str, int]  # "opened" and a draft's key, or "cell" and an edition's
NOWHERE: At = ("", 0)


class Drawn(NamedTuple):
    """Of whom and of when."""

    agency_id: int
    year: int
    scope: str


class Told(NamedTuple):
    """The cells of another report that a picture draws; `at`: what opens them."""

    name: str  # a year or an agency
    form: str
    cells: Cells
    at: At = NOWHERE


class Around(NamedTuple):
    years: tuple[Told, ...]
    below: tuple[Told, ...]


def around(whose: Drawn, form: Form, deps: Dependencies) -> Around:
    below = of_those_below(whose, form) if whose.scope == AREA else ()
    return Around(tuple(of_years(whose, deps)), tuple(below))


def as_json(found: Around) -> dict[str, Any]:
    return {
        part: [{"name": t.name, "form": t.form, "cells": t.cells} for t in told]
        for part, told in found._asdict().items()
    }


def kept(content: Mapping[str, Any]) -> Around | None:
    """As they were when it was handed up; None of a draft."""
    if KEPT not in content:
        return None
    return Around(
        **{
            part: tuple(Told(**told) for told in found)
            for part, found in content[KEPT].items()
        }
    )


def of_years(whose: Drawn, deps: Dependencies) -> Iterable[Told]:
    """Each year by the form of its own report."""
    which = {
        "agency": whose.agency_id,
        "scope": whose.scope,
        "year__gt": whose.year - YEARS,
        "year__lt": whose.year,
    }
    drafts = Report.objects.filter(**which).order_by("form")
    signed = Edition.objects.filter(**which).in_force().order_by("number")
    found: dict[int, tuple[Form, Report | Edition]] = {}
    for rows in (drafts, signed):
        known_ = [(known(row.form, deps), row) for row in rows]
        some = [(form, row) for form, row in known_ if form]
        some.sort(key=lambda pair: pair[1].year in pair[0].years)
        found |= {row.year: (form, row) for form, row in some}
    for year, (form, row) in sorted(found.items()):
        drawn = cells_of(form, over_years=True)
        yield Told(str(year), form.key, of(row.content, drawn), at(row))


def of_those_below(whose: Drawn, form: Form) -> Iterable[Told]:
    """As they stood below on 31 December and stand in the sum; of one with nobody below
    it, its own report is that of its area."""
    tree = tree_on(date(whose.year, 12, 31))
    which = {
        "agency__in": tree.directly_below(whose.agency_id),
        "year": whose.year,
        "form": form.key,
    }
    found: dict[int, Report | Edition] = {
        row.agency_id: row for row in Report.objects.filter(**which, scope=AREA)
    }
    stands = Edition.objects.filter(**which).stand().order_by("number")
    found |= {row.agency_id: row for row in stands if is_whole(row, tree)}
    drawn = cells_of(form, below=True)
    for agency_id, row in sorted(found.items()):
        name = tree.nodes[agency_id].name
        yield Told(name, form.key, of(row.content, drawn), at(row))


def is_whole(edition: Edition, tree: Tree) -> bool:
    return edition.scope == AREA or not tree.directly_below(edition.agency_id)


def cells_of(form: Form, *, over_years: bool = False, below: bool = False) -> set[Cell]:
    return {
        cell_of(form, written)
        for picture in form.pictures
        if (over_years and picture.over_years) or (below and picture.below)
        for _name, written in picture.marks
    }


def of(content: Mapping[str, Any], drawn: Collection[Cell]) -> Cells:
    told: dict[str, dict[str, Any]] = {}
    for line, column in sorted(drawn):
        number = content["cells"].get(line, {}).get(column)
        told.setdefault(line, {})[column] = number
    return told


def at(row: Report | Edition) -> At:
    return ("cell" if isinstance(row, Edition) else "opened"), row.pk


def cell_of(form: Form, written: str) -> Cell:
    (cell,) = terms(written, form.lexicon.column if form.lexicon else "")
    return cell


def known(key: str, deps: Dependencies) -> Form | None:
    try:
        return deps.form(key)
    except NoSuchForm:
        return None
