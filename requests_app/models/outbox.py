"""What must reach somebody, written in the act's own transaction (DESIGN §7)."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def visible_to(self, user) -> "OutboxQuerySet":
        """Machinery of the whole installation: its administrators alone see it."""
        return self if user.is_superuser else self.none()

    def ready(self, now: datetime) -> "OutboxQuerySet":
        return self.filter(done_at=None, next_at__lte=now).order_by("next_at", "pk")


class OutboxMessage(models.Model):
    topic = models.CharField(_("事由"), max_length=60)
    key = models.CharField(
        _("识别码"), max_length=120, unique=True
    )  # a receiver knows a repeat by it
    payload = models.JSONField(_("内容"))
    attempts = models.PositiveIntegerField(_("已试次数"), default=0)
    next_at = models.DateTimeField(_("下次投递"))
    done_at = models.DateTimeField(_("送达时间"), null=True)
    last_error = models.TextField(_("最近一次失败"), blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("待送消息")
        verbose_name_plural = pgettext_lazy("plural", "待送消息")
        indexes = [
            models.Index(
                fields=["next_at"],
                name="outbox_not_done",
                condition=models.Q(done_at=None),
            )
        ]
