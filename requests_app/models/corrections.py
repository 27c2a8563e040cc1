"""补正申请人信息、更正登记事项: what a request was registered with and is told otherwise since.

The entry in the log carries who, when and the counted facts; the text and the persons stand
here, with a salt of their own that the entry's digest covers. What was there before stays.
"""

import json
from collections.abc import Collection, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.applicants import Applicant, Participant, new_salt
from requests_app.models.log import LogEntry, digest_of

#: of a person, what the digest covers
COVERED = (
    "name", "id_kind", "id_number", "phone", "fax", "address", "postcode", "email",
    "workplace", "legal_representative", "contact_name",
)  # fmt: skip
#: asked for since; covered where told, so that earlier digests hold
SINCE = ("licence",)


def covered(one: Applicant | Participant) -> list[str]:
    since = [f"{n}={value}" for n in SINCE if (value := getattr(one, n, ""))]
    return [*(getattr(one, name, "") for name in COVERED), *since]


class Correction(models.Model):
    entry = models.OneToOneField(
        LogEntry, models.PROTECT, primary_key=True, related_name="correction"
    )
    why = models.TextField(_("事由"))
    was_applicant = models.ForeignKey(
        Applicant, models.PROTECT, null=True, related_name="+",
        verbose_name=_("原申请人信息"),
    )  # fmt: skip
    applicant = models.ForeignKey(
        Applicant, models.PROTECT, null=True, related_name="+",
        verbose_name=_("补正后的申请人信息"),
    )  # fmt: skip
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="+",
        verbose_name=_("补登的人"),
    )  # fmt: skip
    #: with the salt it was registered or corrected with, so that its digest still holds
    was_subject = models.TextField(_("原申请内容"), blank=True)
    was_salt = models.CharField(max_length=32, blank=True, editable=False)
    subject = models.TextField(_("更正后的申请内容"), blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        verbose_name = _("补正和更正")
        verbose_name_plural = pgettext_lazy("plural", "补正和更正")

    def __str__(self) -> str:
        return str(self.entry)

    def digest(self) -> str:
        """What the entry's `digest` is of."""
        persons = [
            covered(one) if one else None for one in (self.applicant, self.participant)
        ]
        told = [self.why, *persons, self.subject]
        return digest_of(self.salt, json.dumps(told, ensure_ascii=False))

    def says(
        self,
        applicant: Mapping[str, str],
        participant: Mapping[str, str] | None,
        blanked: Collection[str] = (),
    ) -> bool:
        """Whether it tells just this: a form sent again tells nothing new."""
        told = {name: value for name, value in applicant.items() if value}
        told |= dict.fromkeys(blanked, "")
        now = self.applicant or self.entry.disclosure_request.applicant
        beside = self.participant
        return all(getattr(now, n, "") == v for n, v in told.items()) and (
            all(getattr(beside, n) == v for n, v in participant.items())
            if participant and beside
            else not participant and not beside
        )
