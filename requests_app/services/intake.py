"""A request handed in by portal or at the desk: received, registered and answered in one
transaction."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import IO, Any

from django.conf import settings
from django.db import IntegrityError, transaction

from requests_app.dependencies import Dependencies
from requests_app.domain.intake import Arrival, Manner, Receipt, receipt
from requests_app.domain.vocabulary import Channel, ChannelDetail, term
from requests_app.models import Agency, Applicant, DisclosureRequest, Participant
from requests_app.models.fields import key_id, key_of
from requests_app.models.portals import Submission
from requests_app.services import attachments, callbacks, idempotency
from requests_app.services.recording import NO_MANNER, not_after_today, registered
from requests_app.services.status import told

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is read for another
CODE_LENGTH = 12
ANSWERED_IN = timedelta(minutes=1)  # a registration and its answer are one transaction


class ReferenceTaken(Exception):
    """The portal handed a request in under this reference of its own before."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


@dataclass(frozen=True, kw_only=True)
class Paper:
    """身份证明 or 委托书, handed in with the form by the first applicant."""

    kind: str
    file: IO[bytes]
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """The official form (政府信息公开申请表, 第二十九条) as a caller fills it in."""

    agency: Agency
    channel: str
    channel_detail: str = ""
    arrival: Arrival
    applicant_kind: str
    applicant: dict[str, str]
    subject: str
    topic: str = ""
    portal_reference: str = ""
    manner: Manner = NO_MANNER
    further: tuple[str, ...] = ()  # 一事一申请: each of them a request of its own
    participants: tuple[dict[str, str], ...] = ()
    #: 相同申请: who else handed in a paper of the same words, each a request of their own
    same: tuple[dict[str, str], ...] = ()
    papers: tuple[Paper, ...] = ()


def caller_name(caller) -> str:
    return f"{caller._meta.model_name}:{caller.pk}"


def hand_in(
    read: Callable[[], HandedIn],
    *,
    caller,
    key: str,
    digest: str,
    typed: str = "",
    deps: Dependencies,
) -> tuple[dict[str, Any], bool]:
    """(answer, whether given again). The form is read for a first answer alone: one given
    once is given again, whatever became of the agency since.

    Raises NotAllowed, ReferenceTaken, AtWork, KeyReused, Refused, and what `read` raises."""
    try:
        return idempotency.once(
            caller=caller_name(caller),
            key=key,
            digest=digest,
            typed=typed,
            act=lambda: received(read(), caller=caller, deps=deps),
            deps=deps,
        )
    except IntegrityError:
        forbid_second(read(), caller)
        raise


def received(handed: HandedIn, *, caller, deps: Dependencies) -> dict[str, Any]:
    """Register it and give out the query code, in the caller's transaction; of the papers
    of the same words each has a number, and a code, of its own."""
    for day in (handed.arrival.submitted_on, handed.arrival.signed_on,
                handed.arrival.confirmed_on):  # fmt: skip
        if day is not None:
            not_after_today(day, deps)
    first, *others = (
        one_paper(replace(handed, applicant=person), caller=caller, deps=deps)
        for person in (handed.applicant, *handed.same)
    )
    made, answer = first
    for one, paper in product(made, handed.papers):
        attachments.attach(
            one, kind=paper.kind, file=paper.file, name=paper.name, size=paper.size,
            by=caller, deps=deps,
        )  # fmt: skip
    return {**answer, "same": [told for _, told in others]} if others else answer


def one_paper(
    handed: HandedIn, *, caller, deps: Dependencies
) -> tuple[list[DisclosureRequest], dict[str, Any]]:
    """(its items as registered, what is told of them)."""
    portal = caller if getattr(caller, "is_portal", False) else None
    came = receipt(
        handed.arrival,
        term(Channel, handed.channel),
        term(ChannelDetail, handed.channel_detail) if handed.channel_detail else None,
    )
    made = numbered(handed, came, by=None if portal else caller, deps=deps)
    first, *further = made
    submission, code = submitted(
        first, portal=portal, portal_reference=handed.portal_reference
    )
    if portal is not None and callbacks.wanted(portal):
        callbacks.tell_of(submission, first.entries.latest("sequence"), deps=deps)
    items = {"items": [told(item) for item in further]} if further else {}
    return made, {**told(first), "query_code": code, **items}


def submitted(
    made: DisclosureRequest, *, portal=None, portal_reference: str = ""
) -> tuple[Submission, str]:
    """How it came in, and the query code, of which nothing is kept but a keyed hash."""
    code = new_code()
    submission = Submission.objects.create(
        disclosure_request=made,
        portal=portal,
        portal_reference=portal_reference,
        query_code=sealed(code),
    )
    return submission, code


@transaction.atomic
def code_again(made: DisclosureRequest) -> tuple[str, bool]:
    """(query code, whether it is a new one): the one given out while it is still kept with
    the first answer and opens; otherwise another in its place."""
    code = code_kept(made)
    if code:
        return code, False
    code = new_code()
    Submission.objects.update_or_create(
        disclosure_request=made, defaults={"query_code": sealed(code)}
    )
    return code, True


def code_kept(made: DisclosureRequest) -> str:
    submission = Submission.objects.filter(disclosure_request=made).first()
    if submission is None:
        return ""
    entry = made.entries.get(sequence=1)
    portal = submission.portal_id
    caller = f"portal:{portal}" if portal else f"staff:{entry.recorded_by_id}"
    answers = idempotency.answered_within(
        caller, entry.recorded_at, entry.recorded_at + ANSWERED_IN
    )
    codes = (
        told["query_code"]
        for answer in answers
        for told in (answer, *answer.get("same", []))
        if told.get("reference") == made.reference
    )
    return next((code for code in codes if opens(code, submission.query_code)), "")


def numbered(
    handed: HandedIn, came: Receipt, *, by, deps: Dependencies
) -> list[DisclosureRequest]:
    """One paper, a numbered request for each item, the later ones under the first."""
    applicant = Applicant(**handed.applicant)
    made: list[DisclosureRequest] = []
    for subject in (handed.subject, *handed.further):
        one = registered(
            agency=handed.agency,
            received_on=came.on,
            arrived_on=came.arrived_on,
            cautious=came.cautious,
            applicant=applicant,
            subject=subject,
            channel=handed.channel,
            channel_detail=handed.channel_detail,
            applicant_kind=handed.applicant_kind,
            topic=handed.topic,
            manner=handed.manner,
            parent=made[0] if made else None,
            by=by,
            deps=deps,
        )
        for told_of in handed.participants:
            Participant.objects.create(disclosure_request=one, **told_of)
        made.append(one)
    return made


def forbid_second(handed: HandedIn, caller) -> None:
    if not handed.portal_reference or not getattr(caller, "is_portal", False):
        return
    first = Submission.objects.filter(
        portal=caller, portal_reference=handed.portal_reference
    ).select_related("disclosure_request")
    for submission in first:
        raise ReferenceTaken(submission.disclosure_request.reference)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def sealed(code: str, secret: str | None = None) -> str:
    """`KEYID:MAC`: of no use to whoever has the table and not the key."""
    secret = secret or settings.FIELD_ENCRYPTION_KEYS[0]
    mac = hmac.new(key_of(secret), b"query code\n" + code.encode(), "sha256")
    return f"{key_id(secret)}:{mac.hexdigest()}"


def opens(code: str, stored: str) -> bool:
    """Whether the code is the one, however the applicant types it."""
    plain = code.upper().replace("-", "").replace(" ", "")
    name = stored.partition(":")[0]
    return any(
        hmac.compare_digest(sealed(plain, secret), stored)
        for secret in settings.FIELD_ENCRYPTION_KEYS
        if key_id(secret) == name
    )
