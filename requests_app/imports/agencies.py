"""机关: code, name, place in the tree. A known agency that differs is changed as of today."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.imports import outcome as outcomes
from requests_app.imports.columns import AGENCIES, Fault
from requests_app.models import Agency
from requests_app.services.agencies import place

Rows = dict[str, tuple[int, dict[str, Any]]]  # code → (line, row)


def import_agencies(
    path: Path, *, deps: Dependencies, tick: Callable[[], object] = lambda: None
) -> outcomes.Outcome:
    """In the caller's transaction. Parents may stand after their children."""
    told = outcomes.Outcome()
    rows: Rows = {}
    for line, row in outcomes.rows(path, AGENCIES, told, tick):
        if row["code"] in rows:
            first = rows[row["code"]][0]
            told.rejected.append(
                Fault(line, "code", row["code"], f"第 {first} 行已有此机关 (twice)")
            )
        else:
            rows[row["code"]] = line, row
    known = {a.code: a for a in Agency.objects.select_related("parent", "reports_to")}
    told.rejected += unknown_superiors(rows, known)
    if not told.rejected:
        for code in parents_first(rows, told):
            write(code, rows, known, told, deps)
    return told


def unknown_superiors(rows: Rows, known: dict[str, Agency]) -> list[Fault]:
    return [
        Fault(line, column, row[column], "没有此机关代码 (no such agency)")
        for line, row in rows.values()
        for column in ("parent", "reports_to")
        if row.get(column) and row[column] not in rows and row[column] not in known
    ]


def parents_first(rows: Rows, told: outcomes.Outcome) -> list[str]:
    ordered: dict[str, None] = {}

    def visit(code: str, below: tuple[str, ...]) -> None:
        if code not in rows or code in ordered:
            return
        line, row = rows[code]
        if code in below:
            told.rejected.append(
                Fault(line, "parent", row["parent"], "隶属或报送关系成环 (a circle)")
            )
            return
        for superior in (row.get("parent"), row.get("reports_to")):
            if superior:
                visit(superior, (*below, code))
        ordered[code] = None

    for code in rows:
        visit(code, ())
    return list(ordered)


def write(
    code: str,
    rows: Rows,
    known: dict[str, Agency],
    told: outcomes.Outcome,
    deps: Dependencies,
) -> None:
    line, row = rows[code]
    agency = known.get(code) or Agency(code=code)
    before = facts(agency) if agency.pk else None
    agency.name, agency.kind = row["name"], row["kind"]
    agency.level = row.get("level") or agency.level
    if "parent" in row:
        agency.parent = known.get(row["parent"] or "")
    if "reports_to" in row:
        agency.reports_to = known.get(row["reports_to"] or "")
    if before == facts(agency):
        told.unchanged += 1
        return
    try:
        place(agency, on=deps.clock.today() if before else None)
    except NotAllowed as error:
        told.rejected.append(Fault(line, "parent", row.get("parent"), error.message))
        return
    known[code] = agency
    if before is None:
        told.created += 1
    else:
        told.updated += 1


def facts(agency: Agency) -> tuple:
    return (
        agency.name,
        agency.kind,
        agency.level,
        agency.parent_id,
        agency.reports_to_id,
    )
