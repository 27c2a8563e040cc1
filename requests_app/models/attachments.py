"""附件: papers of a request, kept under their SHA-256 in the media root: what came with it,
and what the office put into the file (案卷) itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.requests import DisclosureRequest


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def standing(self) -> "AttachmentQuerySet":
        return self.filter(withdrawn_at=None)

    def withdrawn(self) -> "AttachmentQuerySet":
        return self.filter(withdrawn_at__isnull=False)

    def of_the_applicant(self) -> "AttachmentQuerySet":
        """What the applicant hands in (第二十九条、第三十条); the rest is the office's own."""
        return self.standing().filter(kind__in=OF_THE_APPLICANT)

    def of_side(self, *, office: bool) -> "AttachmentQuerySet":
        """What the office added itself, or what the applicant handed in through a portal:
        neither knows of the other's, nor is in its way."""
        return self.filter(added_by__isnull=not office)

    def of_the_reply(self) -> "AttachmentQuerySet":
        """What goes out to the applicant; put into the file by the office alone."""
        reply = self.standing().filter(kind=Attachment.Kind.REPLY)
        looked_through = Q(findings=[]) | Q(cleared_at__isnull=False)
        return reply.filter(looked_through, added_by__isnull=False)


class Attachment(models.Model):
    class Kind(models.TextChoices):
        IDENTITY = "identity", _("身份证明")
        AUTHORISATION = "authorisation", _("委托书")
        SUPPLEMENT = "supplement", _("补正材料")
        OTHER = "other", _("其他材料")
        LETTER = "letter", _("申请书原件")
        SEARCH = "search", _("检索记录")
        OPINION = "opinion", _("征求意见函件")
        APPROVAL = "approval", _("内部审批资料")
        REPLY = "reply", _("答复书")
        SERVICE = "service", _("寄送和签收凭证")

    disclosure_request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="attachments"
    )
    kind = models.CharField(_("类别"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("文件名"), max_length=150)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("字节数"))
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=100, editable=False)
    received_at = models.DateTimeField(_("收到时间"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("上传人"),
    )  # fmt: skip

    no_mark = models.CharField(
        _("文件名中经上传人确认不是密级标志的字样"), max_length=4, blank=True
    )

    # --- what was found in one that goes out, and who cleared it in writing ---
    findings = models.JSONField(_("检查所见"), default=list)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("核对人"),
    )  # fmt: skip
    cleared_at = models.DateTimeField(_("核对时间"), null=True)
    clearance = models.TextField(_("核对说明"), blank=True)

    # --- when it is withdrawn: the row and its hash stay ---
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("撤回人"),
    )  # fmt: skip
    secret = models.BooleanField(_("涉密，原文已清除"), default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = pgettext_lazy("plural", "附件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_applicant_hands_a_file_in_once",
                fields=["disclosure_request", "sha256"],
                condition=Q(added_by=None, withdrawn_at=None),
            ),
            models.UniqueConstraint(
                name="an_office_adds_a_file_once",
                fields=["disclosure_request", "sha256"],
                condition=Q(added_by__isnull=False, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="a_paper_is_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by=None, secret=False)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="papers_known_as_secret",
                fields=["sha256"],
                condition=Q(secret=True),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_clear(self) -> bool:
        return not self.findings or self.cleared_at is not None


OF_THE_APPLICANT = (
    Attachment.Kind.IDENTITY,
    Attachment.Kind.AUTHORISATION,
    Attachment.Kind.SUPPLEMENT,
    Attachment.Kind.OTHER,
)
#: the same, for the API
HANDED_IN = [(kind.value, kind.label) for kind in OF_THE_APPLICANT]
#: whose content is personal data: reading one is written down
PERSONAL = (*OF_THE_APPLICANT, Attachment.Kind.LETTER, Attachment.Kind.SERVICE)
