"""What must reach somebody, written in the act's own transaction (DESIGN §7)."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def visible_to(self, user) -> "OutboxQuerySet":
        """Machinery of the whole installation: its administrators alone see it."""
        return self if user.is_superuser else self.none()

    def ready(self, now: datetime) -> "OutboxQuerySet":
        """Whose time has come, and the first of its line."""
        waiting = OutboxMessage.objects.filter(done_at=None)
        before = waiting.filter(line=OuterRef("line"), pk__lt=OuterRef("pk"))
        return self.filter(
            Q(line="") | ~Exists(before), done_at=None, next_at__lte=now
        ).order_by("next_at", "pk")

    def replay(self, now: datetime) -> int:
        """Send again, whether delivered or not; the receiver knows a repeat by its key."""
        return self.update(done_at=None, attempts=0, next_at=now, last_error="")


class OutboxMessage(models.Model):
    topic = models.CharField(_("事由"), max_length=60)
    key = models.CharField(
        _("识别码"), max_length=120, unique=True
    )  # a receiver knows a repeat by it
    #: one that is away holds up no other
    receiver = models.CharField(_("收件方"), max_length=40, blank=True)
    #: what is of one line arrives in order; nothing waits for what is of none
    line = models.CharField(max_length=120, blank=True)
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
                condition=Q(done_at=None),
            ),
            models.Index(
                fields=["line", "id"],
                name="outbox_line_not_done",
                condition=Q(done_at=None) & ~Q(line=""),
            ),
            models.Index(
                fields=["receiver", "-id"],
                name="outbox_of_a_receiver",
                condition=~Q(receiver=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
