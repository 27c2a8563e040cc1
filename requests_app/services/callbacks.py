"""Telling a portal what happens to its requests: written in the act's own transaction,
delivered by the outbox, in order per request."""

import base64
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from requests_app.dependencies import Dependencies, Undelivered
from requests_app.domain.events import (
    EntryVoided,
    LetterDelivered,
    OpinionDelivered,
    OpinionSought,
    Received,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.models import DisclosureRequest, LogEntry, OutboxMessage
from requests_app.models.callbacks import Callback, RetiredSecret, proper_url
from requests_app.models.portals import Operation, Portal, Submission
from requests_app.services.portals import OVERLAP
from requests_app.services.status import told

TOPIC = "callback"
# fmt: off
#: what the applicant may know of; all else stays inside
TOLD = frozenset({
    "registered", "receipt_confirmed", "supplement_asked", "supplement_received",
    "opinion_sought", "opinion_delivered", "opinion_received", "extended",
    "delay_agreed", "fee_noticed", "fee_paid", "fee_charged", "replied", "reply_posted",
    "reply_returned", "reply_refused", "reply_announced", "reply_delivered",
    "decided_anew", "recalculated", "entry_voided",
})
#: the office's inner work, and the service of its letters, some of which go to others than
#: the applicant (`told_as` knows the one that moves the due day); the receipt is told of
#: with the registration
INNER = frozenset({
    "received", "applicant_completed", "participant_removed", "corrected", "assigned", "co_assigned",
    "co_answered", "searched", "step_decided", "secret_paper_noted",
    "submitted_for_review", "confidentiality_reviewed", "sent_back", "reviewed",
    "archived", "paper_withdrawn", "letter_sent", "letter_sent_again", "letter_returned",
    "letter_refused", "letter_announced", "letter_delivered",
})
# fmt: on


class NoCallback(Exception):
    """The portal has no callback, or it is stopped."""


class Untellable(Exception):
    """What a message tells of is not the applicant's to know: it is never sent."""


@transaction.atomic
def set_url(portal: Portal, url: str, *, deps: Dependencies) -> str:
    """Returns the new secret, which is shown once; NotAllowed for a URL that is none."""
    try:
        proper_url(url)
    except ValidationError as error:
        raise NotAllowed(str(error.messages[0])) from error
    secret = new_secret()
    RetiredSecret.objects.filter(callback__portal=portal).delete()
    Callback.objects.update_or_create(
        portal=portal,
        defaults={
            "url": url,
            "secret": secret,
            "set_at": deps.clock.now(),
            "stopped_at": None,
        },
    )
    return secret


@transaction.atomic
def rotate(portal: Portal, *, overlap: timedelta = OVERLAP, deps: Dependencies) -> str:
    """A new secret, shown once; those there are sign beside it for the overlap, and not
    longer than they would. Raises NoCallback."""
    callback = Callback.objects.select_for_update().filter(portal=portal).first()
    if callback is None:
        raise NoCallback
    until = deps.clock.now() + overlap
    callback.retired.filter(expires_at__gt=until).update(expires_at=until)
    RetiredSecret.objects.create(
        callback=callback, secret=callback.secret, expires_at=until
    )
    callback.secret = new_secret()
    callback.save(update_fields=["secret"])
    return callback.secret


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def stop(portal: Portal, *, deps: Dependencies) -> None:
    """Nothing new is written; what waits is delivered when a URL is set again."""
    Callback.objects.filter(portal=portal).update(stopped_at=deps.clock.now())


def tell(
    disclosure_request: DisclosureRequest,
    entry: LogEntry | None = None,
    *,
    deps: Dependencies,
) -> None:
    """Of the entry (the last one unless given), with the status after it, if the request
    came from a portal that wants to know."""
    submission = (
        Submission.objects.filter(
            disclosure_request=disclosure_request,
            portal__disabled_at=None,
            portal__callback__isnull=False,
            portal__callback__stopped_at=None,
        )
        .select_related("portal")
        .first()
    )
    if submission is None or not is_entitled(submission):
        return
    submission.disclosure_request = disclosure_request
    entry = entry or disclosure_request.entries.latest("sequence")
    if may_be_told(entry):
        tell_of(submission, entry, deps=deps)


def may_be_told(entry: LogEntry) -> bool:
    """Taking back what was not told is not told either; taking back the receipt is."""
    if entry.kind != EntryVoided.kind:
        return told_as(entry) in TOLD
    voided = beside(entry).get(sequence=entry.details["entry"])
    return voided.kind == Received.kind or may_be_told(voided)


def told_as(entry: LogEntry) -> str:
    """The kind it is told under. The delivery of a consultation's letter is that of the
    consultation: from it the 15 working days run, and the due day moves (第三十二条、第三十四条)."""
    if entry.kind != LetterDelivered.kind:
        return entry.kind
    sought = beside(entry).filter(
        kind=OpinionSought.kind, details__letter=entry.details["letter"]
    )
    return OpinionDelivered.kind if sought.exists() else entry.kind


def beside(entry: LogEntry) -> QuerySet[LogEntry]:
    """All entries of its request."""
    return LogEntry.objects.filter(disclosure_request=entry.disclosure_request_id)


def is_entitled(submission: Submission) -> bool:
    """The portal may be called back, and still hands in to the request's agency."""
    portal = submission.portal
    assert portal is not None
    if Operation.CALLBACKS not in portal.operations:
        return False
    seen = DisclosureRequest.objects.visible_to(portal)
    return seen.filter(pk=submission.disclosure_request_id).exists()


def forbid_unentitled(payload: Mapping[str, Any]) -> None:
    """Asked again when a message goes out, which may be long after it was written.

    Raises Undelivered while the portal may not hear of it (it may be given the right
    again), and Untellable for what nobody outside may hear of.
    """
    body = payload["body"]
    if body["type"] == "test":
        return
    entry = LogEntry.objects.filter(
        disclosure_request__reference=body["request"]["reference"],
        sequence=body["sequence"],
    ).first()
    if entry is None or not may_be_told(entry):
        raise Untellable
    submission = (
        Submission.objects.filter(
            portal=payload["portal"], disclosure_request=entry.disclosure_request_id
        )
        .select_related("portal")
        .first()
    )
    if submission is None or not is_entitled(submission):
        raise Undelivered(
            "平台已无回调操作，或不再受理该机关的申请 (the portal lost the right or the agency)"
        )


def wanted(portal: Portal) -> bool:
    """As it stood when the portal was read: its key and its callback are one statement."""
    callback = getattr(portal, "callback", None)
    return callback is not None and callback.stopped_at is None


def tell_of(submission: Submission, entry: LogEntry, *, deps: Dependencies) -> None:
    disclosure_request = submission.disclosure_request
    assert submission.portal is not None
    write(
        submission.portal,
        f"{disclosure_request.reference}:{entry.sequence}",
        line=disclosure_request.reference,
        deps=deps,
        type=f"request.{told_as(entry)}",
        recorded_at=entry.recorded_at.isoformat(),
        on=entry.on.isoformat(),
        sequence=entry.sequence,
        portal_reference=submission.portal_reference,
        request=told(disclosure_request),
    )


def tell_each(requests: Iterable[DisclosureRequest], *, deps: Dependencies) -> None:
    """Of the last entry of each."""
    by_portal = Submission.objects.filter(
        disclosure_request__in=(one := {r.pk: r for r in requests}),
        portal__callback__isnull=False,
    )
    for pk in by_portal.values_list("pk", flat=True):
        tell(one[pk], deps=deps)


@transaction.atomic
def ping(portal: Portal, *, deps: Dependencies) -> OutboxMessage:
    """A message like any other, about nothing. Raises NoCallback."""
    if not wanted(portal):
        raise NoCallback
    key = f"test:{portal.pk}:{secrets.token_hex(8)}"
    now = deps.clock.now().isoformat()
    return write(portal, key, line=key, deps=deps, type="test", recorded_at=now)


def write(
    portal: Portal, key: str, *, line: str, deps: Dependencies, **said: Any
) -> OutboxMessage:
    key = f"{TOPIC}:{key}"
    message = OutboxMessage.objects.create(
        topic=TOPIC,
        key=key,
        receiver=receiver(portal),
        line=f"{receiver(portal)}/{line}",
        payload={"portal": portal.pk, "body": {"id": key, **said}},
        next_at=deps.clock.now(),
    )
    deps.bell.ring("requests_app.deliver_outbox")
    return message


def receiver(portal: Portal) -> str:
    return f"portal:{portal.pk}"


def deliveries(portal: Portal):
    return OutboxMessage.objects.filter(receiver=receiver(portal))
