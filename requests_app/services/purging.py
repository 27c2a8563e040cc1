"""What the API keeps for a time only: first answers, the log of calls, what has expired."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from requests_app.dependencies import Dependencies
from requests_app.models import ApiCall, FirstAnswer, PortalKey, ThrottleCount
from requests_app.models.callbacks import RetiredSecret

AT_ONCE = 5000  # rows of one transaction, so that no call waits for long
DAY = timedelta(days=1)


def purge(*, deps: Dependencies) -> Mapping[str, int]:
    """How many rows went, by table. What is kept for how long is the settings' to say; a
    call's row for six months at least (网络安全法第二十一条第三项)."""
    now = deps.clock.now()
    yesterday = int((now - DAY).timestamp()) // 60
    return {
        "answers": oldest(FirstAnswer, "answered_at", now - settings.API_ANSWERS_KEPT),
        "calls": oldest(ApiCall, "at", now - settings.API_CALLS_KEPT),
        "keys": PortalKey.objects.filter(expires_at__lt=now).delete()[0],
        "secrets": RetiredSecret.objects.filter(expires_at__lt=now).delete()[0],
        "throttles": ThrottleCount.objects.filter(minute__lt=yesterday).delete()[0],
    }


def oldest(model: type[models.Model], written: str, before: datetime) -> int:
    return sum(batches(model, written, before))


def batches(model: type[models.Model], written: str, before: datetime) -> Iterator[int]:
    """From the first row on, as they were written: no index over the instants is needed."""
    rows = model._default_manager
    while True:
        first = rows.order_by("pk").values_list("pk", written)[:AT_ONCE]
        past = [pk for pk, at in first if at < before]
        if past:
            yield rows.filter(pk__in=past).delete()[0]
        if len(past) < AT_ONCE:
            return
