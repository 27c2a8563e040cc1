"""补正申请人信息、更正登记事项: a request told otherwise than it was registered, by an entry of
its own. What was there before stays, and is read by those who may see the applicant."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.forms import model_to_dict

from requests_app.dependencies import Dependencies
from requests_app.domain.events import (
    ApplicantCompleted,
    Corrected,
    Event,
    ParticipantRemoved,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.models import (
    Applicant,
    Correction,
    DisclosureRequest,
    Participant,
    Wording,
)
from requests_app.models.applicants import new_salt
from requests_app.models.corrections import COVERED, SINCE
from requests_app.services.recording import record

NOTHING = "没有更正的内容 (nothing is told otherwise)"


@transaction.atomic
def complete(
    disclosure_request: DisclosureRequest,
    *,
    on: date,
    applicant: Mapping[str, str],
    blanked: Collection[str] = (),
    participant: Mapping[str, str] | None = None,
    whole_paper: bool = False,
    why: str,
    by,
    deps: Dependencies,
    seen: int | None = None,
) -> DisclosureRequest:
    """补正申请人信息: of `applicant` what is blank stays as it was, but what is `blanked` was
    entered by mistake and is blank from now on. With `whole_paper` the
    other items of the same paper are told the same, each by an entry of its own."""
    was = disclosure_request.applicant
    told = {name: value for name, value in applicant.items() if value}
    told |= dict.fromkeys(blanked, "")
    if not participant and not differs(was, told):
        raise NotAllowed(NOTHING)
    now = completed(was, told) if differs(was, told) else was
    others = items_beside(disclosure_request) if whole_paper else []
    for one, drawn_from in ((disclosure_request, seen), *((o, None) for o in others)):
        correction = Correction(
            why=why,
            was_applicant=was if now != was else None,
            applicant=now if now != was else None,
            participant=participant
            and Participant.objects.create(disclosure_request=one, **participant),
        )
        event = ApplicantCompleted(on=on)
        made = corrected(one, event, correction, by=by, deps=deps, seen=drawn_from)
        made.applicant = now
        made.save(update_fields=["applicant"])
    disclosure_request.refresh_from_db()
    return disclosure_request


def remove(
    disclosure_request: DisclosureRequest,
    event: ParticipantRemoved,
    *,
    why: str,
    by,
    deps: Dependencies,
    seen: int | None = None,
) -> DisclosureRequest:
    """移除误登的共同申请人、代理人: the row stays, and voiding the entry brings them back."""
    if event.participant not in {one.pk for one in disclosure_request.people()}:
        raise NotAllowed("没有可移除的人 (nobody of that id stands there)")
    return record(disclosure_request, event, by=by, deps=deps, seen=seen, remark=why)


@transaction.atomic
def correct(
    disclosure_request: DisclosureRequest,
    event: Corrected,
    *,
    subject: str,
    why: str,
    by,
    deps: Dependencies,
    seen: int | None = None,
) -> DisclosureRequest:
    """更正登记事项, before the reply: a mistyped kind, channel or wording. The forms count
    what is true now; what was signed before shows it as an adjustment."""
    wording = getattr(disclosure_request, "wording", None)
    reworded = bool(subject) and subject != (wording.subject if wording else "")
    if not reworded and not recounted(disclosure_request, event):
        raise NotAllowed(NOTHING)
    correction = Correction(
        why=why,
        was_subject=wording.subject if reworded and wording else "",
        was_salt=wording.salt if reworded and wording else "",
        subject=subject if reworded else "",
    )
    made = corrected(disclosure_request, event, correction, by=by, deps=deps, seen=seen)
    if reworded:
        Wording.objects.update_or_create(
            disclosure_request=made,
            defaults={"subject": subject, "salt": new_salt()},
        )
    return made


def corrected(
    disclosure_request: DisclosureRequest,
    event: Event,
    correction: Correction,
    *,
    by,
    deps: Dependencies,
    seen: int | None,
) -> DisclosureRequest:
    """The entry, and beside it what it points to."""
    made = record(
        disclosure_request,
        event,
        by=by,
        deps=deps,
        seen=seen,
        digest=correction.digest(),
    )
    correction.entry = made.entries.latest("sequence")
    correction.save(force_insert=True)
    return made


def recounted(disclosure_request: DisclosureRequest, event: Corrected) -> bool:
    counted = ("channel", "channel_detail", "applicant_kind")
    return any(getattr(disclosure_request, n) != getattr(event, n) for n in counted)


def differs(was: Applicant | None, told: Mapping[str, str]) -> bool:
    return any(getattr(was, name, "") != value for name, value in told.items())


def completed(was: Applicant | None, told: Mapping[str, str]) -> Applicant:
    """A row of its own: the earlier one is what was registered."""
    before = model_to_dict(was, fields=(*COVERED, *SINCE)) if was else {}
    return Applicant.objects.create(**{**before, **told})


def items_beside(disclosure_request: DisclosureRequest) -> list[DisclosureRequest]:
    """The other requests of the same paper and applicant, not voided."""
    first = disclosure_request.parent or disclosure_request
    paper = [first, *first.items.order_by("pk")]
    return [
        one
        for one in paper
        if one.pk != disclosure_request.pk
        and one.applicant_id == disclosure_request.applicant_id
        and one.voided_on is None
    ]
