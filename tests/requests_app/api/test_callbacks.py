"""Callbacks to a real receiver: signed, in order per request, at least once, within what
the applicant may know."""

import hmac
import json
from base64 import b64decode, b64encode
from datetime import date

import pytest
from django.db import connection

from requests_app.domain.events import (
    KINDS,
    Extended,
    OpinionSought,
    Replied,
    Reviewed,
    Searched,
    SecretPaperNoted,
    SupplementAsked,
)
from requests_app.domain.vocabulary import Outcome, SecrecyLevel
from requests_app.models import DisclosureRequest, OutboxMessage
from requests_app.services import callbacks, portals, recalculation
from requests_app.services.outbox import deliver
from requests_app.services.recording import record
from requests_app.services.voiding import void
from tests.receiver import listening
from tests.requests_app.api.conftest import FORM, later, opened

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
WHOLE_ALONE = {"awaited", "documents"}


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
        "request": {k: v for k, v in status.items() if k not in WHOLE_ALONE},
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


def test_each_kind_of_the_log_is_told_or_kept_inside():
    assert set(KINDS) == callbacks.TOLD | callbacks.INNER
    assert set() == callbacks.TOLD & callbacks.INNER


def test_that_a_classified_paper_was_noted_is_not_told(made, called, receiver):
    *_, sending, _ = called
    for event in (
        Searched(on=DAY),
        SecretPaperNoted(on=DAY, level=SecrecyLevel.SECRET),
    ):
        record(made, event, by=None, deps=sending)
    void(made, entry=4, by=None, deps=sending)
    deliver(deps=sending)
    assert heard(receiver) == ["registered"]


def test_a_voided_registration_is_told(made, called, receiver):
    *_, sending, _ = called
    void(made, entry=1, by=None, deps=sending)
    deliver(deps=sending)
    assert heard(receiver) == ["registered", "entry_voided"]
    assert receiver.got[-1]["request"]["voided_on"] == "2026-11-24"


def without(portal, **taken):
    """The portal loses an agency, an operation or everything."""
    if "agencies" in taken:
        portal.agencies.set(taken["agencies"])
    else:
        type(portal).objects.filter(pk=portal.pk).update(**taken)


@pytest.mark.parametrize(
    "taken",
    [
        {"agencies": []},
        {"operations": ["create", "read"]},
        {"disabled_at": "2026-11-24T12:00:00+08:00"},
    ],
    ids=["agency", "operation", "everything"],
)
def test_what_waits_stays_while_the_portal_may_not_hear_of_it(
    made, called, receiver, taken
):
    portal, _, sending, _ = called
    whole = {"operations": portal.operations, "disabled_at": None}
    without(portal, **taken)
    assert (deliver(deps=sending), receiver.got) == (0, [])
    record(made, Extended(on=DAY, days=5), by=None, deps=sending)  # not written at all
    without(portal, agencies=[made.agency])
    without(portal, **whole)
    deliver(deps=later(sending, minutes=1))
    assert heard(receiver) == ["registered"]


def test_what_was_written_and_is_no_more_to_be_told_is_never_sent(
    made, called, receiver
):
    """An older version may have written what the applicant may not know of."""
    *_, sending, _ = called
    record(made, Reviewed(on=DAY), by=None, deps=sending)
    reviewed = made.entries.latest("sequence")
    callbacks.tell_of(made.submission, reviewed, deps=sending)
    record(made, Extended(on=DAY, days=5), by=None, deps=sending)
    deliver(deps=sending)
    assert heard(receiver) == ["registered", "extended"]
    assert not OutboxMessage.objects.filter(done_at=None).exists()


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


def test_a_moved_calendar_is_told(made, called, receiver):
    *_, sending, _ = called
    deliver(deps=sending)
    DisclosureRequest.objects.update(due_on=date(2027, 1, 4))  # as if counted otherwise
    recalculation.approve(by=None, deps=sending, version=sending.calendar.version)
    deliver(deps=sending)
    assert heard(receiver) == ["registered", "recalculated"]
    assert receiver.got[1]["request"]["due_on"] == "2026-12-22"
