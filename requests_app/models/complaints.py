"""举报投诉 (2008 第三十三条第一款; 2019 第四十七条、第五十一条): a log of its own.

The columns are read from the entries; what was said stands apart from the row that is
counted, as with requests.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain.vocabulary import ComplaintAbout, ComplaintResult
from requests_app.models.agencies import Agency
from requests_app.models.applicants import new_salt
from requests_app.models.language import choices
from requests_app.models.log import Sealed


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user) -> "ComplaintQuerySet":
        return self.filter(agency__in=Agency.objects.visible_to(user))


class Complaint(models.Model):
    """One complaint that the agency received. A voided one is kept and not counted."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("收到机关"))
    received_on = models.DateField(_("收到日期"))
    about = models.CharField(
        _("举报投诉事项"), max_length=12, choices=choices(ComplaintAbout)
    )
    concluded_on = models.DateField(_("办结日期"), null=True)
    result = models.CharField(
        _("处理结果"), max_length=12, blank=True, choices=choices(ComplaintResult)
    )
    voided_on = models.DateField(_("作废日期"), null=True)
    #: of the form it was registered by: sent twice, it is one
    key = models.CharField(max_length=40, null=True, unique=True, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("举报投诉")
        verbose_name_plural = pgettext_lazy("plural", "举报投诉")
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(fields=["received_on"], name="complaints_by_receipt"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_complaint_has_a_result_exactly_when_concluded",
                condition=Q(concluded_on=None, result="")
                | Q(concluded_on__gte=F("received_on")) & ~Q(result=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.received_on:%Y}-{self.pk} {self.get_about_display()}"


class ComplaintEntry(Sealed):
    """登记、办结、作废: append-only, like the log of requests."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("登记")
        CONCLUDED = "concluded", _("办结")
        VOIDED = "voided", _("作废")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="entries")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("记录人"),
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("举报投诉办理日志")
        ordering = ["complaint", "sequence"]
        constraints = [
            models.UniqueConstraint(
                name="one_entry_per_complaint_and_sequence",
                fields=["complaint", "sequence"],
            ),
            models.CheckConstraint(
                name="the_kind_of_a_complaints_entry_is_known",
                condition=Q(kind__in=["registered", "concluded", "voided"]),
            ),
        ]

    def get_kind_display(self) -> str:
        return self.Kind(self.kind).label

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class ComplaintText(models.Model):
    """What was complained of, or found, or why it is taken back; the entry's digest
    covers it, and erasing text and salt leaves the chain whole."""

    entry = models.OneToOneField(
        ComplaintEntry, models.PROTECT, primary_key=True, related_name="said"
    )
    text = models.TextField(_("内容"))
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("举报投诉内容")
