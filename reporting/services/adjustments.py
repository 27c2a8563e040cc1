"""What has changed since a report was signed: the list a correction is made from, and what
one edition corrects in the one before."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from reporting.facts import Fact
from reporting.models import Edition, Report
from reporting.services import freezing
from reporting.services.basis import basis
from reporting.services.editions import differing
from reporting.services.freezing import READ
from reporting.services.handing_up import ABOUT
from reporting.services.tree import tree_on
from reporting.tables import Form
from requests_app.models.agencies import Agency

Told = dict[str, Any] | None
CELL = ("agency", "line", "column", "origin")  # by which a figure is known again


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """One request or appeal that is told otherwise; `was` or `now` is None where it was
    not, or is no longer, on the year's books."""

    source: str
    key: int
    was: Told
    now: Told


@dataclass(frozen=True, kw_only=True)
class FigureAdjustment:
    """One entered figure; of what it is now, who entered it when."""

    agency: str
    line: str
    column: str
    origin: str
    was: str | None
    now: str | None
    entered_by: str | None
    entered_at: str | None


def adjustments(edition: Edition) -> Iterator[Adjustment]:
    """What the books tell otherwise today."""
    agencies = agencies_in(edition)
    for source, read in READ.items():
        yield from changed(edition, source, read(edition.year, agencies))


def figures_since(edition: Edition, form: Form) -> list[FigureAdjustment]:
    """What was entered, or reported by others, otherwise since."""
    tree = tree_on(date(edition.year, 12, 31))
    now = basis(form, edition.year, tree, edition.agency_id, edition.scope)
    theirs: set[int] = set()
    for other in now.standing:
        if other.is_taken_in:
            whole = other.scope == Report.Scope.AREA
            theirs |= tree.area(other.agency_id) if whole else {other.agency_id}
    ours = freezing.figures(edition.year, form, agencies_in(edition) - theirs)
    reported = [f for o in now.standing for f in o.entered if f["origin"] == ABOUT]
    return list(figures_changed(edition.entered, ours + reported))


def correction(before: Edition, after: Edition) -> dict[str, list[Any]]:
    """What `after` corrects, as it is kept with it: cells, figures, facts."""
    facts = (
        found
        for source in READ
        for found in changed(before, source, freezing.of_edition(after, source))
    )
    return {
        "cells": [list(cell) for cell in differing(before.content, after.content)],
        "figures": [asdict(f) for f in figures_changed(before.entered, after.entered)],
        "facts": [asdict(fact) for fact in facts],
    }


def changed(edition: Edition, source: Any, now: Iterable[Fact]) -> Iterator[Adjustment]:
    """What the edition froze against the facts `now`."""
    frozen = {
        fact.key: told(fact.dimensions, fact.fee)
        for fact in freezing.of_edition(edition, source)
    }
    for fact in now:
        was, is_ = frozen.pop(fact.key, None), told(fact.dimensions, fact.fee)
        if was != is_:
            yield Adjustment(source=source, key=fact.key, was=was, now=is_)
    for key, was in sorted(frozen.items()):
        yield Adjustment(source=source, key=key, was=was, now=None)


def figures_changed(
    was: Iterable[dict[str, Any]], now: Iterable[dict[str, Any]]
) -> Iterator[FigureAdjustment]:
    before, after = known_by_cell(was), known_by_cell(now)
    for cell in sorted(before.keys() | after.keys()):
        old, new = before.get(cell, {}), after.get(cell, {})
        if old.get("value") != new.get("value"):
            yield FigureAdjustment(
                **dict(zip(CELL, cell, strict=True)),
                was=old.get("value"),
                now=new.get("value"),
                entered_by=new.get("entered_by"),
                entered_at=new.get("entered_at"),
            )


def known_by_cell(figures: Iterable[dict[str, Any]]) -> dict[tuple, dict[str, Any]]:
    return {tuple(figure[name] for name in CELL): figure for figure in figures}


def agencies_in(edition: Edition) -> set[int]:
    codes = [code for code, _name in edition.agencies]
    return set(Agency.objects.filter(code__in=codes).values_list("pk", flat=True))


def told(dimensions: dict[str, str], fee) -> dict[str, Any]:
    return {**dimensions, "fee": None if fee is None else str(fee)}
