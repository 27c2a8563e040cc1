"""What the API keeps goes when its time is over, and not a day before."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from requests_app.models import (
    ApiCall,
    DisclosureRequest,
    FirstAnswer,
    OutboxMessage,
    PortalKey,
    ThrottleCount,
)
from requests_app.services import callbacks, portals, purging
from tests.requests_app.api.conftest import FORM, later, opened

pytestmark = pytest.mark.django_db
NOTHING = {"answers": 0, "calls": 0, "keys": 0, "secrets": 0, "throttles": 0}


def call(portal, at):
    return ApiCall(
        portal=portal, at=at, method="GET", route="x", status=200, milliseconds=1
    )


def answer(key, at):
    return FirstAnswer(caller="portal:1", key=key, sealed="{}", answered_at=at)


@pytest.mark.parametrize("at_once", [1, 2, 5000])
def test_what_is_past_its_time_goes_and_nothing_else(
    office, deps, settings, monkeypatch, at_once
):
    monkeypatch.setattr(purging, "AT_ONCE", at_once)
    now = deps.clock.now()
    portal, _ = opened(office, deps)
    for model, made, days in (
        (FirstAnswer, answer, settings.API_ANSWERS_KEPT.days),
        (ApiCall, lambda key, at: call(portal, at), settings.API_CALLS_KEPT.days),
    ):
        ages = [days + 9, days + 1, days - 1, 0]
        rows = [made(str(age), now - timedelta(days=age)) for age in ages]
        model.objects.bulk_create(rows)
    assert purging.purge(deps=deps) == NOTHING | {"answers": 2, "calls": 2}
    assert (FirstAnswer.objects.count(), ApiCall.objects.count()) == (2, 2)
    assert purging.purge(deps=deps) == NOTHING


def test_expired_keys_secrets_and_counts_go(office, deps):
    portal, _ = opened(office, deps)
    callbacks.set_url(portal, "https://a.cn/", deps=deps)
    portals.rotate(portal, deps=deps)
    callbacks.rotate(portal, deps=deps)
    minute = int(deps.clock.now().timestamp()) // 60
    ThrottleCount.count("caller:portal:1", minute)
    assert purging.purge(deps=deps) == NOTHING
    gone = NOTHING | {"keys": 1, "secrets": 1, "throttles": 1}
    assert purging.purge(deps=later(deps, days=8)) == gone
    assert PortalKey.objects.get().expires_at is None


def test_a_repeat_after_its_time_is_refused_by_the_portals_reference(office, deps):
    _, portal = opened(office, deps)
    form = FORM | {"submitted_at": "2024-11-04"}
    first = portal.create(form)
    FirstAnswer.objects.update(answered_at=timezone.now() - timedelta(days=91))
    call_command("purge_api")
    again = portal.create(form)
    assert (again.status_code, again.json()["reference"]) == (
        409,
        first.json()["reference"],
    )
    assert DisclosureRequest.objects.count() == 1


def test_the_command_tells_what_went(office, deps, capsys):
    opened(office, deps)
    call_command("purge_api")
    assert json.loads(capsys.readouterr().out) == NOTHING
    assert OutboxMessage.objects.count() == 0
