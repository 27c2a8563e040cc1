"""报告障碍清单: what stands between an agency and its report, each with the place where it is
mended. What refuses the report is `editions.blocking`; the rest would make it wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from reporting import facts
from reporting.dependencies import Dependencies
from reporting.models import Edition, Report
from reporting.rules import Cell
from reporting.services import collection, editions
from reporting.services.counting import NAMED
from reporting.services.editions import Which
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
    row: collection.Row | None = None
    chapter: str = ""  # of the text in which it stands


#: in the order in which they are told: what refuses the report first
KINDS = ("hard", "untold", "late", "requests", "soft", "blank", "below")
REFUSES = KINDS[:5]


def obstacles(which: Which, *, user, deps: Dependencies) -> list[Obstacle]:
    tally, content = editions.counted(which, deps)
    form = deps.form(which.form)
    agencies = editions.agencies_of(which, tally)
    found = [
        *hard(content),
        *(Obstacle(kind="untold", said=said) for said in editions.untold(content)),
        *unexplained(which, content, form, agencies),
        *blank(content, form),
        *below(which, user, deps),
    ]
    return sorted(found, key=lambda one: KINDS.index(one.kind))


def hard(content: dict[str, Any]) -> Iterator[Obstacle]:
    for finding in content["findings"]:
        if finding["level"] == "hard":
            yield told("hard", finding)


def unexplained(
    which: Which, content: dict[str, Any], form: Form, agencies: set[int]
) -> Iterator[Obstacle]:
    """Soft findings without a named person's explanation; those about requests name them."""
    naming = {doubt.rule: doubt for doubt in form.doubts if doubt.named}
    for finding in editions.unexplained(which, content):
        rule = finding["rule"]
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


def blank(content: dict[str, Any], form: Form) -> Iterator[Obstacle]:
    for line, column in form.cells:
        if content["cells"][line][column] is None:
            yield Obstacle(kind="blank", cell=(line, column))


def below(which: Which, user, deps: Dependencies) -> Iterator[Obstacle]:
    """Reports owed from below that were not handed up, or sent back."""
    if which.scope != AREA:
        return
    rows = collection.board(which.year, user=user, deps=deps, form_key=which.form)
    for row in rows:
        waiting = row.edition is None or row.edition.state == Edition.State.RETURNED
        under = row.agency.path.startswith(which.agency.path)
        if waiting and under and row.agency.pk != which.agency.pk:
            yield Obstacle(kind="below", row=row)


def told(kind: str, finding: dict[str, Any], **also: Any) -> Obstacle:
    where = finding["where"]
    at = (where["line"], where["column"]) if where["line"] else None
    said = heard(finding["message"])
    chapter = where.get("chapter", "")
    return Obstacle(
        kind=kind, said=said, rule=finding["rule"], cell=at, chapter=chapter, **also
    )
