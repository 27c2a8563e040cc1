"""`POST /api/v1/deadlines/` says what the command says, and refuses rubbish by name."""

import json

import pytest
from django.db import OperationalError, connection

from requests_app.domain.notation import Question, answer
from requests_app.models.throttle import ThrottleCount

pytestmark = pytest.mark.django_db
URL = "/api/v1/deadlines/"


def ask(client, body, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(URL, raw, content_type="application/json", headers=headers)


def told(answer):
    return answer.status_code, answer["Content-Type"], answer.json()


def pointers(answer):
    return [fault["pointer"] for fault in answer.json()["errors"]]


SUPPLEMENT = ("supplement_asked:2024-09-20", "supplement_received:2024-10-08")
CASES = [
    ({"received": "2018-02-08"}, Question(received="2018-02-08")),
    (
        {
            "submitted_at": "2019-05-14T16:05:00Z",
            "channel": "online",
            "channel_detail": "web",
        },
        Question(
            submitted_at="2019-05-14T16:05:00Z", channel="online", channel_detail="web"
        ),
    ),
    (
        {"received": "2024-09-10", "events": list(SUPPLEMENT)},
        Question(received="2024-09-10", events=SUPPLEMENT),
    ),
    (
        {
            "received": "2024-09-10",
            "events": [
                {"kind": "supplement_asked", "on": "2024-09-20"},
                "supplement_received:2024-10-08",
            ],
        },
        Question(received="2024-09-10", events=SUPPLEMENT),
    ),
    (
        {
            "received": "2025-08-29",
            "events": [
                {"kind": "opinion_sought", "on": "2025-09-01", "consultation": "甲:1"},
                {"kind": "extended", "on": "2025-09-20", "working_days": 20},
            ],
        },
        Question(
            received="2025-08-29",
            events=("opinion_sought:2025-09-01:甲:1", "extended:2025-09-20:20"),
        ),
    ),
]


@pytest.mark.parametrize(("body", "question"), CASES)
def test_the_answer_is_the_commands(client, calendar, body, question):
    assert told(ask(client, body)) == (
        200,
        "application/json",
        answer(question, calendar),
    )


def test_the_calendar_as_known_on_a_day(client):
    body = {"received": "2019-04-08", "known_on": "2019-03-21"}
    assert ask(client, body).json()["due_on"] == "2019-04-29"


def test_what_cannot_be_is_refused_with_error_and_article(client):
    body = {"received": "2024-09-10", "events": ["fee_paid:2024-09-11"]}
    refused = ask(client, body)
    assert (refused.status_code, refused["Content-Type"]) == (
        422, "application/problem+json",
    )  # fmt: skip
    assert refused.json()["article"] == "第四十二条"
    assert refused.json()["error"]


@pytest.mark.parametrize(
    ("language", "title"),
    [("", "依法不能办理"), ("zh-CN", "依法不能办理"), ("en", "Refused by the law")],
)
def test_a_problem_speaks_the_callers_language(client, language, title):
    refused = ask(client, {"received": "2001-01-01"}, **{"accept-language": language})
    assert refused.json()["title"] == title


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"recieved": "2018-02-08"}, ["/recieved"]),
        ({}, [""]),
        ([], [""]),
        ("2018-02-08", [""]),
        (None, [""]),
        ({"received": 20180208}, ["/received"]),
        ({"received": None}, ["/received"]),
        ({"received": ["2018-02-08"]}, ["/received"]),
        ({"received": "2018-02-08", "channel": "pigeon"}, ["/channel"]),
        ({"received": "2018-02-08", "channel": {"a": 1}}, ["/channel"]),
        ({"received": "2018-02-08", "events": "x"}, ["/events"]),
        ({"received": "2018-02-08", "events": [7]}, ["/events/0"]),
        (
            {"received": "2018-02-08", "events": ["extended:2018-03-01:5", {"on": "2018-03-01"}]},
            ["/events/1/kind"],
        ),
        (
            {"received": "2018-02-08", "events": [{"kind": "fee_paid", "on": "2018-03-01", "a/b": 1}]},
            ["/events/0/a~1b"],
        ),
        ({"received": "2018-02-08", "events": ["fee_paid:2018-03-01"] * 201}, ["/events"]),
        (
            {"received": "2018-02-08", "events": ["delay_agreed:2018-03-01:9999-12-31"]},
            [""],
        ),
        ({"received": "2018-2-8"}, ["/received"]),
        ({"received": "2018-02-30"}, ["/received"]),
        ({"received": "2018-02-08", "known_on": "x"}, ["/known_on"]),
        ({"submitted_at": "2026-W47-5T09:00+08:00"}, ["/submitted_at"]),
        ({"received": "2018-02-08", "events": ["fee_paid:2018-03-01", "nothing:x"]}, ["/events/1"]),
        ({"received": "2018-02-08", "events": ["fee_paid:2024-13-01"]}, ["/events/0"]),
        (
            {"received": "2018-02-08", "events": [{"kind": "fee_paid", "on": "2024-13-01"}]},
            ["/events/0/on"],
        ),
        (
            {"received": "2018-02-08", "events": [
                {"kind": "extended", "on": "2018-03-01", "working_days": "5"}]},
            ["/events/0/working_days"],
        ),
        ({"received": "2018-02-08\u0000"}, ["/received"]),
        ({"received": "\u202e2018-02-08"}, ["/received"]),
        ({"received": "\ud800"}, ["/received"]),
        ({"\u202ereceived": "2018-02-08"}, [""]),
    ],
)  # fmt: skip
def test_a_fault_is_pointed_at(client, body, named):
    refused = ask(client, body)
    assert (refused.status_code, pointers(refused)) == (400, named)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"received": "2001-01-01"}, "/received"),
        ({"received": "2018-02-08", "known_on": "2001-01-01"}, "/known_on"),
        ({"received": "2018-02-08", "events": ["fee_paid:2001-01-01"]}, "/events/0"),
    ],
)
def test_an_impossible_day_is_pointed_at(client, body, named):
    refused = ask(client, body)
    assert (refused.status_code, pointers(refused)) == (422, [named])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        '{"received": "二〇一八年"}'.encode("gb18030"),
        b'{"received": NaN}',
        b'{"received": "2018-02-08", "received": "2018-02-09"}',
        b"[" * 100_000,
        b'{"a":' * 50 + b"1" + b"}" * 50,
        b"1" * 5000,
        b'{"received": "2018-02-08"} trailing',
    ],
)
def test_what_is_no_json_is_refused(client, raw):
    assert ask(client, raw).status_code == 400


@pytest.mark.parametrize(
    "day", ["2018-13-40", "114-02-08", "令和6年2月8日", "٢٠١٨-٠٢-٠٨", "2018/02/08", "1403-11-20"]
)  # fmt: skip
def test_a_day_of_another_calendar_is_refused(client, day):
    assert ask(client, {"received": day}).status_code in {400, 422}


def test_ten_megabytes_are_too_large(client):
    raw = b'{"received": "' + b"1" * 10_000_000 + b'"}'
    assert ask(client, raw).status_code == 413


@pytest.mark.parametrize(
    ("call", "status"),
    [
        (lambda c: c.get(URL), 405),
        (lambda c: c.post(URL, "a=1", content_type="text/plain"), 415),
        (lambda c: c.post(URL, "{}", content_type="application/json",
                          headers={"accept": "text/html"}), 406),
        (lambda c: c.get("/api/v1/nothing/"), 404),
        (lambda c: c.post("/api/v1/deadlines"), 404),
        (lambda c: c.get("/api/v1/"), 404),
        (lambda c: c.get("/api/v1/%00%ff"), 404),
        (lambda c: c.get("/api/v1/docs/", headers={"host": "evil.example"}), 400),
    ],
)  # fmt: skip
def test_every_error_is_a_problem_document(client, call, status):
    answer = call(client)
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (
        status, "application/problem+json", status,
    )  # fmt: skip


def test_a_caller_who_asks_too_often_is_told_when_to_come_again(client):
    ask(client, {"received": "2018-02-08"})
    ThrottleCount.objects.update(calls=600)
    refused = ask(client, {"received": "2018-02-08"})
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60


def away(*_):
    raise OperationalError("connection refused")


def test_a_database_that_is_away_is_503(client):
    with connection.execute_wrapper(away):
        refused = ask(client, {"received": "2018-02-08"})
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert refused["Content-Type"] == "application/problem+json"
