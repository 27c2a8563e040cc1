"""申请台账: a ledger of requests, new or known, row by row, in batches."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.imports import ledger
from requests_app.imports import outcome as outcomes
from requests_app.imports.columns import NONE, REQUESTS, Headings
from requests_app.imports.comparing import Row, compared
from requests_app.imports.faults import Fault
from requests_app.imports.identity import Aside, Met, content, digest, key_of
from requests_app.models import Agency, Applicant, DisclosureRequest, Wording
from requests_app.services.history import (
    History,
    add_history,
    one_at_a_time,
    record_history,
)

Line = tuple[int, dict[str, Any]]
Agencies = dict[str, Agency]


def import_requests(
    path: Path,
    *,
    by,
    deps: Dependencies,
    tick: Callable[[], object] = lambda: None,
    headings: Headings = NONE,
) -> outcomes.Outcome:
    """In the caller's transaction, which it must roll back when anything is rejected.

    Rows without number wait until every number of the file is known: the numbers that
    they are given go on after those.
    """
    one_at_a_time("import")
    told = outcomes.Outcome()
    agencies = outcomes.agencies_for(by)
    rows = outcomes.rows(path, REQUESTS, told, tick, headings)
    with Met() as met, Aside() as unnumbered:
        good = identified(rows, agencies, met, told, deps.clock.today())
        for batch in outcomes.batches(numbered(good, unnumbered)):
            write(batch, agencies, told, by=by, deps=deps)
        for batch in outcomes.batches(unnumbered):
            write(batch, agencies, told, by=by, deps=deps)
    return told


def identified(
    rows: Iterable[Line],
    agencies: Agencies,
    met: Met,
    told: outcomes.Outcome,
    today: date,
) -> Iterator[Line]:
    """Rows of a known agency that stand once in the file."""
    for line, row in rows:
        faults = []
        number = row.get("number")
        said = digest(row["agency"], number) if number else content(row)
        first, times = met.again(said, line)
        if not number:
            row["import_key"] = key_of(said, times)
        elif times > 1:
            message = f"第 {first} 行已有此登记编号，请删去一行 (twice in the file)"
            faults.append(Fault(line, "number", number, message))
        if row["agency"] not in agencies:
            faults.append(outcomes.no_such_agency(line, row["agency"]))
        if faults:
            told.rejected += [*faults, *ledger.impossible(line, row, {}, today)]
        else:
            yield line, row


def numbered(rows: Iterable[Line], unnumbered: Aside) -> Iterator[Line]:
    """Those with a number; the others are put aside."""
    for line, row in rows:
        if row.get("number"):
            yield line, row
        else:
            unnumbered.put((line, row))


def write(
    batch: list[Line], agencies: Agencies, told: outcomes.Outcome, *, by, deps
) -> None:
    known = recorded(batch, agencies)
    today = deps.clock.today()
    new: list[tuple[int, History]] = []
    for line, row in batch:
        agency = agencies[row["agency"]]
        request = known.get(row.get("import_key") or (agency.pk, row["number"]))
        before = ledger.as_row(request) if request else {}
        filled, faults = compared(line, before, ledger.given(row))
        faults += ledger.impossible(line, row, before, today)
        told.rejected += faults
        if faults:
            continue
        if request is None:
            new.append((line, history(row, agency)))
        elif filled:
            fill_in(line, request, before, filled, told, by=by, deps=deps)
        else:
            told.unchanged += 1
    for line, made in created(new, told, by=by, deps=deps):
        told.created += 1
        note(line, made, told)


def recorded(batch: list[Line], agencies: Agencies) -> dict[Any, DisclosureRequest]:
    """Known requests by import key, or by (agency, number), with their log."""
    numbers = [row["number"] for _, row in batch if row.get("number")]
    keys = [row["import_key"] for _, row in batch if row.get("import_key")]
    ids = {agencies[row["agency"]].pk for _, row in batch}
    requests = DisclosureRequest.objects.select_related("applicant", "wording")
    requests = requests.prefetch_related("entries")
    by_number = requests.filter(agency__in=ids, number__in=numbers) if numbers else ()
    by_key = requests.filter(import_key__in=keys) if keys else ()
    return dict(
        chain(
            (((r.agency_id, r.number), r) for r in by_number),
            ((r.import_key, r) for r in by_key),
        )
    )


def history(row: dict[str, Any], agency: Agency) -> History:
    number = row.get("number") or ""
    year, serial = ledger.read_number(number, agency.number_pattern) or (None, None)
    return History(
        agency=agency,
        events=ledger.events(row),
        number=number,
        serial=serial,
        number_year=year or row["received_on"].year,
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


def fill_in(
    line: int,
    request: DisclosureRequest,
    known: Row,
    filled: Row,
    told: outcomes.Outcome,
    *,
    by,
    deps: Dependencies,
) -> None:
    if request.voided_on:
        message = (
            f"该登记已于 {request.voided_on} 作废，不能补填 (voided: nothing to fill)"
        )
        told.rejected.append(Fault(line, None, request.number, message))
        return
    try:
        fill(request, known, filled, by=by, deps=deps)
    except NotAllowed as error:
        told.rejected.append(Fault(line, None, None, error.message))
        return
    told.updated += 1
    note(line, request, told)


def fill(request, known: Row, filled: Row, *, by, deps: Dependencies) -> None:
    """Record what the row adds: further events, further particulars."""
    further = ledger.events({**known, **filled}, filled)
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
