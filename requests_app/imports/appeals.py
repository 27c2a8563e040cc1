"""行政复议与诉讼台账: cases, with or without the request that they arose from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import FIRST_DAY
from requests_app.domain.vocabulary import Answer, AppealResult, Procedure
from requests_app.imports import outcome as outcomes
from requests_app.imports.columns import APPEALS, NONE, Headings
from requests_app.imports.comparing import compared
from requests_app.imports.faults import Fault
from requests_app.imports.identity import Met, content, digest, key_of
from requests_app.imports.instances import Instances
from requests_app.models import Agency, Appeal, DisclosureRequest
from requests_app.services import appeals
from requests_app.services.history import one_at_a_time

PLAIN = ("case_number", "procedure", "result", "first_instance_case_number")
DAYS = ("filed_on", "decided_on", "ordered_until")
FLAGS = ("co_defendant", "orders_disclosure")
ANSWERS = {True: Answer.YES, False: Answer.NO, None: None}
Line = tuple[int, dict[str, Any]]
Agencies = dict[str, Agency]


def import_appeals(
    path: Path,
    *,
    by=None,
    deps: Dependencies,
    tick: Callable[[], object] = lambda: None,
    headings: Headings = NONE,
) -> outcomes.Outcome:
    """In the caller's transaction, which it must roll back when anything is rejected."""
    one_at_a_time("import")
    told = outcomes.Outcome()
    agencies = outcomes.agencies_for(by)
    rows = outcomes.rows(path, APPEALS, told, tick, headings)
    instances = Instances()
    with Met() as met:
        good = possible(rows, agencies, met, told, deps.clock.today())
        written: dict[int, int] = {}
        for batch in outcomes.batches(instances.noted(good)):
            written |= write(batch, agencies, told)
    told.rejected += instances.faults(agencies)
    if not told.rejected:
        told.findings += noted(written, deps)
    return told


def noted(written: dict[int, int], deps: Dependencies) -> Iterator[dict[str, Any]]:
    """What is doubtful in the cases written, once the file has been read: another row may
    be the new decision that a suit is about."""
    for keys in outcomes.batches(written):
        for appeal, found in appeals.findings_of(keys, deps.calendar):
            told = {**asdict(found), "on": str(found.on)}
            yield {
                "line": written[appeal.pk], "case_number": appeal.case_number, **told
            }  # fmt: skip


def possible(
    rows: Iterable[Line],
    agencies: Agencies,
    met: Met,
    told: outcomes.Outcome,
    today: date,
) -> Iterator[Line]:
    """Rows that can be true and stand once in the file, with their identity."""
    for line, row in rows:
        faults = list(impossible(line, row, agencies, today))
        number = row.get("case_number")
        case = (row["agency"], row["procedure"], number)
        said = digest(*case) if number else content(row)
        first, times = met.again(said, line)
        if not number:
            row["import_key"] = key_of(said, times)
        elif times > 1:
            message = f"第 {first} 行已有此案号，请删去一行 (twice in the file)"
            faults.append(Fault(line, "case_number", number, message))
        told.rejected += faults
        if not faults:
            yield line, row


def impossible(
    line: int, row: dict[str, Any], agencies: Agencies, today: date
) -> Iterator[Fault]:
    def fault(column: str, message: str) -> Fault:
        value = row.get(column)
        return Fault(line, column, None if value is None else str(value), message)

    if row["agency"] not in agencies:
        yield outcomes.no_such_agency(line, row["agency"])
    for column in DAYS:
        if (on := row.get(column)) is not None:
            if on > today and column != "ordered_until":
                yield fault(column, f"在今天（{today}）之后，请核对 (after today)")
            elif on < FIRST_DAY:
                yield fault(
                    column, f"早于 {FIRST_DAY}，请核对 (before the Regulations)"
                )
    decided = row.get("decided_on")
    if decided is not None and decided < row["filed_on"]:
        yield fault(
            "decided_on", f"早于受理日期 {row['filed_on']} (before it was filed)"
        )
    if (row["result"] == AppealResult.PENDING) != (decided is None):
        yield fault(
            "result", "没有审结日期时填“尚未审结”，有则填结果 (pending, or decided_on)"
        )
    yield from impossible_flags(row, fault)


def impossible_flags(
    row: dict[str, Any], fault: Callable[[str, str], Fault]
) -> Iterator[Fault]:
    ordered, until = (
        row.get("orders_disclosure") == Answer.YES,
        row.get("ordered_until"),
    )
    if (
        row.get("co_defendant") == Answer.YES
        and row["procedure"] != Procedure.LITIGATION_AFTER_RECONSIDERATION
    ):
        yield fault(
            "co_defendant",
            "只有复议后起诉的才可能作共同被告 (only sued after reconsideration)",
        )
    if ordered and row["result"] != AppealResult.CORRECTED:
        yield fault(
            "orders_disclosure", "责令履行的，结果应为“结果纠正” (then it is corrected)"
        )
    if until is not None and not ordered:
        yield fault("ordered_until", "没有责令履行，不应有期限 (nothing is ordered)")
    elif until is not None and row.get("decided_on") and until < row["decided_on"]:
        yield fault("ordered_until", "早于审结日期，请核对 (before the decision)")


def write(
    batch: list[Line], agencies: Agencies, told: outcomes.Outcome
) -> dict[int, int]:
    """The line of each case that is new or says more."""
    known = recorded(batch, agencies)
    requests = requests_named(batch, agencies)
    new: dict[int, Appeal] = {}
    lines: dict[int, int] = {}
    for line, row in batch:
        agency = agencies[row["agency"]]
        number = row.get("request_number")
        request = requests.get((agency.pk, number))
        if number and request is None:
            message = "该机关没有此登记编号，请先导入申请 (no such request here)"
            told.rejected.append(Fault(line, "request_number", number, message))
            continue
        case = (agency.pk, row["procedure"], row.get("case_number"))
        appeal = known.get(row.get("import_key") or case)
        if appeal is None:
            made = Appeal(agency=agency, import_key=row.get("import_key"))
            new[line] = put(made, row, request)
            continue
        filled, faults = compared(line, as_row(appeal), given(row))
        told.rejected += faults
        if filled and not faults:
            put(appeal, filled, request).save()
            lines[appeal.pk] = line
            told.updated += 1
        elif not faults:
            told.unchanged += 1
    made_now = Appeal.objects.bulk_create(new.values())
    told.created += len(made_now)
    return lines | {appeal.pk: line for line, appeal in zip(new, made_now, strict=True)}


def recorded(batch: list[Line], agencies: Agencies) -> dict[Any, Appeal]:
    """Known cases by import key, or by (agency, procedure, case number)."""
    numbers = [row["case_number"] for _, row in batch if row.get("case_number")]
    keys = [row["import_key"] for _, row in batch if row.get("import_key")]
    ids = {agencies[row["agency"]].pk for _, row in batch}
    cases = Appeal.objects.select_related("disclosure_request")
    known: dict[Any, Appeal] = {
        (a.agency_id, a.procedure, a.case_number): a
        for a in cases.filter(agency__in=ids, case_number__in=numbers)
    }
    return known | {a.import_key: a for a in cases.filter(import_key__in=keys)}


def requests_named(
    batch: list[Line], agencies: Agencies
) -> dict[tuple[int, str | None], DisclosureRequest]:
    """(agency, number) → request: a number is looked up within the row's agency."""
    numbers = [row["request_number"] for _, row in batch if row.get("request_number")]
    ids = {agencies[row["agency"]].pk for _, row in batch}
    found = DisclosureRequest.objects.filter(agency__in=ids, number__in=numbers)
    return {(r.agency_id, r.number): r for r in found}


def as_row(appeal: Appeal) -> dict[str, Any]:
    """What is recorded of a case, in the columns of the file."""
    request = appeal.disclosure_request
    row = {name: getattr(appeal, name) or None for name in (*PLAIN, *DAYS)}
    row |= {name: ANSWERS[getattr(appeal, name)] for name in FLAGS}
    return given(row) | {"request_number": request and request.number}


def given(row: dict[str, Any]) -> dict[str, Any]:
    """What the row says: `pending` is an empty result."""
    said = {c: v for c, v in row.items() if c not in ("agency", "import_key")}
    if said["result"] == AppealResult.PENDING:
        said["result"] = None
    return said


def put(
    appeal: Appeal, row: dict[str, Any], request: DisclosureRequest | None
) -> Appeal:
    for name in PLAIN:
        if name in row:
            setattr(appeal, name, row[name] or "")
    for name in DAYS:
        if name in row:
            setattr(appeal, name, row[name])
    for name in FLAGS:
        if row.get(name) is not None:
            setattr(appeal, name, row[name] == Answer.YES)
    if request is not None:
        appeal.disclosure_request = request
    return appeal
