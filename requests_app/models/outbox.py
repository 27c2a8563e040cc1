"""What must reach somebody, written in the act's own transaction (DESIGN §7)."""

from datetime import datetime

from django.db import models


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def ready(self, now: datetime) -> "OutboxQuerySet":
        return self.filter(done_at=None, next_at__lte=now).order_by("next_at", "pk")


class OutboxMessage(models.Model):
    topic = models.CharField(max_length=60)
    key = models.CharField(
        max_length=120, unique=True
    )  # a receiver knows a repeat by it
    payload = models.JSONField()
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待送消息"
        indexes = [
            models.Index(
                fields=["next_at"],
                name="outbox_not_done",
                condition=models.Q(done_at=None),
            )
        ]
