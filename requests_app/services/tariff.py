"""信息处理费 of one request: how many pieces the applicant has asked for in the month, and
what the tariff makes of it (国办函〔2020〕109号). A person decides what is charged."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from requests_app.domain import fees
from requests_app.domain.fees import Charge
from requests_app.models import DisclosureRequest
from requests_app.models.applicants import blind_indexes


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`nth` is None where the applicant's identity number is not known: pieces are then
    not added up. `in_force` is False for a request received before the tariff was."""

    in_force: bool
    nth: int | None = None

    @property
    def by_piece(self) -> Charge | None:
        return fees.by_piece(self.nth) if self.nth else None


def proposed(disclosure_request: DisclosureRequest) -> Proposal:
    if disclosure_request.received_on < fees.IN_FORCE_FROM:
        return Proposal(in_force=False)
    return Proposal(in_force=True, nth=nth_piece(disclosure_request))


def nth_piece(disclosure_request: DisclosureRequest) -> int | None:
    """The how many-th of the same applicant at the same agency in the calendar month of
    its receipt, whatever became of the others; the same person by identity number alone."""
    applicant = disclosure_request.applicant
    same = blind_indexes(applicant.id_number) if applicant else []
    if not same:
        return None
    on = disclosure_request.received_on
    until = Q(received_on__lt=on) | Q(received_on=on, pk__lte=disclosure_request.pk)
    return DisclosureRequest.objects.filter(
        until,
        agency=disclosure_request.agency_id,
        applicant__id_index__in=same,
        received_on__gte=date(on.year, on.month, 1),
        voided_on=None,
    ).count()


def charge(*, nth: int | None, pages: int | None) -> Charge:
    """By one of the two methods, never both."""
    return fees.by_page(pages) if pages else fees.by_piece(nth or 1)
