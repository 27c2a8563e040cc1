"""Delivering the outbox: at least once, with backoff, by any number of workers."""

import logging
from collections.abc import Collection
from datetime import timedelta

from django.db import connection, transaction

from requests_app.dependencies import Dependencies, Undelivered
from requests_app.models import OutboxMessage
from requests_app.services import callbacks

log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)


def deliver(*, deps: Dependencies) -> int:
    """Deliver what is ready; returns how many were. A receiver knows a repeat by `key`."""
    delivered, away = 0, set[str]()
    while (message := _deliver_one(deps, away)) is not None:
        if message.done_at:
            delivered += 1
        elif message.pk and message.receiver:
            away.add(message.receiver)  # its other messages wait for the next round
    return delivered


@transaction.atomic
def _deliver_one(deps: Dependencies, away: Collection[str]) -> OutboxMessage | None:
    ready = OutboxMessage.objects.ready(deps.clock.now()).exclude(receiver__in=away)
    if connection.features.has_select_for_update_skip_locked:
        ready = ready.select_for_update(skip_locked=True)
    message = ready.first()
    if message is None:
        return None
    message.attempts += 1
    try:
        with (
            transaction.atomic()
        ):  # what the courier asked of the database may fail alone
            if message.topic == callbacks.TOPIC:
                callbacks.forbid_unentitled(message.payload)
            deps.courier.deliver(message.topic, message.key, message.payload)
    except callbacks.Untellable:
        log.warning("message %s is not sent: it is not to be told", message.key)
        message.delete()
        return message
    except Undelivered as error:
        put_off(message, str(error), deps)
    except Exception as error:  # a fault of ours in one message holds up no other
        log.exception("message %s of %s failed", message.key, message.topic)
        put_off(message, f"系统故障 ({type(error).__name__})", deps)
    else:
        message.done_at = deps.clock.now()
    message.save()
    return message


def put_off(message: OutboxMessage, why: str, deps: Dependencies) -> None:
    message.last_error = why
    message.next_at = deps.clock.now() + wait_after(message.attempts)


def wait_after(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
