"""Recording what happened before: whole requests with their log, in batches, as recorded.

Folded in memory by the same `lifecycle`, written with chain and sequence, without notices.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from requests_app.dependencies import Dependencies
from requests_app.domain import lifecycle
from requests_app.domain.events import Event, Registered
from requests_app.models import (
    Agency,
    Applicant,
    DisclosureRequest,
    LogEntry,
    Wording,
)
from requests_app.models.log import digest_of
from requests_app.models.requests import in_legal_order
from requests_app.services.recording import chained


def one_at_a_time(work: str) -> None:
    """Wait until no other transaction is at this work. PostgreSQL holds the lock until
    ours ends; on SQLite the transaction itself is the lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [work])


@dataclass(frozen=True, kw_only=True)
class History:
    """One request as an office hands it in. `events` begin with the receipt and hold no
    registration; an empty `number` asks for the next one of the year of receipt."""

    agency: Agency
    events: tuple[Event, ...]
    number: str = ""
    serial: int | None = None  # where the number reads as the agency's pattern
    number_year: int
    channel: str = ""
    channel_detail: str = ""
    applicant_kind: str = ""
    applicant_name: str = ""
    subject: str = ""
    retrieval_number: str = ""
    topic: str = ""
    import_key: str | None = None


def record_history(
    rows: Sequence[History], *, by, deps: Dependencies
) -> list[DisclosureRequest]:
    """Write new requests in the caller's transaction; NotAllowed for what cannot be.

    Counters are locked as `register` locks them, an agency's numbers before its
    references: neither waits for what the other holds.
    """
    raise_counters(rows, deps)
    numbers = serials([r for r in rows if not r.number], "number", deps)
    references = serials(rows, "reference", deps)
    made = []
    for row in rows:
        year = row.number_year
        number, serial = row.number, row.serial
        if not number:
            serial = next(numbers[row.agency.pk, year])
            number = row.agency.number_pattern.format(year=year, serial=serial)
        reference = next(references[row.agency.pk, year])
        made.append(built(row, number, serial, reference, deps))
    applicants = [request.applicant for request, _ in made if request.applicant]
    Applicant.objects.bulk_create(applicants)
    DisclosureRequest.objects.bulk_create([request for request, _ in made])
    wordings = [
        Wording(
            disclosure_request=request,
            subject=row.subject,
            retrieval_number=row.retrieval_number,
        )
        for (request, _), row in zip(made, rows, strict=True)
    ]
    Wording.objects.bulk_create(wordings)
    LogEntry.objects.bulk_create(
        [
            entry
            for (request, events), wording in zip(made, wordings, strict=True)
            for entry in chained(
                request,
                events,
                by=by,
                deps=deps,
                digest=digest_of(wording.salt, wording.subject),
            )
        ],
        batch_size=2000,
    )
    return [request for request, _ in made]


def raise_counters(rows: Iterable[History], deps: Dependencies) -> None:
    """Numbers given from now on go on after those of the rows."""
    highest: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        series = row.agency.pk, row.number_year
        highest[series] = max(highest[series], row.serial or 0)
    deps.numbers.raise_to("number", highest)


def serials(rows: Iterable[History], series: str, deps: Dependencies):
    """(agency, year) → an iterator over a block of serials just large enough."""
    wanted: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        wanted[row.agency.pk, row.number_year] += 1
    return {
        key: iter(range(last - wanted[key] + 1, last + 1))
        for key, last in deps.numbers.blocks(series, wanted).items()
    }


def built(
    row: History, number: str, serial: int | None, reference: int, deps: Dependencies
) -> tuple[DisclosureRequest, list[Event]]:
    received, *later = row.events
    events = [received, Registered(on=received.on, number=number), *later]
    request = DisclosureRequest(
        agency=row.agency,
        reference=f"{row.agency.code}-{row.number_year}-{reference}",
        channel=row.channel,
        channel_detail=row.channel_detail,
        applicant_kind=row.applicant_kind,
        applicant=Applicant(name=row.applicant_name) if row.applicant_name else None,
        topic=row.topic,
        serial=serial,
        number_year=row.number_year,
        import_key=row.import_key,
    )
    events = [lifecycle.stamped(event, deps.calendar) for event in events]
    legal = sorted(events, key=lambda event: event.on)
    request.project(lifecycle.standing(legal, deps.calendar))
    return request, events


def add_history(
    request: DisclosureRequest, events: Sequence[Event], *, by, deps: Dependencies
) -> None:
    """Further events of a known request, as recorded; NotAllowed for what cannot be."""
    entries = list(request.entries.order_by("sequence"))
    events = [lifecycle.stamped(event, deps.calendar) for event in events]
    added = list(chained(request, events, by=by, deps=deps, last=entries[-1]))
    log = in_legal_order([*entries, *added])
    request.project(lifecycle.standing(log, deps.calendar))
    request.save()
    LogEntry.objects.bulk_create(added)
