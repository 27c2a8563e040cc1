"""Callbacks to a real receiver: signed, in order per request, at least once, within what
the applicant may know."""

import hmac
import json
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import date, timedelta
from ipaddress import ip_network

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection

from requests_app.adapters.couriers import SortingCourier
from requests_app.adapters.webhooks import WebhookCourier
from requests_app.domain.events import (
    Extended,
    OpinionSought,
    Replied,
    Reviewed,
    SupplementAsked,
)
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Callback, DisclosureRequest, OutboxMessage, Staff
from requests_app.services import callbacks, portals, recalculation
from requests_app.services.outbox import deliver
from requests_app.services.recording import record
from requests_app.services.voiding import void
from tests.fakes import FixedClock, Postbox
from tests.receiver import listening
from tests.requests_app.api.conftest import FORM, opened

pytestmark = pytest.mark.django_db
LOCAL = [ip_network("127.0.0.0/8")]
DAY = date(2026, 11, 24)


@pytest.fixture
def receiver():
    with listening() as receiver:
        yield receiver


@pytest.fixture
def called(office, deps, receiver):
    """A portal with a callback, what sends to it, and its secret."""
    portal, caller = opened(office, deps)
    secret = callbacks.set_url(portal, receiver.url, deps=deps)
    courier = SortingCourier(Postbox(), callback=WebhookCourier(deps.clock, LOCAL))
    sending = replace(deps, courier=courier)
    return portal, caller, sending, secret


@pytest.fixture
def made(called, calendar_day):
    calendar_day("2026-11-24")
    _, caller, *_ = called
    caller.create(FORM)
    return DisclosureRequest.objects.get()


def later(deps, **passed):
    return replace(deps, clock=FixedClock(deps.clock.now() + timedelta(**passed)))


def heard(receiver):
    return [told["type"].removeprefix("request.") for told in receiver.got]


def test_a_portal_is_told_with_the_status_after_the_event(made, called, receiver):
    _, caller, sending, _ = called
    record(made, Extended(on=DAY, days=5), by=None, deps=sending)
    assert deliver(deps=sending) >= 2
    told = receiver.got[-1]
    status = caller.get(f"requests/{made.reference}/").json()
    assert told == {
        "id": f"callback:{made.reference}:3",
        "type": "request.extended",
        "recorded_at": "2026-11-24T09:00:00+08:00",
        "on": "2026-11-24",
        "sequence": 3,
        "portal_reference": "KM-2026-000017",
        "request": status,
    }
    assert heard(receiver) == ["registered", "extended"]


def test_it_is_signed_as_standard_webhooks_has_it(made, called, receiver):
    *_, sending, secret = called
    deliver(deps=sending)
    headers, body = receiver.raw[0]
    at, key = headers["webhook-timestamp"], headers["webhook-id"]
    raw = b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(raw, f"{key}.{at}.".encode() + body, "sha256").digest()
    assert headers["webhook-signature"] == f"v1,{b64encode(mac).decode()}"
    assert (key, at) == (
        json.loads(body)["id"],
        str(int(sending.clock.now().timestamp())),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM requests_app_callback")
        assert secret not in cursor.fetchone()[0]


def test_nobody_is_named_and_inner_work_is_not_told(made, called, receiver):
    *_, sending, _ = called
    sought = OpinionSought(on=DAY, consultation="某某公司")
    record(made, sought, by=None, deps=sending)
    void(made, entry=3, by=None, deps=sending)
    record(made, Reviewed(on=DAY), by=None, deps=sending)
    replied = Replied(on=DAY, outcome=Outcome.GRANTED)
    record(made, replied, by=None, deps=sending)
    deliver(deps=sending)
    assert heard(receiver) == [
        "registered",
        "opinion_sought",
        "entry_voided",
        "replied",
    ]
    said = json.dumps(receiver.got, ensure_ascii=False)
    assert [word for word in ("某某公司", "张三", "530102") if word in said] == []


def test_a_receiver_that_fails_and_recovers_hears_all_in_order(made, called, receiver):
    *_, sending, _ = called
    deliver(deps=sending)
    record(made, SupplementAsked(on=DAY), by=None, deps=sending)
    receiver.answers = [500, 302, 404]
    deliver(deps=sending)
    replied = Replied(on=DAY, outcome=Outcome.WITHDRAWN)
    record(made, replied, by=None, deps=sending)
    tried = [len(receiver.raw)]
    for minutes in (0, 1, 2, 4):
        deliver(deps=later(sending, minutes=minutes))
        tried.append(len(receiver.raw))
    # registered; supplement_asked refused at 0 s, 60 s and 120 s, and taken at 240 s
    assert tried == [2, 2, 3, 4, 6]
    assert heard(receiver) == ["registered", "supplement_asked", "replied"]
    assert [told["sequence"] for told in receiver.got] == [2, 3, 4]


def test_what_was_taken_without_our_knowing_comes_again_with_its_id(
    made, called, receiver
):
    *_, sending, _ = called
    deliver(deps=sending)
    OutboxMessage.objects.filter(topic="callback").replay(sending.clock.now())
    deliver(deps=sending)
    assert receiver.got[0] == receiver.got[1]
    assert receiver.raw[0][0]["webhook-id"] == receiver.raw[1][0]["webhook-id"]


def test_one_portal_that_is_away_holds_up_no_other(office, deps, called, receiver):
    _, _, sending, _ = called
    away, _ = opened(office, deps, name="小程序")
    with listening() as gone:
        callbacks.set_url(away, gone.url, deps=deps)
    for _ in range(3):
        callbacks.ping(away, deps=deps)
    callbacks.ping(called[0], deps=deps)
    assert deliver(deps=sending) == 1
    assert heard(receiver) == ["test"]
    attempts = callbacks.deliveries(away).values_list("attempts", flat=True)
    assert sorted(attempts) == [0, 0, 1]


def test_another_request_does_not_wait(made, called, receiver):
    _, caller, sending, _ = called
    receiver.answers = [500]
    deliver(deps=sending)
    caller.create(FORM | {"portal_reference": "2"}, key="k2")
    deliver(deps=sending)
    assert [told["portal_reference"] for told in receiver.got] == ["2"]


def test_a_stopped_callback_is_not_called_and_nothing_new_is_written(
    made, called, receiver
):
    portal, _, sending, _ = called
    callbacks.stop(portal, deps=sending)
    record(made, Extended(on=DAY, days=5), by=None, deps=sending)
    deliver(deps=sending)
    assert receiver.raw == []
    assert callbacks.deliveries(portal).count() == 1
    callbacks.set_url(portal, receiver.url, deps=sending)
    deliver(deps=later(sending, minutes=1))
    assert heard(receiver) == ["registered"]


def test_a_disabled_portal_is_not_called(made, called, receiver):
    portal, _, sending, _ = called
    portals.disable(portal, deps=sending)
    deliver(deps=sending)
    assert receiver.raw == []


def test_a_request_of_no_portal_tells_nobody(office, deps, called):
    from requests_app.services.recording import register

    mine = register(agency=office, received_on=DAY, by=None, deps=deps)
    record(mine, Extended(on=DAY, days=5), by=None, deps=deps)
    assert OutboxMessage.objects.filter(topic="callback").count() == 0


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


def test_a_moved_calendar_is_told(made, called, receiver):
    *_, sending, _ = called
    deliver(deps=sending)
    DisclosureRequest.objects.update(due_on=date(2027, 1, 4))  # as if counted otherwise
    recalculation.approve(by=None, deps=sending, version=sending.calendar.version)
    deliver(deps=sending)
    assert heard(receiver) == ["registered", "recalculated"]
    assert receiver.got[1]["request"]["due_on"] == "2026-12-22"
