"""Portals as accounts: keys shown once, rotated with overlap, limited, disabled at once."""

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from requests_app.models import ApiCall, Portal, PortalKey, ThrottleCount
from requests_app.services import portals
from tests.requests_app.api.conftest import Caller, opened

pytestmark = pytest.mark.django_db


def ran(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_command_shows_the_key_once(office, client):
    told = json.loads(ran("create_portal", "门户", "--agency", "530000", "--json"))
    assert told == {"name": "门户", "agencies": ["530000"], "key": told["key"]}
    assert told["key"] not in str(list(PortalKey.objects.values()))
    caller = Caller(client, {"authorization": f"Bearer {told['key']}"})
    assert caller.get("agencies/").status_code == 200


@pytest.mark.parametrize(
    "words",
    [
        ["门户", "--agency", "000"],
        [" ", "--agency", "530000"],
        ["门户", "--agency", "530000", "--operation", "everything"],
    ],
)
def test_a_portal_that_cannot_be_is_refused(office, words):
    with pytest.raises(CommandError):
        call_command("create_portal", *words)
    assert Portal.objects.count() == 0


def test_a_name_is_taken_once(portal):
    with pytest.raises(CommandError, match="已有平台"):
        call_command("create_portal", "省政府门户", "--agency", "530000")


def test_a_rotated_key_goes_on_for_the_overlap_alone(portal, account, deps):
    new = portals.rotate(account, overlap=timedelta(hours=1), deps=deps)
    old = portal.headers["authorization"].removeprefix("Bearer ")
    later = replace(
        deps, clock=replace(deps.clock, at=deps.clock.at + timedelta(hours=2))
    )
    assert [
        portals.holder_of(key, deps=at) == account
        for key, at in [(old, deps), (new, deps), (old, later), (new, later)]
    ] == [True, True, False, True]


def test_a_disabled_portal_is_shut_out_at_once(portal, account, deps):
    assert portal.get("requests/").status_code == 200
    portals.disable(account, deps=deps)
    refused = portal.get("requests/")
    assert (refused.status_code, refused["WWW-Authenticate"]) == (
        401, 'Bearer realm="api"',
    )  # fmt: skip


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic eDp5", "bearer \u00ff"]
)
def test_without_a_key_nobody_is_let_in(client, db, header):
    caller = Caller(client, {"authorization": header})
    assert caller.get("requests/").status_code == 401


def test_a_portal_does_what_it_was_opened_for(office, deps, form):
    _, reader = opened(office, deps, operations=["read"])
    assert reader.get("requests/").status_code == 200
    assert reader.create(form).status_code == 403


def test_a_portal_has_a_limit_of_its_own(office, deps):
    _, caller = opened(office, deps, per_minute=2)
    ThrottleCount.objects.all().delete()
    answers = [caller.get("agencies/") for _ in range(3)]
    statuses = [answer.status_code for answer in answers]
    if statuses == [200, 200, 200]:  # the minute turned between two calls
        statuses = [*statuses[1:], caller.get("agencies/").status_code]
    assert statuses == [200, 200, 429]


def test_a_call_is_logged_without_personal_data(portal, form):
    portal.create(form)
    call = ApiCall.objects.values("method", "route", "reference", "status").get()
    assert call == {
        "method": "POST",
        "route": "api/v1/requests/",
        "reference": "",
        "status": 201,
    }


def test_the_agencies_of_a_portal_are_those_it_was_opened_for(portal, elsewhere):
    assert [a["code"] for a in portal.get("agencies/").json()["results"]] == ["530000"]
