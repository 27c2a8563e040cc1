"""其他来件: registered apart, closed with a result, and taken over into the register of requests
where a letter turns out to hold one (会签)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain.intake import Arrival, receipt
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel, ChannelDetail, term
from requests_app.models import (
    Agency,
    Applicant,
    Cosignature,
    DisclosureRequest,
    Enquiry,
    Staff,
)
from requests_app.services import intake
from requests_app.services.recording import not_after_today, register

SERIES = "enquiry"
#: who registers what comes in, and closes it
KEEP = ("intake_clerk", "handler", "office_head")


@dataclass(frozen=True, kw_only=True)
class CameIn:
    """What came, as the desk writes it down."""

    agency: Agency
    kind: str
    channel: str
    received_on: date
    applicant: Applicant
    text: str
    came_as_request: bool = False
    ground: str = ""


@transaction.atomic
def enter(came: CameIn, *, by: Staff, deps: Dependencies) -> Enquiry:
    """Numbered in a series of its own, so that no request's number is missing."""
    not_after_today(came.received_on, deps)
    if came.came_as_request and not came.ground:
        raise NotAllowed(
            "以公开申请名义提出的，请写明认定不属于公开申请的理由 "
            "(say why it is no disclosure request)",
            "第三十九条",
        )
    came.applicant.save()
    today = deps.clock.today()
    (serial,) = deps.numbers.next(came.agency.pk, today.year, SERIES)
    return Enquiry.objects.create(
        agency=came.agency,
        number=f"来件〔{today.year}〕{serial}号",
        kind=came.kind,
        channel=came.channel,
        received_on=came.received_on,
        applicant=came.applicant,
        text=came.text,
        came_as_request=came.came_as_request,
        ground=came.ground,
        registered_at=deps.clock.now(),
        registered_by=by,
    )


@transaction.atomic
def close(
    enquiry: Enquiry, *, on: date, result: str, by: Staff, deps: Dependencies
) -> Enquiry:
    locked = held(enquiry)
    not_after_today(on, deps)
    not_before(on, locked)
    locked.closed_on, locked.result, locked.closed_by = on, result, by
    locked.save()
    return locked


@transaction.atomic
def take_over(
    enquiry: Enquiry,
    *,
    subject: str,
    applicant_kind: str,
    signed_by: str,
    signed_on: date,
    by: Staff,
    deps: Dependencies,
) -> tuple[DisclosureRequest, str]:
    """(the request, its query code). A petition letter that holds a disclosure request:
    registered with the joint sign-off, received on the day on which the agency had the
    letter (第三十一条)."""
    locked = held(enquiry)
    not_after_today(signed_on, deps)
    not_before(signed_on, locked)
    by_post = locked.channel == Channel.POST
    came = receipt(
        Arrival(
            submitted_on=locked.received_on,
            signed_on=locked.received_on if by_post else None,
        ),
        term(Channel, locked.channel),
        ChannelDetail.PETITION_LETTER if by_post else None,
    )
    made = register(
        agency=locked.agency,
        received_on=came.on,
        arrived_on=came.arrived_on,
        cautious=came.cautious,
        applicant=locked.applicant,
        subject=subject,
        channel=locked.channel,
        channel_detail=ChannelDetail.PETITION_LETTER.value if by_post else "",
        applicant_kind=applicant_kind,
        by=by,
        deps=deps,
    )
    Cosignature.objects.create(
        enquiry=locked,
        disclosure_request=made,
        signed_by=signed_by,
        signed_on=signed_on,
        taken_by=by,
        taken_at=deps.clock.now(),
    )
    locked.closed_on, locked.closed_by = deps.clock.today(), by
    locked.result = f"经会签转为政府信息公开申请 {made.number}"
    locked.save()
    _submission, code = intake.submitted(made)
    return made, code


def held(enquiry: Enquiry) -> Enquiry:
    """The row locked; NotAllowed for one that is closed: a second click does nothing."""
    locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if locked.closed_on:
        raise NotAllowed(f"已于 {locked.closed_on} 办结 (it is closed)")
    return locked


def not_before(on: date, enquiry: Enquiry) -> None:
    if on < enquiry.received_on:
        raise NotAllowed(
            f"{on} 早于收到之日 {enquiry.received_on} (before it was received)"
        )
