"""作废: a mistaken entry is taken back by an entry of its own, never edited."""

from collections.abc import Sequence

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain import lifecycle
from requests_app.domain.events import EntryVoided
from requests_app.domain.lifecycle import Standing
from requests_app.domain.regimes import NotAllowed
from requests_app.models import DisclosureRequest, LogEntry
from requests_app.models.requests import in_legal_order
from requests_app.services import absences, followups
from requests_app.services.offers import CORRECTIONS
from requests_app.services.policy import HeadsReason
from requests_app.services.recording import (
    announce,
    locked_for_act,
    reasoned,
    recalculated,
)


@transaction.atomic
def void(
    disclosure_request: DisclosureRequest,
    *,
    entry: int,
    by,
    deps: Dependencies,
    seen: int | None = None,
    reason: str = "",
) -> DisclosureRequest:
    """Take back a mistaken entry. Taking back the receipt voids the whole registration,
    whose number is kept and never given again."""
    locked, entries = locked_for_act(disclosure_request, seen)
    today = deps.clock.today()
    event = EntryVoided(on=today, entry=entry)
    whom = absences.acting_for(locked, event, by=by, deps=deps)
    last = recalculated(locked, entries, by=by, deps=deps)
    after = without(entry, entries, deps)
    if after is None:
        locked.voided_on = today
    else:
        locked.project(after)
    locked.save()
    followups.reopen(entries[entry - 1].event())
    said = HeadsReason(given_by=by, text=reason) if reason else None
    added = reasoned(locked, event, last, said, "", by=by, deps=deps, whom=whom)
    announce(locked, added, deps)
    return locked


def without(
    entry: int, entries: Sequence[LogEntry], deps: Dependencies
) -> Standing | None:
    """Where the request stands without that entry, None for a voided registration;
    NotAllowed where nothing is to be voided, or the rest cannot stand alone."""
    voided = {e.details["entry"] for e in entries if e.kind == EntryVoided.kind}
    kinds = {e.sequence: e.kind for e in entries}
    if kinds.get(entry, EntryVoided.kind) == EntryVoided.kind or entry in voided:
        raise NotAllowed("没有可作废的记录 (nothing to void)")
    if entry == entries[0].sequence:
        return None
    if kinds[entry] == "registered":
        raise NotAllowed(
            "登记随收到申请一并作废 (void the receipt to void the registration)"
        )
    if kinds[entry] in CORRECTIONS:
        raise NotAllowed("更正有误的，再作一次更正 (correct it by another correction)")
    rest = in_legal_order([e for e in entries if e.sequence != entry])
    return lifecycle.standing(rest, deps.calendar)
