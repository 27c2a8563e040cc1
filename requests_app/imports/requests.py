"""申请台账: a ledger of requests, new or known, row by row, in batches."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import reset_queries

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.imports import ledger
from requests_app.imports import outcome as outcomes
from requests_app.imports.columns import REQUESTS, Fault
from requests_app.models import Agency, Applicant, DisclosureRequest, Wording
from requests_app.services.history import History, add_history, record_history

BATCH = 500
Line = tuple[int, dict[str, Any]]


def import_requests(
    path: Path, *, by, deps: Dependencies, tick: Callable[[], object] = lambda: None
) -> outcomes.Outcome:
    """In the caller's transaction, which it must roll back when anything is rejected."""
    told = outcomes.Outcome()
    agencies = {a.code: a for a in Agency.objects.all()}
    raise_counters(path, agencies, deps)
    rows = outcomes.rows(path, REQUESTS, told, tick)
    good = checked(rows, agencies, told, deps)
    while batch := list(islice(good, BATCH)):
        write(batch, agencies, told, by=by, deps=deps)
        reset_queries()  # with DEBUG on, Django keeps every statement in memory
    return told


def raise_counters(path: Path, agencies: dict[str, Agency], deps: Dependencies) -> None:
    """Numbers given from now on go on after every number written in the file."""
    highest: Counter[tuple[str, int]] = Counter()
    for _, row in outcomes.rows(path, REQUESTS, outcomes.Outcome()):
        agency = agencies.get(row["agency"])
        if agency and (number := row.get("number")):
            year, serial = ledger.read_number(number, agency.number_pattern) or (0, 0)
            highest[agency.code, year] = max(highest[agency.code, year], serial)
    for (code, year), serial in sorted(highest.items()):
        if serial:
            deps.numbers.raise_to(agencies[code].pk, "number", year, serial)


def checked(
    rows: Iterable[Line],
    agencies: dict[str, Agency],
    told: outcomes.Outcome,
    deps: Dependencies,
) -> Iterator[Line]:
    """Rows that can be true and stand once in the file, with their identity."""
    seen: dict[bytes, int] = {}
    alike: Counter[bytes] = Counter()
    today = deps.clock.today()
    for line, row in rows:
        faults = list(ledger.impossible(line, row, today))
        if row["agency"] not in agencies:
            faults.append(
                Fault(line, "agency", row["agency"], "没有此机关代码 (no such agency)")
            )
        if row.get("number"):
            key = digest(row["agency"], row["number"])
            if key in seen:
                message = f"第 {seen[key]} 行已有此登记编号 (twice in the file)"
                faults.append(Fault(line, "number", row["number"], message))
            seen.setdefault(key, line)
        else:
            key = digest(*(f"{c}={row[c]}" for c in sorted(row) if row[c] is not None))
            alike[key] += 1
            row["import_key"] = hashlib.sha256(
                key + str(alike[key]).encode()
            ).hexdigest()
        told.rejected += faults
        if not faults:
            yield line, row


def digest(*parts: str) -> bytes:
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def write(
    batch: list[Line],
    agencies: dict[str, Agency],
    told: outcomes.Outcome,
    *,
    by,
    deps: Dependencies,
) -> None:
    known = recorded(batch, agencies)
    new: list[tuple[int, History]] = []
    for line, row in batch:
        agency = agencies[row["agency"]]
        before = known.get(row.get("import_key") or (agency.pk, row["number"]))
        if before is None:
            new.append((line, history(row, agency)))
        else:
            compare(line, row, before, told, by=by, deps=deps)
    for line, made in created(new, told, by=by, deps=deps):
        told.created += 1
        note(line, made, told)


def recorded(
    batch: list[Line], agencies: dict[str, Agency]
) -> dict[Any, DisclosureRequest]:
    """Known requests by import key, or by (agency, number)."""
    requests = DisclosureRequest.objects.select_related("applicant", "wording")
    numbers = [row["number"] for _, row in batch if row.get("number")]
    keys = [row["import_key"] for _, row in batch if row.get("import_key")]
    ids = {agencies[row["agency"]].pk for _, row in batch}
    found: dict[Any, DisclosureRequest] = {
        (r.agency_id, r.number): r
        for r in requests.filter(agency__in=ids, number__in=numbers)
    }
    return found | {r.import_key: r for r in requests.filter(import_key__in=keys)}


def history(row: dict[str, Any], agency: Agency) -> History:
    number = row.get("number") or ""
    year, serial = ledger.read_number(number, agency.number_pattern) or (
        row["received_on"].year,
        None,
    )
    return History(
        agency=agency,
        events=ledger.events(row),
        number=number,
        serial=serial,
        number_year=year,
        import_key=row.get("import_key"),
        applicant_name=row.get("applicant_name") or "",
        subject=row.get("subject") or "",
        **{name: row.get(name) or "" for name in ledger.TEXTS},
    )


def created(
    new: list[tuple[int, History]], told: outcomes.Outcome, *, by, deps: Dependencies
) -> Iterator[tuple[int, DisclosureRequest]]:
    """All at once; where one cannot be, each alone, so that every fault is named."""
    try:
        made = record_history([row for _, row in new], by=by, deps=deps)
        yield from zip((line for line, _ in new), made, strict=True)
    except NotAllowed:
        for line, row in new:
            try:
                yield line, record_history([row], by=by, deps=deps)[0]
            except NotAllowed as error:
                told.rejected.append(Fault(line, None, None, error.message))


def compare(
    line: int,
    row: dict[str, Any],
    request: DisclosureRequest,
    told: outcomes.Outcome,
    *,
    by,
    deps: Dependencies,
) -> None:
    known = ledger.as_row(request)
    row = {column: value for column, value in row.items() if column != "import_key"}
    faults = list(ledger.contradictions(line, known, row))
    told.rejected += faults
    filled = ledger.filling(known, row)
    if faults:
        return
    if not filled:
        told.unchanged += 1
        return
    try:
        fill(request, known, filled, by=by, deps=deps)
    except NotAllowed as error:
        told.rejected.append(Fault(line, None, None, error.message))
        return
    told.updated += 1
    note(line, request, told)


def fill(request, known, filled: dict[str, Any], *, by, deps: Dependencies) -> None:
    """Record what the row adds: further events, further particulars."""
    whole = known | filled
    before = set(ledger.events(known))
    further = [e for e in ledger.events(whole) if e not in before]
    for name in ledger.TEXTS:
        if name in filled:
            setattr(request, name, filled[name])
    if name := filled.get("applicant_name"):
        request.applicant = request.applicant or Applicant.objects.create()
        Applicant.objects.filter(pk=request.applicant.pk).update(name=name)
    if subject := filled.get("subject"):
        Wording.objects.filter(pk=request.pk).update(subject=subject)
    if further:
        add_history(request, further, by=by, deps=deps)
    else:
        request.save()


def note(line: int, request: DisclosureRequest, told: outcomes.Outcome) -> None:
    for found in request.findings:
        told.findings.append({"line": line, "number": request.number, **found})
