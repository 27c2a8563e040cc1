"""Folding every log again, and following every chain."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from requests_app.dependencies import Dependencies
from requests_app.domain import explanation, lifecycle
from requests_app.domain.events import Replied
from requests_app.domain.letter_service import as_counted
from requests_app.models import ComplaintEntry, DisclosureRequest, LogEntry
from requests_app.models.requests import in_legal_order

PROJECTED = (
    "channel",
    "channel_detail",
    "applicant_kind",
    "number",
    "stage",
    "received_on",
    "base_due_on",
    "due_on",
    "provisional",
    "waiting_for",
    "unit_id",
    "handler_id",
    "co_units",
    "co_due_on",
    "submitted_on",
    "replied_on",
    "delivered_on",
    "returned_on",
    "outcome",
    "timeliness",
    "fee",
    "findings",
)


def read(
    disclosure_request: DisclosureRequest, deps: Dependencies
) -> lifecycle.Standing:
    """The log read again; a concluded one by the calendar it was concluded under."""
    return lifecycle.standing(disclosure_request.log(), deps.calendar)


def steps(
    disclosure_request: DisclosureRequest, deps: Dependencies
) -> Iterator[explanation.Step]:
    """What each event until the reply did to the due day."""
    standing = read(disclosure_request, deps)
    log = takewhile(lambda e: not isinstance(e, Replied), disclosure_request.log())
    counted = as_counted(list(log))
    return explanation.steps(standing.received_on, counted, standing.clock.calendar)


Difference = tuple[DisclosureRequest, str, Any, Any]


def rebuild(*, write: bool, deps: Dependencies) -> Iterator[Difference]:
    """(request, column, stored, folded) of every column that differs; mends it if asked.

    A voided registration keeps the columns that it had.
    """
    keys = DisclosureRequest.objects.filter(voided_on=None).order_by("pk")
    for pk in keys.values_list("pk", flat=True).iterator():
        with transaction.atomic():
            request = DisclosureRequest.objects.select_for_update().get(pk=pk)
            before = {name: getattr(request, name) for name in PROJECTED}
            entries = request.entries.order_by("sequence")
            request.project(lifecycle.standing(in_legal_order(entries), deps.calendar))
            differ = [n for n in PROJECTED if before[n] != getattr(request, n)]
            if differ and write:
                request.save()
        yield from ((request, n, before[n], getattr(request, n)) for n in differ)


def broken_links() -> Iterator[LogEntry | ComplaintEntry]:
    """Entries whose hash, or whose link to the entry before, does not hold."""
    yield from broken_in(LogEntry.objects.all(), "disclosure_request_id")
    yield from broken_in(ComplaintEntry.objects.all(), "complaint_id")


def broken_in(entries: QuerySet, of: str) -> Iterator[Any]:
    whose, previous = None, ""
    for entry in entries.order_by(of, "sequence").iterator():
        if getattr(entry, of) != whose:
            whose, previous = getattr(entry, of), ""
        if entry.previous_hash != previous or entry.hash != entry.computed_hash():
            yield entry
        previous = entry.hash
