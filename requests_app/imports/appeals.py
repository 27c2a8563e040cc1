"""行政复议与诉讼台账: cases, with or without the request that they arose from."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import FIRST_DAY
from requests_app.domain.vocabulary import AppealResult
from requests_app.imports import outcome as outcomes
from requests_app.imports.columns import APPEALS, Fault
from requests_app.models import Agency, Appeal, DisclosureRequest

PLAIN = (
    "case_number",
    "procedure",
    "filed_on",
    "decided_on",
    "result",
    "first_instance_case_number",
)


def import_appeals(
    path: Path, *, deps: Dependencies, tick: Callable[[], object] = lambda: None
) -> outcomes.Outcome:
    """In the caller's transaction, which it must roll back when anything is rejected."""
    told = outcomes.Outcome()
    agencies = {a.code: a for a in Agency.objects.all()}
    seen: dict[tuple, int] = {}
    alike: Counter[str] = Counter()
    for line, row in outcomes.rows(path, APPEALS, told, tick):
        faults = list(impossible(line, row, agencies, deps))
        key = (row["agency"], row["procedure"], row.get("case_number"))
        if row.get("case_number"):
            if key in seen:
                message = f"第 {seen[key]} 行已有此案号 (twice in the file)"
                faults.append(Fault(line, "case_number", row["case_number"], message))
            seen.setdefault(key, line)
        else:
            row["import_key"] = identity(row, alike)
        told.rejected += faults
        if not faults:
            write(line, row, agencies[row["agency"]], told)
    return told


def identity(row: dict[str, Any], alike: Counter[str]) -> str:
    """All other columns, and which of the equal rows of the file it is."""
    told = json.dumps([f"{c}={row[c]}" for c in sorted(row) if row[c] is not None])
    alike[told] += 1
    return hashlib.sha256(f"{told}{alike[told]}".encode()).hexdigest()


def impossible(
    line: int, row: dict[str, Any], agencies: dict[str, Agency], deps: Dependencies
) -> Iterator[Fault]:
    def fault(column: str, message: str) -> Fault:
        value = row.get(column)
        return Fault(line, column, None if value is None else str(value), message)

    today = deps.clock.today()
    if row["agency"] not in agencies:
        yield fault("agency", "没有此机关代码 (no such agency)")
    for column in ("filed_on", "decided_on"):
        if (on := row.get(column)) is not None:
            if on > today:
                yield fault(column, f"在今天（{today}）之后 (after today)")
            elif on < FIRST_DAY:
                yield fault(column, f"早于 {FIRST_DAY} (before the Regulations)")
    decided = row.get("decided_on")
    if decided is not None and decided < row["filed_on"]:
        yield fault(
            "decided_on", f"早于受理日期 {row['filed_on']} (before it was filed)"
        )
    if (row["result"] == AppealResult.PENDING) != (decided is None):
        yield fault("result", "未审结与没有审结日期应一致 (pending, and no decided_on)")
    if row.get("request_number") and row["agency"] in agencies:
        found = DisclosureRequest.objects.filter(
            agency=agencies[row["agency"]], number=row["request_number"]
        )
        if not found.exists():
            yield fault("request_number", "该机关没有此登记编号 (no such request)")


def write(
    line: int, row: dict[str, Any], agency: Agency, told: outcomes.Outcome
) -> None:
    values = {name: row.get(name) or "" for name in PLAIN if not name.endswith("_on")}
    values |= {"filed_on": row["filed_on"], "decided_on": row.get("decided_on")}
    number = row.get("request_number")
    if number:
        values["disclosure_request"] = DisclosureRequest.objects.get(
            agency=agency, number=number
        )
    before = recorded(row, agency)
    if before is None:
        Appeal.objects.create(agency=agency, import_key=row.get("import_key"), **values)
        told.created += 1
        return
    changed, faults = differences(line, before, values)
    told.rejected += faults
    if changed and not faults:
        for name, value in changed.items():
            setattr(before, name, value)
        before.save()
        told.updated += 1
    elif not faults:
        told.unchanged += 1


def recorded(row: dict[str, Any], agency: Agency) -> Appeal | None:
    if row.get("import_key"):
        return Appeal.objects.filter(import_key=row["import_key"]).first()
    return Appeal.objects.filter(
        agency=agency, procedure=row["procedure"], case_number=row["case_number"]
    ).first()


def differences(
    line: int, before: Appeal, values: dict[str, Any]
) -> tuple[dict[str, Any], list[Fault]]:
    """What the row fills, and what it contradicts. `pending` is an empty result."""
    empty = (None, "", AppealResult.PENDING)
    changed, faults = {}, []
    for name, value in values.items():
        known = getattr(before, name)
        if value == known or value in (None, "", AppealResult.PENDING):
            continue
        if known in empty:
            changed[name] = value
        else:
            message = f"与已记录的“{known}”不一致 (already recorded: {known})"
            faults.append(Fault(line, name, str(value), message))
    return changed, faults
