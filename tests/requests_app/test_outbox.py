from dataclasses import replace
from datetime import timedelta

import pytest

from requests_app.models import OutboxMessage
from requests_app.services.outbox import deliver, wait_after
from tests.fakes import FixedClock, Postbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(deps):
    return OutboxMessage.objects.create(
        topic="request.replied", key="a:1", payload={}, next_at=deps.clock.now()
    )


def test_what_is_ready_is_delivered_once(message, deps):
    assert (deliver(deps=deps), deliver(deps=deps)) == (1, 0)
    assert deps.courier.delivered == ["a:1"]


def test_what_could_not_be_delivered_is_tried_again_later(message, deps):
    away = replace(deps, courier=Postbox(failures=1))
    deliver(deps=away)
    assert away.courier.delivered == []
    later = replace(away, clock=FixedClock(deps.clock.now() + timedelta(seconds=30)))
    deliver(deps=later)
    assert away.courier.delivered == ["a:1"]
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (2, "nobody home")


def test_the_wait_doubles_and_has_an_end():
    waits = [wait_after(n).total_seconds() for n in (1, 2, 3, 30)]
    assert waits == [30, 60, 120, 21600]


def in_line(deps, *keys):
    for key in keys:
        OutboxMessage.objects.create(
            topic="t", key=key, line="l", payload={}, next_at=deps.clock.now()
        )


def test_what_is_of_one_line_waits_for_what_was_before(deps):
    away = replace(deps, courier=Postbox(failures=1))
    in_line(deps, "l:1", "l:2")
    deliver(deps=away)
    assert away.courier.delivered == []
    deliver(
        deps=replace(away, clock=FixedClock(deps.clock.now() + timedelta(minutes=1)))
    )
    assert away.courier.delivered == ["l:1", "l:2"]


class Forgetful(Postbox):
    """Has lost the key that one message was sealed with."""

    def deliver(self, topic, key, payload):
        if key == "a:1":
            raise KeyError("3f2a")
        super().deliver(topic, key, payload)


def test_one_message_that_fails_holds_up_no_other(message, deps, caplog):
    forgetful = replace(deps, courier=Forgetful())
    in_line(deps, "b:1")
    assert deliver(deps=forgetful) == 1
    assert forgetful.courier.delivered == ["b:1"]
    message.refresh_from_db()
    assert (message.attempts, message.last_error, message.next_at) == (
        1,
        "系统故障 (KeyError)",
        deps.clock.now() + timedelta(seconds=30),
    )
    [told] = caplog.records
    assert (told.getMessage(), told.exc_info[0]) == (
        "message a:1 of request.replied failed",
        KeyError,
    )
