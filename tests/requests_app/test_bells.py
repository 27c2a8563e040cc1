"""Without a broker a bell is answered in the asking process."""

import pytest
from celery import current_app
from django.conf import settings

from requests_app.adapters.bells import CeleryBell, send

pytestmark = [
    pytest.mark.django_db(transaction=False),
    pytest.mark.skipif(bool(settings.REDIS_URL), reason="a broker is there"),
]


@pytest.fixture
def countdown():
    """A task that rings for itself until it has run four hundred times."""
    ran = []

    @current_app.task(name="test.countdown")
    def run():
        ran.append(len(ran))
        if len(ran) < 400:
            send("test.countdown")

    yield ran
    current_app.tasks.pop("test.countdown")


def test_a_chain_of_bells_does_not_pile_up_on_the_stack(countdown):
    send("test.countdown")
    assert len(countdown) == 400


def test_a_bell_rings_after_the_commit(countdown, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as rung:
        CeleryBell().ring("test.countdown")
    assert (len(rung), countdown) == (1, [])


def test_after_a_task_that_failed_the_next_bell_is_answered(countdown):
    with pytest.raises(KeyError):
        send("test.nobody")
    send("test.countdown")
    assert len(countdown) == 400
