"""Acts on one request: each is one transaction, from the locked row to the notice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain import lifecycle
from requests_app.domain.events import Event, Recalculated, Received, Registered
from requests_app.domain.intake import Manner
from requests_app.domain.lifecycle import Standing
from requests_app.domain.regimes import NotAllowed
from requests_app.models import (
    Agency,
    Applicant,
    DisclosureRequest,
    LogEntry,
    OutboxMessage,
    Reason,
    Staff,
    Wording,
)
from requests_app.models.applicants import new_salt
from requests_app.models.log import digest_of
from requests_app.models.requests import in_legal_order
from requests_app.services import absences, callbacks, followups, policy
from requests_app.services.agencies import forbid_after_its_end
from requests_app.services.policy import HeadsReason

NO_MANNER = Manner()


class RecordedMeanwhile(NotAllowed):
    """The form was drawn from an older log; `entries` are what others recorded since."""

    def __init__(self, entries: Sequence[LogEntry]) -> None:
        told = "；".join(str(entry) for entry in entries)
        super().__init__(f"期间已有新记录：{told} (someone recorded meanwhile)")
        self.entries = entries


def registered(
    *,
    agency: Agency,
    received_on: date,
    arrived_on: date | None = None,
    cautious: bool = False,
    applicant: Applicant | None = None,
    subject: str = "",
    channel: str = "",
    channel_detail: str = "",
    applicant_kind: str = "",
    topic: str = "",
    manner: Manner = NO_MANNER,
    parent: DisclosureRequest | None = None,
    by,
    deps: Dependencies,
) -> DisclosureRequest:
    """Receive and register a request (第四十五条 登记): it has its number at once. In the
    caller's transaction; `register` has its own.

    The number is of the year of registration, the count of the year of receipt. The day of
    receipt, and whether it is but a cautious one, is `domain.intake.receipt`'s to say.
    """
    today = deps.clock.today()
    not_after_today(received_on, deps)
    forbid_after_its_end(agency, received_on)
    if applicant is not None and applicant.pk is None:
        applicant.save()
    serial, place = deps.numbers.next(agency.pk, today.year, "number", "reference")
    new = DisclosureRequest(
        agency=agency,
        channel=channel,
        channel_detail=channel_detail,
        applicant_kind=applicant_kind,
        applicant=applicant,
        topic=topic,
        parent=parent,
        number_year=today.year,
        serial=serial,
        reference=reference(agency.code, today.year, place),
    )
    number = agency.number_pattern.format(year=today.year, serial=serial)
    arrived_on = arrived_on if arrived_on != received_on else None
    events: tuple[Event, Event] = (
        Received(on=received_on, arrived_on=arrived_on, cautious=cautious),
        Registered(on=max(today, received_on), number=number),
    )
    new.project(lifecycle.standing(events, deps.calendar))
    new.save()
    wording = Wording.objects.create(
        disclosure_request=new, subject=subject, **asdict(manner)
    )
    said = digest_of(wording.salt, subject)
    LogEntry.objects.bulk_create(chained(new, events, by=by, deps=deps, digest=said))
    return new


register = transaction.atomic(registered)


@transaction.atomic
def record(
    disclosure_request: DisclosureRequest,
    event: Event,
    *,
    by,
    deps: Dependencies,
    seen: int | None = None,
    reason: HeadsReason | None = None,
    remark: str = "",
    digest: str = "",
    acting_for: Staff | None = None,
) -> DisclosureRequest:
    """Add `event` to the log, or raise NotAllowed and change nothing.

    `remark` is a text of the recorder's own, kept beside the entry; `digest` is of a text
    that the caller keeps there. `acting_for`: in whose stead a reviewer says to act.

    `seen` is the last sequence the form was drawn from: a second writer is told. A due day
    that a changed calendar has moved meanwhile is recorded first, as an entry of its own.
    """
    locked, entries = locked_for_act(disclosure_request, seen)
    event, standing = judged(entries, event, by=by, deps=deps, reason=reason)
    whom = absences.acting_for(locked, event, by=by, chosen=acting_for, deps=deps)
    last = recalculated(locked, entries, by=by, deps=deps)
    locked.project(standing)
    locked.save()
    if reason is None and remark:
        reason = HeadsReason(given_by=by, text=remark)
    entry = reasoned(locked, event, last, reason, digest, by=by, deps=deps, whom=whom)
    followups.close(event)
    announce(locked, entry, deps)
    return locked


def foreseen(
    disclosure_request: DisclosureRequest,
    event: Event,
    *,
    by,
    deps: Dependencies,
    reason: HeadsReason | None = None,
) -> Standing:
    """Where the request would stand; NotAllowed as `record` would raise it. Writes nothing."""
    entries = list(disclosure_request.entries.order_by("sequence"))
    return judged(entries, event, by=by, deps=deps, reason=reason)[1]


def judged(
    entries: Sequence[LogEntry],
    event: Event,
    *,
    by,
    deps: Dependencies,
    reason: HeadsReason | None,
) -> tuple[Event, Standing]:
    """The law and the policy of the office on a new act: (the event stamped, what follows)."""
    not_after_today(event.on, deps)
    followups.forbid_unordered(event, entries)
    policy.forbid(event, by, entries, deps.clock.today())
    event = lifecycle.stamped(event, deps.calendar)
    permitted = lifecycle.WITH_A_REASON if reason else frozenset()
    past = in_legal_order(entries)
    return event, lifecycle.act(past, event, deps.calendar, permitted)


def locked_for_act(
    disclosure_request: DisclosureRequest, seen: int | None
) -> tuple[DisclosureRequest, list[LogEntry]]:
    """The row held for the act, and its log; NotAllowed for a voided one, and
    RecordedMeanwhile where `seen` is not its last entry any more."""
    locked = DisclosureRequest.objects.select_for_update().get(pk=disclosure_request.pk)
    if locked.voided_on:
        raise NotAllowed(f"登记已于 {locked.voided_on} 作废 (the request is voided)")
    log = locked.entries.select_related("recorded_by", "acting_for")
    entries = list(log.order_by("sequence"))
    if seen is not None and entries[-1].sequence != seen:
        raise RecordedMeanwhile([e for e in entries if e.sequence > seen])
    return locked, entries


def recalculated(
    locked: DisclosureRequest,
    entries: Sequence[LogEntry],
    *,
    by,
    deps: Dependencies,
) -> LogEntry:
    """The last entry, after one that tells of a due day moved by the calendar, if any."""
    if locked.replied_on:
        return entries[-1]
    standing = lifecycle.standing(in_legal_order(entries), deps.calendar)
    told = recalculation(locked, standing, deps)
    if told is None:
        return entries[-1]
    return append(locked, told, entries[-1], by=by, deps=deps)


def recalculation(
    stored: DisclosureRequest, standing: Standing, deps: Dependencies
) -> Recalculated | None:
    """What today's calendar changes in the stored due days; None for nothing."""
    was = stored.base_due_on, stored.due_on, stored.provisional
    if was == (standing.base_due_on, standing.due_on, standing.provisional):
        return None
    return Recalculated(
        on=deps.clock.today(),
        calendar=deps.calendar.version,
        was_due_on=stored.due_on,
        due_on=standing.due_on,
    )


def reasoned(
    locked: DisclosureRequest,
    event: Event,
    last: LogEntry,
    reason: HeadsReason | None,
    digest: str,
    *,
    by,
    deps: Dependencies,
    whom: int | None = None,
) -> LogEntry:
    """The event's entry, with the head's reason beside it where one was needed."""
    salt = new_salt()
    if reason is not None:
        digest = digest_of(salt, reason.text)
    entry = append(locked, event, last, by=by, deps=deps, digest=digest, whom=whom)
    if reason is not None:
        Reason.objects.create(
            entry=entry, given_by=reason.given_by, text=reason.text, salt=salt
        )
    return entry


def reference(code: str, year: int, serial: int) -> str:
    return f"{code}-{year}-{serial}"


def not_after_today(on: date, deps: Dependencies) -> None:
    if on > deps.clock.today():
        raise NotAllowed(f"{on} 在今天之后 (a day after today)")


def append(
    disclosure_request: DisclosureRequest, event: Event, last: LogEntry, **told
) -> LogEntry:
    """`told` as `chained` takes it."""
    (entry,) = chained(disclosure_request, [event], last=last, **told)
    entry.save(force_insert=True)
    return entry


def chained(
    disclosure_request: DisclosureRequest,
    events: Iterable[Event],
    *,
    by,
    deps: Dependencies,
    last: LogEntry | None = None,
    digest: str = "",
    whom: int | None = None,
) -> Iterator[LogEntry]:
    """The events as entries, each sealed to the one before; `digest` is of the first's
    text, `whom` the person in whose stead they were done."""
    previous, start = (last.hash, last.sequence + 1) if last else ("", 1)
    now = deps.clock.now()
    for sequence, event in enumerate(events, start):
        entry = LogEntry(
            disclosure_request=disclosure_request,
            sequence=sequence,
            kind=event.kind,
            on=event.on,
            recorded_at=now,
            recorded_by=by,
            acting_for_id=whom,
            details=event.details(),
            digest=digest if sequence == start else "",
        )
        previous = entry.seal(previous)
        yield entry


def announce(
    disclosure_request: DisclosureRequest, entry: LogEntry, deps: Dependencies
) -> None:
    OutboxMessage.objects.create(
        topic=f"request.{entry.kind}",
        key=f"{disclosure_request.reference}:{entry.sequence}",
        payload={"reference": disclosure_request.reference, "sequence": entry.sequence},
        next_at=deps.clock.now(),
    )
    deps.bell.ring("requests_app.deliver_outbox")
    callbacks.tell(disclosure_request, entry, deps=deps)
