"""附件: papers that came with a request, kept under their SHA-256 in the media root."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.requests import DisclosureRequest


class Attachment(models.Model):
    class Kind(models.TextChoices):
        IDENTITY = "identity", _("身份证明")
        AUTHORISATION = "authorisation", _("委托书")
        SUPPLEMENT = "supplement", _("补正材料")
        OTHER = "other", _("其他材料")

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

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = pgettext_lazy("plural", "附件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_request_keeps_a_file_once",
                fields=["disclosure_request", "sha256"],
            )
        ]

    def __str__(self) -> str:
        return self.name
