"""机关: code, name, place in the tree. A known agency that differs is changed as of today."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from requests_app.dependencies import Dependencies
from requests_app.imports import outcome as outcomes
from requests_app.imports.columns import AGENCIES, NONE, Headings
from requests_app.imports.faults import Fault
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.history import one_at_a_time

Rows = dict[str, tuple[int, dict[str, Any]]]  # code → (line, row)
Above = dict[str, str | None]  # code → the code above it
SUPERIORS = ("parent", "reports_to")


def import_agencies(
    path: Path,
    *,
    deps: Dependencies,
    tick: Callable[[], object] = lambda: None,
    headings: Headings = NONE,
) -> outcomes.Outcome:
    """In the caller's transaction. Parents may stand after their children."""
    one_at_a_time("import")
    told = outcomes.Outcome()
    rows: Rows = {}
    for line, row in outcomes.rows(path, AGENCIES, told, tick, headings):
        if row["code"] in rows:
            message = f"第 {rows[row['code']][0]} 行已有此机关，请删去一行 (twice)"
            told.rejected.append(Fault(line, "code", row["code"], message))
        else:
            rows[row["code"]] = line, row
    known = {a.code: a for a in Agency.objects.select_related(*SUPERIORS)}
    told.rejected += unknown_superiors(rows, known)
    told.rejected += circles(rows, known)
    told.rejected += dissolved(rows, known)
    if not told.rejected:
        write(rows, known, told, deps)
    return told


def unknown_superiors(rows: Rows, known: Mapping[str, Agency]) -> Iterator[Fault]:
    for line, row in rows.values():
        for column in SUPERIORS:
            code = row.get(column)
            if code and code not in rows and code not in known:
                yield outcomes.no_such_agency(line, code, column)


def circles(rows: Rows, known: Mapping[str, Agency]) -> Iterator[Fault]:
    """An agency above itself, in the tree or along the line that it reports up."""
    parents = above(rows, known, "parent")
    reporting = {
        c: r or parents[c] for c, r in above(rows, known, "reports_to").items()
    }
    for column, superior in zip(SUPERIORS, (parents, reporting), strict=True):
        for code in in_circles(superior) & rows.keys():
            line, row = rows[code]
            if row.get(column):
                message = "成环：该机关在自己之上，请核对 (a circle)"
                yield Fault(line, column, row[column], message)


def dissolved(rows: Rows, known: Mapping[str, Agency]) -> Iterator[Fault]:
    """What is dissolved keeps its last name and place."""
    for code, (line, row) in rows.items():
        agency = known.get(code)
        if agency is None or not agency.dissolved_on:
            continue
        parent = agency.parent.code if agency.parent else None
        if (row["name"], row.get("parent", parent) or None) != (agency.name, parent):
            message = (
                f"该机关已于 {agency.dissolved_on} 撤销，不再变更 (it is dissolved)"
            )
            yield Fault(line, "code", code, message)


def above(rows: Rows, known: Mapping[str, Agency], column: str) -> Above:
    """As the file would leave it."""
    stands: Above = {}
    for code, agency in known.items():
        superior = getattr(agency, column)
        stands[code] = superior.code if superior else None
    for code, (_, row) in rows.items():
        stands[code] = row[column] if column in row else stands.get(code)
    return stands


def in_circles(superior: Above) -> set[str]:
    found: set[str] = set()
    done: set[str] = set()
    for start in superior:
        way: dict[str, None] = {}
        code: str | None = start
        while code is not None and code not in done and code not in way:
            way[code] = None
            code = superior.get(code)
        if code in way:
            steps = list(way)
            found.update(steps[steps.index(code) :])
        done.update(way)
    return found


def write(
    rows: Rows, known: dict[str, Agency], told: outcomes.Outcome, deps: Dependencies
) -> None:
    """From the top down; whom an agency reports to may stand anywhere, so that comes
    last."""
    today = deps.clock.today()
    old = set(known)
    placed = set()
    for put in (put_in_its_place, put_on_its_line):
        for code in parents_first(rows):
            agency = known.setdefault(code, Agency(code=code))
            before = facts(agency)
            put(agency, rows[code][1], known)
            if before != facts(agency):
                place(agency, on=today if code in old else None)
                placed.add(code)
    told.created += len(placed - old)
    told.updated += len(placed & old)
    told.unchanged += len(rows) - len(placed)


def put_in_its_place(
    agency: Agency, row: Mapping[str, Any], known: Mapping[str, Agency]
) -> None:
    agency.name, agency.kind = row["name"], row["kind"]
    agency.level = row.get("level") or agency.level
    if "parent" in row:
        agency.parent = known.get(row["parent"] or "")


def put_on_its_line(
    agency: Agency, row: Mapping[str, Any], known: Mapping[str, Agency]
) -> None:
    """`reports_to` is empty where it equals the parent."""
    if "reports_to" in row:
        superior = known.get(row["reports_to"] or "")
        agency.reports_to = None if superior == agency.parent else superior


def parents_first(rows: Rows) -> list[str]:
    """There are no circles any more."""
    ordered: dict[str, None] = {}
    for start in rows:
        way = []
        code: str | None = start
        while code in rows and code not in ordered:
            way.append(code)
            code = rows[code][1].get("parent")
        ordered.update(dict.fromkeys(reversed(way)))
    return list(ordered)


def facts(agency: Agency) -> tuple:
    return (
        agency.name,
        agency.kind,
        agency.level,
        agency.parent_id,
        agency.reports_to_id,
    )
