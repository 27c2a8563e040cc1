"""重复申请: what the same applicant asked the same agency before in like words.

第三十六条第（六）项 lets an agency not answer twice; an answer by another agency makes no
repeat. The machine points, a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from requests_app.models import Agency, DisclosureRequest
from requests_app.models.applicants import blind_indexes

LOOKED_AT = 200  # of one applicant, the newest first
LIKE = 0.6  # share of two-character pieces in common
SHOWN = 5
LISTED = 20  # beside a request


@dataclass(frozen=True, kw_only=True)
class Earlier:
    disclosure_request: DisclosureRequest
    likeness: float

    @property
    def alike(self) -> bool:
        return self.likeness >= LIKE

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)


def earlier(
    agency: Agency, *, name: str, id_number: str, subject: str
) -> list[Earlier]:
    """The likest first; nothing while neither name nor identity number is known."""
    same = of_applicant(name, id_number)
    asked = DisclosureRequest.objects.filter(same, agency=agency, voided_on=None)
    newest = asked.select_related("wording").order_by("-received_on", "-pk")
    told = (
        Earlier(
            disclosure_request=one,
            likeness=likeness(subject, one.wording.subject),
        )
        for one in newest[:LOOKED_AT]
        if hasattr(one, "wording")
    )
    alike = [one for one in told if one.alike]
    return sorted(alike, key=lambda one: -one.likeness)[:SHOWN]


def of_applicant(name: str, id_number: str) -> Q:
    """By identity number, and by name as far as it is written the same."""
    same = Q(applicant__name=name) if name else Q(pk__in=[])
    if indexes := blind_indexes(id_number):
        same |= Q(applicant__id_index__in=indexes)
    return same


def of_the_same(disclosure_request: DisclosureRequest) -> list[Earlier]:
    """What the applicant asked this agency in other letters, the newest first, and how like
    it is."""
    applicant = disclosure_request.applicant
    if applicant is None:
        return []
    first = disclosure_request.parent_id or disclosure_request.pk
    wording = getattr(disclosure_request, "wording", None)
    same = of_applicant(applicant.name, applicant.id_number) | Q(applicant=applicant)
    asked = (
        DisclosureRequest.objects.filter(
            same, agency=disclosure_request.agency_id, voided_on=None
        )
        .exclude(Q(pk=first) | Q(parent=first) | Q(pk=disclosure_request.pk))
        .select_related("wording")
        .order_by("-received_on", "-pk")[:LISTED]
    )
    return [
        Earlier(
            disclosure_request=one,
            likeness=likeness(wording.subject, one.wording.subject)
            if wording and hasattr(one, "wording")
            else 0.0,
        )
        for one in asked
    ]


def likeness(one: str, other: str) -> float:
    """Dice's coefficient over pieces of two characters, spaces and signs left out."""
    mine, theirs = pieces(one), pieces(other)
    if not mine or not theirs:
        return 0.0
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def pieces(text: str) -> set[tuple[str, str]]:
    letters: Iterable[str] = (c for c in text if c.isalnum())
    return set(pairwise(letters))
