"""What a probe hears; it comes by an address that is none of ALLOWED_HOSTS."""

import json
from dataclasses import replace

import pytest
from django.db import DatabaseError
from django.test import Client, override_settings
from wireup.integration.django import get_app_container

from disclosure import health
from requests_app.dependencies import Dependencies
from tests.fakes import FixedClock

probe = Client(headers={"host": "10.0.0.7:8000"})


def test_alive_asks_no_database():
    answer = probe.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert answer["Cache-Control"] == "no-store"


def test_another_page_at_that_address_is_refused_as_before(db):
    assert probe.get("/admin/login/").status_code == 400


def test_only_a_reading_probe_is_answered(db):
    assert probe.post("/healthz").status_code == 400


@override_settings(REDIS_URL="")
def test_ready(db):
    answer = probe.get("/readyz")
    assert answer.status_code == 200
    told = answer.json() | {"warnings": {}}  # of the calendar, by the day of the run
    assert told == {"ready": True, "faults": {}, "warnings": {}}


MISSING = [
    ("2026-10-31", ""),
    ("2026-11-01", "2027 not loaded"),
    ("2027-01-01", "2027 not loaded"),
]


@pytest.mark.parametrize(("day", "warning"), MISSING)
def test_next_years_calendar_is_missed_from_november_on(deps, day, warning):
    on = replace(deps, clock=FixedClock.on(day))
    container = get_app_container()
    with container.override({Dependencies: on}):
        assert health.next_calendar() == warning


@override_settings(REDIS_URL="redis://127.0.0.1:1/0")
def test_redis_away_is_a_warning_since_the_work_goes_on(db, caplog):
    answer = probe.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["warnings"]["redis"] == "unreachable"
    assert "readiness: redis" in caplog.text


@pytest.mark.parametrize(
    ("wrong", "status", "faults"),
    [
        ("", 200, {}),
        ("3 not applied", 503, {"migrations": "3 not applied"}),
        (DatabaseError("password: x"), 503, {"migrations": "unreachable"}),
    ],
)
def test_a_fault_is_503_and_says_no_more_than_its_name(db, wrong, status, faults):
    def check():
        if isinstance(wrong, Exception):
            raise wrong
        return wrong

    answer = health.judged([{"migrations": check}], {})
    assert (answer.status_code, json.loads(answer.content)["faults"]) == (
        status,
        faults,
    )


def test_every_migration_is_applied_here(db):
    assert (health.database(), health.migrations()) == ("", "")
