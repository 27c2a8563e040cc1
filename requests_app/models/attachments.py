"""附件: papers that came with a request, kept under their SHA-256 in the media root."""

from django.db import models

from requests_app.models.requests import DisclosureRequest


class Attachment(models.Model):
    class Kind(models.TextChoices):
        IDENTITY = "identity", "身份证明"
        AUTHORISATION = "authorisation", "委托书"
        SUPPLEMENT = "supplement", "补正材料"
        OTHER = "other", "其他材料"

    disclosure_request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="attachments"
    )
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    name = models.CharField("文件名", max_length=150)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=100, editable=False)
    received_at = models.DateTimeField("收到时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_request_keeps_a_file_once",
                fields=["disclosure_request", "sha256"],
            )
        ]

    def __str__(self) -> str:
        return self.name
