"""Which acts a member of staff may record on a request now: the law first, then the role.

The law is not written a second time: each act is tried as a rehearsal against the log, on
today and on the last day that the log tells of (what happened then may be typed today).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from requests_app.dependencies import Dependencies
from requests_app.domain import events as happened
from requests_app.domain import lifecycle
from requests_app.domain.events import Event, OfLetter, ServiceEvent
from requests_app.domain.lifecycle import OPEN, ROAD, Standing
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.service import announcement_on
from requests_app.domain.vocabulary import Outcome, SecrecyLevel
from requests_app.models import DisclosureRequest, Letter, LogEntry, Staff
from requests_app.models.requests import in_legal_order
from requests_app.services import followups, sending

CLERK, HANDLER, HEAD = "intake_clerk", "handler", "office_head"
#: who registers (登记): receipt and number come before there is a request to act on
REGISTER = frozenset({CLERK})
#: act → the roles of DESIGN §8 that record it, in the order of the work
# fmt: off
ROLES: Mapping[type[Event], frozenset[str]] = {
    happened.ReceiptConfirmed:        frozenset({CLERK}),
    happened.Assigned:                frozenset({CLERK, HANDLER, HEAD}),
    happened.CoAssigned:              frozenset({CLERK, HANDLER, HEAD}),
    happened.CoAnswered:              frozenset({HANDLER}),
    happened.SupplementAsked:         frozenset({CLERK, HANDLER}),
    happened.SupplementReceived:      frozenset({CLERK, HANDLER}),
    happened.ApplicantCompleted:      frozenset({CLERK, HANDLER}),
    happened.ParticipantRemoved:      frozenset({CLERK, HANDLER}),
    happened.Corrected:               frozenset({CLERK, HANDLER}),
    happened.Searched:                frozenset({HANDLER}),
    happened.StepDecided:             frozenset({HANDLER}),
    happened.OpinionSought:           frozenset({HANDLER}),
    happened.OpinionDelivered:        frozenset({CLERK, HANDLER}),
    happened.OpinionReceived:         frozenset({CLERK, HANDLER}),
    happened.FeeNoticed:              frozenset({HANDLER}),
    happened.FeePaid:                 frozenset({CLERK, HANDLER}),
    happened.FeeCharged:              frozenset({CLERK, HANDLER}),
    happened.Extended:                frozenset({HANDLER, HEAD}),
    happened.DelayAgreed:             frozenset({HANDLER, HEAD}),
    happened.LetterSent:              frozenset({CLERK, HANDLER}),
    happened.LetterSentAgain:         frozenset({CLERK, HANDLER}),
    happened.LetterReturned:          frozenset({CLERK, HANDLER}),
    happened.LetterRefused:           frozenset({CLERK, HANDLER}),
    happened.LetterAnnounced:         frozenset({CLERK, HANDLER}),
    happened.LetterDelivered:         frozenset({CLERK, HANDLER}),
    happened.SecretPaperNoted:        frozenset({HANDLER, "confidentiality_reviewer"}),
    happened.SubmittedForReview:      frozenset({HANDLER}),
    happened.ConfidentialityReviewed: frozenset({"confidentiality_reviewer"}),
    happened.SentBack:                frozenset({"reviewer", "confidentiality_reviewer", HEAD}),
    happened.Reviewed:                frozenset({"reviewer", HEAD}),
    happened.Replied:                 frozenset({HANDLER, HEAD}),
    happened.ReplyPosted:             frozenset({CLERK, HANDLER}),
    happened.ReplyReturned:           frozenset({CLERK, HANDLER}),
    happened.ReplyRefused:            frozenset({CLERK, HANDLER}),
    happened.ReplyAnnounced:          frozenset({CLERK, HANDLER}),
    happened.ReplyDelivered:          frozenset({CLERK, HANDLER}),
    happened.DecidedAnew:             frozenset({HANDLER, HEAD}),
    happened.Archived:                frozenset({CLERK, HANDLER}),
}
# fmt: on
#: what concludes a request without a letter, so without a review (第四十五条 审核 is of a
#: reply's content) and without service
WITHOUT_LETTER = frozenset(
    {Outcome.WITHDRAWN, Outcome.SUPPLEMENT_LAPSED, Outcome.FEE_LAPSED}
)


def acts_here(user: Staff, disclosure_request: DisclosureRequest) -> bool:
    """The answering agency acts itself, or what succeeded it; a superior sees, and acts on
    its own."""
    return not disclosure_request.voided_on and is_its_own(user, disclosure_request)


def is_its_own(user: Staff, disclosure_request: DisclosureRequest) -> bool:
    agency = disclosure_request.agency
    return user.is_superuser or (
        user.agency_id is not None
        and user.agency_id in (agency.pk, agency.successor_id)
    )


def entrusted(user: Staff, kind: type[Event]) -> bool:
    """Whether the role records that act at all."""
    return user.is_superuser or bool(ROLES[kind] & user.roles)


def offered(
    disclosure_request: DisclosureRequest,
    entries: Sequence[LogEntry],
    *,
    user: Staff,
    deps: Dependencies,
    letters: Sequence[Letter] | None = None,
) -> list[type[Event]]:
    """`letters`: the request's, with their files, where they are in hand."""
    if not acts_here(user, disclosure_request):
        return []
    past = list(in_legal_order(entries))
    now = lifecycle.standing(past, deps.calendar)
    if letters is None:
        letters = sending.letters_of(disclosure_request)
    ordered = cache(followups.open_for(disclosure_request).exists)
    return [
        kind
        for kind in ROLES
        if entrusted(user, kind)
        and now.stage in ROAD[kind][0]
        and is_possible(kind, past, now, letters, deps)
        and (kind is not happened.Reviewed or now.desk.submitted_on is not None)
        and (now.stage in OPEN or kind not in followups.FOR_ANOTHER or ordered())
        and (
            kind is not happened.ParticipantRemoved
            or bool(disclosure_request.people(past))
        )
    ]


def is_possible(
    kind: type[Event],
    past: list[Event],
    now: Standing,
    letters: Sequence[Letter],
    deps: Dependencies,
) -> bool:
    """What is served today is served: of that nothing more is offered."""
    today = deps.clock.today()
    if issubclass(kind, OfLetter):
        return bool(sending.open_to(kind, letters, now.letters, today))
    days = {today} if issubclass(kind, ServiceEvent) else {today, past[-1].on}
    return any(possible(kind, on, past, now, deps) for on in days)


def possible(
    kind: type[Event], on: date, past: list[Event], now: Standing, deps: Dependencies
) -> bool:
    return any(allowed(past, event, deps) for event in rehearsals(kind, on, now))


def allowed(past: list[Event], event: Event, deps: Dependencies) -> bool:
    try:
        lifecycle.act(past, event, deps.calendar)
    except NotAllowed:
        return False
    return True


def rehearsals(kind: type[Event], on: date, now: Standing) -> Iterable[Event]:
    """The act in its mildest form; one for each consultation or unit that it may answer."""
    made = REHEARSALS.get(kind)
    return made(on, now) if made else [kind(on=on)]


def after(on: date) -> date:
    """The next day, where there is one."""
    return min(on, date.max - timedelta(1)) + timedelta(1)


def open_consultations(now: Standing) -> list[str]:
    """Their keys, in the order in which they were sent."""
    return [c.name for c in now.clock.consultations if c.received_on is None]


def next_consultation(now: Standing) -> str:
    """The letter's running number: the log holds no names."""
    return str(len(now.clock.consultations) + 1)


Rehearsed = Callable[[date, Standing], Iterable[Event]]
#: acts that tell more than their day
REHEARSALS: Mapping[type[Event], Rehearsed] = {
    happened.OpinionSought: lambda on, now: [
        happened.OpinionSought(on=on, consultation=next_consultation(now))
    ],
    happened.OpinionDelivered: lambda on, now: [
        happened.OpinionDelivered(on=on, consultation=c)
        for c in open_consultations(now)
    ],
    happened.OpinionReceived: lambda on, now: [
        happened.OpinionReceived(on=on, consultation=c) for c in open_consultations(now)
    ],
    happened.ParticipantRemoved: lambda on, now: [
        happened.ParticipantRemoved(on=on, participant=0)
    ],
    happened.CoAssigned: lambda on, now: [
        happened.CoAssigned(on=on, unit=0, due_on=on)
    ],
    happened.CoAnswered: lambda on, now: [
        happened.CoAnswered(on=on, unit=c.unit) for c in now.desk.awaited
    ],
    happened.SecretPaperNoted: lambda on, now: [
        happened.SecretPaperNoted(on=on, level=SecrecyLevel.CONFIDENTIAL)
    ],
    happened.Extended: lambda on, now: [happened.Extended(on=on, days=1)],
    happened.DelayAgreed: lambda on, now: [
        happened.DelayAgreed(on=on, until=after(max(on, now.due_on or on)))
    ],
    happened.DecidedAnew: lambda on, now: [
        happened.DecidedAnew(on=on, outcome=Outcome.GRANTED, appeal=0)
    ],
    happened.FeeCharged: lambda on, now: [
        happened.FeeCharged(on=on, amount=Decimal(0))
    ],
    happened.Replied: lambda on, now: [
        happened.Replied(on=on, outcome=Outcome.WITHDRAWN)
    ],
    happened.ReplyAnnounced: lambda on, now: [
        happened.ReplyAnnounced(on=on, days=announcement_on(on).days)
    ],
}


#: mended by another correction: what stood before it is not told by the log alone
CORRECTIONS = frozenset({happened.ApplicantCompleted.kind, happened.Corrected.kind})


def voidable(entry: LogEntry, voided: frozenset[int], user: Staff) -> bool:
    """Whoever recorded it takes it back, and the head of the office any entry."""
    settled = {
        "entry_voided", "registered", "recalculated", "paper_withdrawn", *CORRECTIONS,
    }  # fmt: skip
    if entry.kind in settled or entry.sequence in voided:
        return False
    return entry.recorded_by_id == user.pk or user.is_office_head()
