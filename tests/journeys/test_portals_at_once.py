"""Portals all at once, through the real server on PostgreSQL: what is repeated is made
once, nothing is lost, the numbers have no gap, and an absent database is said to be so.

STORM_CLIENTS and STORM_CREATES set the size (`make storm`: 32 and 1 000)."""

import contextlib
import http.client
import json
import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.db import connection

from requests_app.models import (
    Agency,
    Applicant,
    DisclosureRequest,
    FirstAnswer,
    LogEntry,
    NumberCounter,
    Submission,
    ThrottleCount,
)
from requests_app.services import portals
from requests_app.services.agencies import place
from tests.requests_app.api.conftest import FORM
from tests.server import Wire, serving

CLIENTS = int(os.environ.get("STORM_CLIENTS") or 8)
CREATES = int(os.environ.get("STORM_CREATES") or 100)
pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="needs DATABASE_URL (PostgreSQL)"
    ),
]


@pytest.fixture
def key(committed, deps):
    place(Agency(code="530000", name="云南省人民政府", kind="government"), on=None)
    _, key = portals.create(name="门户", codes=["530000"], per_minute=10**6, deps=deps)
    return key


def body(n: int) -> bytes:
    told = FORM | {"portal_reference": str(n), "submitted_at": "2024-11-04"}
    return json.dumps(told).encode()


def call(server, method, path, key, sent=b"", idempotency="", *, hang_up_after=None):
    """(status, headers, body) of one call on a connection of its own; None if we hung up,
    having sent everything and read nothing."""
    parts = urlsplit(server)
    link = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Idempotency-Key": idempotency,
    }
    try:
        link.request(method, f"/api/v1/{path}", sent, headers)
        if hang_up_after is not None:
            time.sleep(hang_up_after)
            return None
        answer = link.getresponse()
        return answer.status, dict(answer.headers), answer.read()
    finally:
        link.close()


def until_answered(server, key, n, chance):
    """As a portal does: the same key until there is an answer. Some calls are dropped."""
    statuses = []
    while True:
        wait = chance.uniform(0, 0.1) if chance.random() < 0.4 else None
        answer = call(
            server, "POST", "requests/", key, body(n), f"key-{n}", hang_up_after=wait
        )
        if answer is None:
            continue
        status, _, told = answer
        statuses.append(status)
        if status == 201:
            return json.loads(told), statuses
        assert status in {409, 503}, (status, told)
        time.sleep(0.05)


def test_what_many_clients_repeat_is_made_once_and_numbered_without_gap(
    key, record_property
):
    answers, statuses, lock = {}, Counter(), threading.Lock()

    def client(seed):
        chance = random.Random(seed)
        mine = list(range(CREATES))
        chance.shuffle(mine)  # every client repeats every create
        for n in mine[: max(1, 3 * CREATES // CLIENTS)]:
            told, seen = until_answered(server, key, n, chance)
            with lock:
                answers.setdefault(n, []).append(told)
                statuses.update(seen)
        return mine

    with serving() as server, ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(client, seed) for seed in range(CLIENTS)]:
            done.result()
        chance = random.Random(0)
        for n in range(CREATES):  # those that no client happened to ask for
            if n not in answers:
                answers[n] = [until_answered(server, key, n, chance)[0]]
    assert all(told == each[0] for each in answers.values() for told in each)
    serials = sorted(DisclosureRequest.objects.values_list("serial", flat=True))
    assert serials == list(range(1, CREATES + 1))
    counts = [m.objects.count() for m in (Applicant, Submission, FirstAnswer, LogEntry)]
    assert counts == [CREATES, CREATES, CREATES, 2 * CREATES]
    assert NumberCounter.objects.get(series="number").last == CREATES
    assert {each[0]["number"] for each in answers.values()} == set(
        DisclosureRequest.objects.values_list("number", flat=True)
    )
    record_property("said", f"{CREATES} creates by {CLIENTS} clients: {dict(statuses)}")


def test_one_key_at_once_in_two_processes_is_one_request(key):
    with serving() as one, serving() as two, ThreadPoolExecutor(16) as pool:
        calls = [
            pool.submit(call, server, "POST", "requests/", key, body(1), "the-key")
            for server in (one, two) * 8
        ]
        statuses = Counter(done.result()[0] for done in calls)
    assert set(statuses) <= {201, 409} and statuses[201] >= 1
    assert DisclosureRequest.objects.count() == 1


def test_two_processes_share_one_throttle(committed, deps):
    place(Agency(code="530000", name="云南省人民政府", kind="government"), on=None)
    _, key = portals.create(name="门户", codes=["530000"], per_minute=10, deps=deps)
    with serving() as one, serving() as two:
        for server in (one, two):  # awake
            call(server, "GET", "agencies/", key)
        while time.time() % 60 > 40:  # so that the minute does not turn within the test
            time.sleep(0.2)
        ThrottleCount.objects.all().delete()
        answers = [call(s, "GET", "agencies/", key) for s in (one, two) * 10]
    statuses = Counter(status for status, _, _ in answers)
    waits = [int(h["retry-after"]) for s, h, _ in answers if s == 429]
    assert statuses == {200: 10, 429: 10}
    assert all(0 < wait <= 60 for wait in waits)


CALLS = (
    ("GET", "agencies/", b""),
    ("GET", "requests/", b""),
    ("POST", "requests/", body(1)),
    ("GET", "requests/530000-2024-1/", b""),
    ("POST", "requests/530000-2024-1/withdrawal/", b"{}"),
    ("GET", "reports/2018/", b""),
    ("GET", "callbacks/", b""),
    ("POST", "deadlines/", b'{"received": "2024-01-02"}'),
    ("POST", "lookup/", b'{"reference": "a", "query_code": "b"}'),
)


def test_a_database_that_is_away_is_503_until_it_is_back(key):
    wire = Wire()
    try:
        with serving(wire.port) as server:
            assert call(server, "GET", "agencies/", key)[0] == 200
            wire.cut()
            with ThreadPoolExecutor(len(CALLS)) as pool:
                away = list(pool.map(
                    lambda c: call(server, c[0], c[1], key, c[2], "k"), CALLS * 2
                ))  # fmt: skip
            wire.mend()
            back = back_again(server, key)
    finally:
        wire.close()
    assert Counter(status for status, _, _ in away) == {503: 2 * len(CALLS)}
    for _, headers, told in away:
        assert int(headers["retry-after"]) >= 1
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(told)["status"] == 503
    assert set(back) <= {200, 503} and back[-1] == 200
    assert DisclosureRequest.objects.count() == 0


def back_again(server, key, seconds=30):
    seen, end = [], time.monotonic() + seconds
    while time.monotonic() < end and 200 not in seen:
        seen.append(call(server, "GET", "agencies/", key)[0])
    with contextlib.suppress(OSError):
        seen.append(call(server, "GET", "agencies/", key)[0])
    return seen
