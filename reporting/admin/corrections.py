"""更正: what an edition says otherwise than the one before, and what has changed since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from reporting import facts
from reporting.admin.pages import cells_in
from reporting.dependencies import Dependencies
from reporting.grid import plain
from reporting.models import Edition
from reporting.services import editions
from reporting.services.adjustments import adjustments, figures_since
from reporting.services.collection import exact
from reporting.tables import Form
from requests_app.models.agencies import Agency

SHOWN = 100


def corrections(edition: Edition, deps: Dependencies) -> dict[str, Any]:
    """What the page of an edition tells of it, each list as long as a page holds."""
    form = editions.form_of(edition, deps)
    told = editions.corrected(edition)
    since = list(adjustments(edition)) if edition.digest else []
    figures = map(asdict, figures_since(edition, form) if edition.digest else ())
    return {
        "corrects": told,
        "cells_corrected": list(cells(form, told.get("cells", ()))),
        "figures_corrected": list(named(form, told.get("figures", ()))),
        **shown("facts_corrected", told.get("facts", ())),
        **shown("adjustments", [asdict(one) for one in since]),
        "figures_since": list(named(form, figures)),
    }


def shown(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Each with what the office calls it: its registry number, its case number."""
    first = rows[:SHOWN]
    called = {
        source: facts.with_keys(source, keys_of(source, first)).in_bulk()
        for source in {row["source"] for row in first}
    }
    told = [
        {**row, "name": str(called[row["source"]].get(row["key"], row["key"]))}
        for row in first
    ]
    return {name: told, f"{name}_more": max(len(rows) - SHOWN, 0)}


def keys_of(source: str, rows: Iterable[Mapping[str, Any]]) -> list[int]:
    return [row["key"] for row in rows if row["source"] == source]


def cells(form: Form, differing: Iterable[Any]) -> Iterator[dict[str, Any]]:
    names = dict(cells_in(form))
    for line, column, was, now in differing:
        is_known = was is not None and now is not None
        yield {
            "name": names.get((line, column), f"{line} {column}"),
            "was": number(was),
            "now": number(now),
            "by": f"{exact(now) - exact(was):+}" if is_known else "—",
        }


def number(value: Any) -> str:
    return "—" if value is None else plain(exact(value))


def named(form: Form, figures: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """With what the cell and the agency are called."""
    names, found = dict(cells_in(form)), list(figures)[:SHOWN]
    codes = {figure["agency"] for figure in found}
    agencies = dict(Agency.objects.filter(code__in=codes).values_list("code", "name"))
    for figure in found:
        at = figure["line"], figure["column"]
        yield {
            **figure,
            "name": names.get(at, " ".join(at)),
            "agency_name": agencies.get(figure["agency"], figure["agency"]),
        }
