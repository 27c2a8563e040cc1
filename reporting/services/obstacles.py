"""报告障碍清单: what stands between an agency and its report, each with the place where it is
mended. What refuses the report is `editions.blocking`; the rest would make it wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from reporting import facts
from reporting.dependencies import Dependencies
from reporting.models import Edition, Report
from reporting.rules import Cell
from reporting.services import collection, editions
from reporting.services.counting import NAMED, Tally
from reporting.services.editions import Which
from reporting.services.findings import OPENING_MISSING
from reporting.services.last_year import brought
from reporting.services.tree import tree_on
from reporting.tables import Form
from requests_app.models.language import heard

LATE = "late_among_extended"  # 逾期办结 printed under 延期办结
AREA = Report.Scope.AREA


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """`kind` is one of KINDS; `said` in the reader's language; the rest says where."""

    kind: str
    said: str = ""
    rule: str = ""
    cell: Cell | None = None
    requests: tuple[tuple[int, str], ...] = ()  # key and reference
    appeals: tuple[tuple[int, str], ...] = ()  # key and case number
    agencies: tuple[tuple[int, str], ...] = ()  # key and name
    row: collection.Row | None = None
    chapter: str = ""  # of the text in which it stands


#: in the order in which they are told: what refuses the report first
KINDS = (
    "hard",
    "untold",
    "late",
    "requests",
    "opening",
    "soft",
    "orders",
    "chapter",
    "blank",
    "below",
)
REFUSES = KINDS[:6]


def obstacles(which: Which, *, user, deps: Dependencies) -> list[Obstacle]:
    tally, content = editions.counted(which, deps)
    form = deps.form(which.form)
    agencies = editions.agencies_of(which, tally)
    found = [
        *hard(content),
        *(Obstacle(kind="untold", said=said) for said in editions.untold(content)),
        *unexplained(which, content, tally),
        *orders(which, agencies),
        *unwritten(content, form),
        *blank(content, form),
        *below(which, user, deps),
    ]
    return sorted(found, key=lambda one: KINDS.index(one.kind))


def hard(content: dict[str, Any]) -> Iterator[Obstacle]:
    for finding in content["findings"]:
        if finding["level"] == "hard":
            yield told("hard", finding)


def unexplained(
    which: Which, content: dict[str, Any], tally: Tally
) -> Iterator[Obstacle]:
    """Soft findings without a named person's explanation; those about requests or agencies
    name them."""
    naming = {doubt.rule: doubt for doubt in tally.form.doubts if doubt.named}
    agencies = editions.agencies_of(which, tally)
    for finding in editions.unexplained(which, content):
        rule = finding["rule"]
        if rule == OPENING_MISSING:
            yield told("opening", finding, agencies=lacking(which, tally))
            continue
        if rule not in naming:
            yield told("late" if rule == LATE else "soft", finding)
            continue
        doubt = naming[rule]
        rows = facts.concerned(doubt.source, doubt.counts, which.year, agencies)
        cases = tuple((key, name) for _agency, key, name in islice(rows, NAMED))
        if doubt.source == "requests":
            yield told("requests", finding, requests=cases)
        else:
            yield told("soft", finding, appeals=cases)


def unwritten(content: dict[str, Any], form: Form) -> Iterator[Obstacle]:
    """Chapters of the form's outline that nobody wrote; signed, they say 无."""
    for chapter in form.narrative:
        if not chapter.is_table and chapter.numeral not in content["narrative"]:
            yield Obstacle(
                kind="chapter", rule="chapter_not_written", said=chapter.heading
            )


def lacking(which: Which, tally: Tally) -> tuple[tuple[int, str], ...]:
    missing = brought(tally, which.agency.pk, which.scope).lacking
    nodes = sorted((tally.tree.nodes[one] for one in missing), key=lambda n: n.code)
    return tuple((node.agency_id, node.name) for node in nodes[:NAMED])


def orders(which: Which, agencies: set[int]) -> Iterator[Obstacle]:
    """Corrected, and nobody has told whether a new answer is ordered: no number of the
    report depends on it, a day to perform may."""
    cases = tuple(facts.orders_untold(which.year, agencies))
    if cases:
        said = _("共 %(n)s 件") % {"n": len(cases)}
        yield Obstacle(kind="orders", said=said, appeals=cases[:NAMED])


def blank(content: dict[str, Any], form: Form) -> Iterator[Obstacle]:
    for line, column in form.cells:
        if content["cells"][line][column] is None:
            yield Obstacle(kind="blank", cell=(line, column))


def below(which: Which, user, deps: Dependencies) -> Iterator[Obstacle]:
    """Reports owed from below that were not handed up, or sent back."""
    if which.scope != AREA:
        return
    rows = collection.board(which.year, user=user, deps=deps, form_key=which.form)
    area = tree_on(date(which.year, 12, 31)).area(which.agency.pk)
    for row in rows:
        waiting = row.edition is None or row.edition.state == Edition.State.RETURNED
        if waiting and row.agency.pk in area and row.agency.pk != which.agency.pk:
            yield Obstacle(kind="below", row=row)


def told(kind: str, finding: dict[str, Any], **also: Any) -> Obstacle:
    where = finding["where"]
    at = (where["line"], where["column"]) if where["line"] else None
    said = heard(finding["message"])
    chapter = where.get("chapter", "")
    return Obstacle(
        kind=kind, said=said, rule=finding["rule"], cell=at, chapter=chapter, **also
    )
