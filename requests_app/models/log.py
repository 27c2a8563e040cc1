"""The log: append-only, chained. The database itself refuses UPDATE and DELETE
(`protection.py`)."""

import hashlib
import json
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain.events import KINDS, EntryVoided, Event, event
from requests_app.models.applicants import new_salt
from requests_app.models.language import spoken
from requests_app.models.requests import DisclosureRequest


class Sealed(models.Model):
    """One entry of a chain, sealed to the one before it."""

    sequence = models.PositiveIntegerField(_("顺序"))
    kind = models.CharField(_("事项"), max_length=24)
    on = models.DateField(_("法定日期"))
    recorded_at = models.DateTimeField(_("记录时间"))
    details = models.JSONField(_("内容"), default=dict)
    digest = models.CharField(max_length=64, blank=True)  # of the text pointed to
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def seal(self, previous: str) -> str:
        """Link this entry to the one before it; returns its hash."""
        self.previous_hash = previous
        self.hash = self.computed_hash()
        return self.hash

    def computed_hash(self) -> str:
        return hash_of(
            self.previous_hash,
            self.sequence,
            self.kind,
            self.on.isoformat(),
            self.recorded_at.timestamp(),
            self.recorded_by_id,
            self.details,
            self.digest,
        )


class LogEntry(Sealed):
    disclosure_request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="entries"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("记录人"),
        related_name="recorded_entries",
    )

    class Meta:
        verbose_name = _("办理日志")
        verbose_name_plural = pgettext_lazy("plural", "办理日志")
        ordering = ["disclosure_request", "sequence"]
        constraints = [
            models.UniqueConstraint(
                name="one_entry_per_request_and_sequence",
                fields=["disclosure_request", "sequence"],
            ),
            models.CheckConstraint(
                name="the_kind_is_known",
                condition=models.Q(kind__in=sorted(KINDS)),
            ),
        ]

    def __str__(self) -> str:
        kind = KINDS[self.kind]
        return f"{self.on} {spoken(kind.zh, kind.en)}"

    def event(self) -> Event:
        return event(self.kind, self.on, self.details)

    @property
    def text(self) -> str:
        """What stands beside it; nothing for an entry that has no text of its own."""
        try:
            return self.reason.text
        except Reason.DoesNotExist:
            return ""


class Reason(models.Model):
    """理由: what a head said where the law asks for a reason, with a salt of its own; the
    entry's digest covers it."""

    entry = models.OneToOneField(
        LogEntry, models.PROTECT, primary_key=True, related_name="reason"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("机构负责人")
    )
    text = models.TextField(_("理由"))
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        verbose_name = _("理由")
        verbose_name_plural = pgettext_lazy("plural", "理由")


def voided_in(entries: Iterable[LogEntry]) -> frozenset[int]:
    return frozenset(e.details["entry"] for e in entries if e.kind == EntryVoided.kind)


def hash_of(*told: object) -> str:
    """Of what an entry tells, the hash before it first."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def digest_of(salt: str, text: str) -> str:
    """Of a text that the entry points to: erasing text and salt leaves the chain whole."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
