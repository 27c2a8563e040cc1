"""Where a portal is called back, with which secret, and what its administrators see."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from requests_app.adapters.webhooks import signature
from requests_app.models import Callback, OutboxMessage, Staff
from requests_app.services import callbacks
from requests_app.services.outbox import deliver
from tests.requests_app.api.conftest import later, opened

pytestmark = pytest.mark.django_db


def heard(receiver):
    return [told["type"].removeprefix("request.") for told in receiver.got]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.cn/",
        "https://",
        "https://u:p@a.cn/",
        "https://a.cn/#x",
        "https://a.cn:99999/",
        "https://a.cn/ x",
        "javascript:alert(1)",
        "https://a.cn/" + "x" * 500,
    ],
)
def test_a_url_that_is_none_is_refused(office, deps, url):
    opened(office, deps)
    with pytest.raises(CommandError, match="https"):
        call_command("set_callback", "省政府门户", url)
    assert Callback.objects.count() == 0


def test_the_command_shows_the_secret_once(office, deps, capsys):
    opened(office, deps)
    call_command("set_callback", "省政府门户", "https://a.cn/x", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "name": "省政府门户",
        "url": "https://a.cn/x",
        "secret": Callback.objects.get().secret,
    }
    call_command("set_callback", "省政府门户", "--stop")
    assert Callback.objects.get().stopped_at is not None


def test_a_portal_tries_its_callback_and_sees_how_it_went(
    called, receiver, calendar_day
):
    calendar_day("2026-11-24")
    _, caller, sending, _ = called
    asked = caller.post("callbacks/test/", {})
    assert (asked.status_code, asked.json()["type"]) == (202, "test")
    receiver.answers = [503]
    deliver(deps=later(sending, days=1))
    shown = caller.get("callbacks/").json()["results"]
    told = [(d["id"], d["attempts"], d["delivered_at"], d["last_error"]) for d in shown]
    assert told == [(asked.json()["id"], 1, None, "HTTP 503")]
    deliver(deps=later(sending, days=2))
    [one] = caller.get("callbacks/").json()["results"]
    assert (one["attempts"], one["delivered_at"] is not None) == (2, True)


def test_without_a_callback_there_is_nothing_to_try(office, deps):
    _, caller = opened(office, deps)
    refused = caller.post("callbacks/test/", {})
    assert (refused.status_code, caller.get("callbacks/").json()["results"]) == (
        409,
        [],
    )


def test_a_portal_sees_its_own_deliveries_alone(office, deps, called):
    callbacks.ping(called[0], deps=deps)
    _, other = opened(office, deps, name="小程序")
    assert other.get("callbacks/").json()["results"] == []


def test_staff_have_no_callback(admin_client):
    assert admin_client.get("/api/v1/callbacks/").status_code == 403


def test_an_administrator_sends_again_from_the_admin(
    made, called, receiver, admin_client
):
    *_, sending, _ = called
    deliver(deps=sending)
    sent = OutboxMessage.objects.get(topic="callback")
    page = admin_client.get("/admin/requests_app/outboxmessage/")
    assert sent.key in page.content.decode()
    chosen = {"action": "replay", "_selected_action": [sent.pk]}
    admin_client.post("/admin/requests_app/outboxmessage/", chosen)
    deliver(deps=later(sending, days=1))
    assert receiver.got[0] == receiver.got[1]


def test_an_administrator_tries_and_disables_a_portal_from_the_admin(
    called, receiver, admin_client
):
    portal, caller, *_ = called
    for action in ("try_callback", "disable"):
        chosen = {"action": action, "_selected_action": [portal.pk]}
        admin_client.post("/admin/requests_app/portal/", chosen)
    assert callbacks.deliveries(portal).count() == 1
    assert caller.get("agencies/").status_code == 401


@pytest.mark.parametrize("model", ["portal", "callback", "outboxmessage"])
def test_the_machinery_is_the_administrators_alone(office, client, model):
    head = Staff.objects.create_user("head", agency=office, is_staff=True)
    head.groups.add(Group.objects.get(name="office_head"))
    client.force_login(head)
    assert client.get(f"/admin/requests_app/{model}/").status_code == 403


@pytest.mark.parametrize(("hours", "old_signs"), [(1, True), (0, False)])
def test_a_rotated_secret_signs_beside_the_new_one_for_the_overlap_alone(
    called, receiver, deps, hours, old_signs
):
    portal, _, sending, old = called
    new = callbacks.rotate(portal, overlap=timedelta(hours=hours), deps=deps)
    callbacks.ping(portal, deps=deps)
    deliver(deps=sending)
    assert signatures(receiver, [old, new]) == [old_signs, True]


def signatures(receiver, secrets):
    """Which of them the last message was signed with."""
    headers, body = receiver.raw[-1]
    at, key = headers["webhook-timestamp"], headers["webhook-id"]
    given = headers["webhook-signature"].split(" ")
    return [signature(secret, key, at, body) in given for secret in secrets]


def test_rotated_twice_the_first_secret_goes_on_too(called, receiver, deps):
    """As a double click would have it."""
    portal, _, sending, first = called
    second, third = (callbacks.rotate(portal, deps=deps) for _ in range(2))
    callbacks.ping(portal, deps=deps)
    deliver(deps=sending)
    assert signatures(receiver, [first, second, third]) == [True, True, True]


def test_a_new_address_forgets_the_old_secrets(called, receiver, deps):
    portal, _, sending, old = called
    callbacks.rotate(portal, deps=deps)
    new = callbacks.set_url(portal, receiver.url, deps=deps)
    callbacks.ping(portal, deps=deps)
    deliver(deps=sending)
    assert signatures(receiver, [old, new]) == [False, True]


def test_the_command_rotates_and_shows_the_secret_once(office, deps, capsys):
    portal, _ = opened(office, deps)
    with pytest.raises(CommandError, match="set_callback"):
        call_command("rotate_callback_secret", "省政府门户")
    callbacks.set_url(portal, "https://a.cn/x", deps=deps)
    call_command("rotate_callback_secret", "省政府门户", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told == {"name": "省政府门户", "secret": Callback.objects.get().secret}


def test_an_administrator_rotates_it_from_the_admin(called, deps, admin_client):
    *_, old = called
    callback = Callback.objects.get()
    chosen = {"action": "rotate", "_selected_action": [callback.pk]}
    page = admin_client.post("/admin/requests_app/callback/", chosen)
    callback.refresh_from_db()
    assert callback.secret != old
    assert callback.secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert callback.secret not in str(page.cookies)
