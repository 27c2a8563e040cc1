"""Acts on one request. Each is one transaction and ends in `_write`."""

from datetime import date

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain import lifecycle
from requests_app.domain.events import EntryVoided, Event, Received, Registered
from requests_app.domain.regimes import NotAllowed
from requests_app.models import (
    Agency,
    Applicant,
    DisclosureRequest,
    LogEntry,
    OutboxMessage,
    Wording,
)
from requests_app.models.log import digest_of
from requests_app.models.requests import in_legal_order


@transaction.atomic
def register(
    *,
    agency: Agency,
    received_on: date,
    applicant: Applicant | None = None,
    subject: str = "",
    channel: str = "",
    channel_detail: str = "",
    applicant_kind: str = "",
    topic: str = "",
    by,
    deps: Dependencies,
) -> DisclosureRequest:
    """Receive and register a request (第四十五条 登记): it has its number at once.

    The number is of the year of registration, the count of the year of receipt.
    """
    today = deps.clock.today()
    not_after_today(received_on, deps)
    if applicant is not None and applicant.pk is None:
        applicant.save()
    new = DisclosureRequest(
        agency=agency,
        channel=channel,
        channel_detail=channel_detail,
        applicant_kind=applicant_kind,
        applicant=applicant,
        topic=topic,
        number_year=today.year,
        serial=deps.numbers.next(agency.pk, "number", today.year),
        reference=reference(
            agency.code,
            today.year,
            deps.numbers.next(agency.pk, "reference", today.year),
        ),
    )
    number = agency.number_pattern.format(year=today.year, serial=new.serial)
    received = Received(on=received_on)
    registered = Registered(on=max(today, received_on), number=number)
    new.project(lifecycle.standing([received, registered], deps.calendar))
    new.save()
    wording = Wording.objects.create(disclosure_request=new, subject=subject)
    said = digest_of(wording.salt, subject)
    first = _append(new, received, None, by=by, deps=deps, digest=said)
    _append(new, registered, first, by=by, deps=deps)
    return new


@transaction.atomic
def record(
    disclosure_request: DisclosureRequest,
    event: Event,
    *,
    by,
    deps: Dependencies,
    seen: int | None = None,
) -> DisclosureRequest:
    """Add `event` to the log, or raise NotAllowed and change nothing.

    `seen` is the last sequence the form was drawn from: a second writer is told.
    """
    not_after_today(event.on, deps)
    locked = DisclosureRequest.objects.select_for_update().get(pk=disclosure_request.pk)
    entries = list(locked.entries.order_by("sequence"))
    if locked.voided_on:
        raise NotAllowed(f"登记已于 {locked.voided_on} 作废 (the request is voided)")
    if seen is not None and entries[-1].sequence != seen:
        raise NotAllowed(f"期间已有新记录：{entries[-1]} (someone recorded meanwhile)")
    standing = lifecycle.act(in_legal_order(entries), event, deps.calendar)
    locked.project(standing)
    locked.save()
    entry = _append(locked, event, entries[-1], by=by, deps=deps)
    _announce(locked, entry, deps)
    return locked


@transaction.atomic
def void(
    disclosure_request: DisclosureRequest, *, entry: int, by, deps: Dependencies
) -> DisclosureRequest:
    """Take back a mistaken entry. Taking back the receipt voids the whole registration,
    whose number is kept and never given again."""
    locked = DisclosureRequest.objects.select_for_update().get(pk=disclosure_request.pk)
    entries = list(locked.entries.order_by("sequence"))
    if entry not in {e.sequence for e in entries} or locked.voided_on:
        raise NotAllowed("没有可作废的记录 (nothing to void)")
    today = deps.clock.today()
    event = EntryVoided(on=today, entry=entry)
    added = _append(locked, event, entries[-1], by=by, deps=deps)
    if entry == entries[0].sequence:
        locked.voided_on = today
    else:
        log = in_legal_order([*entries, added])
        locked.project(lifecycle.standing(log, deps.calendar))
    locked.save()
    _announce(locked, added, deps)
    return locked


def reference(code: str, year: int, serial: int) -> str:
    return f"{code}-{year}-{serial}"


def not_after_today(on: date, deps: Dependencies) -> None:
    if on > deps.clock.today():
        raise NotAllowed(f"{on} 在今天之后 (a day after today)")


def _append(
    disclosure_request: DisclosureRequest,
    event: Event,
    last: LogEntry | None,
    *,
    by,
    deps: Dependencies,
    digest: str = "",
) -> LogEntry:
    entry = LogEntry(
        disclosure_request=disclosure_request,
        sequence=last.sequence + 1 if last else 1,
        kind=event.kind,
        on=event.on,
        recorded_at=deps.clock.now(),
        recorded_by=by,
        details=event.details(),
        digest=digest,
    )
    entry.seal(last.hash if last else "")
    entry.save(force_insert=True)
    return entry


def _announce(
    disclosure_request: DisclosureRequest, entry: LogEntry, deps: Dependencies
) -> None:
    OutboxMessage.objects.create(
        topic=f"request.{entry.kind}",
        key=f"{disclosure_request.reference}:{entry.sequence}",
        payload={"reference": disclosure_request.reference, "sequence": entry.sequence},
        next_at=deps.clock.now(),
    )
    deps.bell.ring("requests_app.deliver_outbox")
