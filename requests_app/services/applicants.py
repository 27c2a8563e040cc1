"""What the applicant does after handing in: a supplement, a confirmation, a withdrawal."""

from datetime import date

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain.events import ReceiptConfirmed, Replied, SupplementReceived
from requests_app.domain.vocabulary import Outcome
from requests_app.models import DisclosureRequest
from requests_app.models.applicants import new_salt
from requests_app.models.log import digest_of
from requests_app.models.portals import SupplementText
from requests_app.services.recording import record


@transaction.atomic
def supplement(
    disclosure_request: DisclosureRequest,
    *,
    on: date,
    text: str,
    by,
    deps: Dependencies,
    seen: int | None = None,
) -> DisclosureRequest:
    """第三十条: the reply period runs anew from the day after it came."""
    salt = new_salt()
    SupplementText.objects.create(
        disclosure_request=disclosure_request, on=on, text=text, salt=salt
    )
    return record(
        disclosure_request,
        SupplementReceived(on=on),
        by=by,
        deps=deps,
        seen=seen,
        digest=digest_of(salt, text),
    )


def confirm(
    disclosure_request: DisclosureRequest, *, on: date, by, deps: Dependencies
) -> DisclosureRequest:
    """第三十一条: what both sides confirmed is received on that day."""
    return record(disclosure_request, ReceiptConfirmed(on=on), by=by, deps=deps)


def withdraw(
    disclosure_request: DisclosureRequest, *, on: date, by, deps: Dependencies
) -> DisclosureRequest:
    """Concluded as withdrawn; said twice, it is withdrawn once."""
    if disclosure_request.outcome == Outcome.WITHDRAWN:
        return disclosure_request
    event = Replied(on=on, outcome=Outcome.WITHDRAWN)
    return record(disclosure_request, event, by=by, deps=deps)
