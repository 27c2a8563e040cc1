"""Portals as accounts: keys shown once, rotated with overlap, limited, disabled at once."""

import json
import time
from collections import Counter
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


def in_one_minute(call, times):
    """The answers to so many calls, of which none waits for the next window."""
    while True:
        began = time.time() // 60
        ThrottleCount.objects.all().delete()
        ApiCall.objects.all().delete()
        answers = [call() for _ in range(times)]
        if time.time() // 60 == began:
            return answers


def counted(answers):
    return dict(Counter(answer.status_code for answer in answers))


def waits(answers):
    """Whether each that was too many says when the next window begins."""
    told = [int(a["Retry-After"]) for a in answers if a.status_code == 429]
    left = 60 - time.time() % 60
    return all(abs(wait - left) < 30 and 0 < wait <= 60 for wait in told)


def test_what_may_not_be_done_is_counted_before_it_is_refused(office, deps, form):
    _, reader = opened(office, deps, operations=["read"], per_minute=3)
    answers = in_one_minute(lambda: reader.create(form), 9)
    assert (counted(answers), waits(answers)) == ({403: 3, 429: 6}, True)
    # one row for all that were too many: nobody fills the log
    logged = Counter(ApiCall.objects.values_list("status", flat=True))
    assert logged == {403: 3, 429: 1}


def test_keys_that_are_none_are_counted_by_the_address(portal, client):
    stranger = Caller(client, {"authorization": "Bearer dpk_guess"})
    answers = in_one_minute(lambda: stranger.get("requests/"), 64)
    assert (counted(answers), waits(answers)) == ({401: 60, 429: 4}, True)
    elsewhere = client.get(
        "/api/v1/requests/", headers=stranger.headers, REMOTE_ADDR="192.0.2.7"
    )
    assert elsewhere.status_code == 401
    assert portal.get("requests/").status_code == 200  # from the same address
    assert ApiCall.objects.count() == 1


def test_an_open_endpoint_counts_them_too(client, db):
    stranger = Caller(client, {"authorization": "Bearer dpk_guess"})
    answers = in_one_minute(lambda: stranger.post("deadlines/", {}), 62)
    assert counted(answers) == {401: 60, 429: 2}


def test_nobody_at_all_is_counted_by_the_address(client, db):
    answers = in_one_minute(lambda: client.get("/api/v1/requests/"), 602)
    assert counted(answers) == {401: 600, 429: 2}


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
