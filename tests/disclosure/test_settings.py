"""Each variable of the environment, in a process that has no other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TELL = """
import json
from django.conf import settings as s
database = s.DATABASES["default"]
print(json.dumps({
    "engine": database["ENGINE"].rsplit(".", 1)[1],
    "database": str(database["NAME"]).rsplit("/", 1)[-1],
    "eager": s.CELERY_TASK_ALWAYS_EAGER,
    "broker": s.CELERY_BROKER_URL,
    "debug": s.DEBUG,
    "hosts": s.ALLOWED_HOSTS,
    "secret": s.SECRET_KEY,
    "keys": s.FIELD_ENCRYPTION_KEYS,
    "lines": s.LINES_2018,
    "kept": [s.API_ANSWERS_KEPT.days, s.API_CALLS_KEPT.days],
}))
"""
SECRETS = {"SECRET_KEY": "s" * 50, "FIELD_ENCRYPTION_KEYS": "new,old"}
PLAIN = {
    "engine": "sqlite3",
    "database": "db.sqlite3",
    "eager": True,
    "broker": None,
    "debug": False,
    "hosts": ["localhost", "127.0.0.1", "[::1]"],
    "secret": "s" * 50,
    "keys": ["new", "old"],
    "lines": {},
    "kept": [90, 365],
}


def process(**environment):
    return subprocess.run(
        [sys.executable, "-c", TELL], cwd=ROOT, text=True, capture_output=True,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "disclosure.settings",
            **environment,
        },
    )  # fmt: skip


def told(**environment):
    done = process(**environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


CASES = [
    ({}, {}),
    (
        {
            "DATABASE_URL": "", "REDIS_URL": "", "DEBUG": "", "ALLOWED_HOSTS": "",
            "PORT": "", "TRUSTED_PROXIES": "", "MEDIA_ROOT": "", "CELERY_QUEUE": "",
        },
        {},
    ),
    (
        {"DATABASE_URL": "postgres://u:p@db:5432/office"},
        {"engine": "postgresql", "database": "office"},
    ),
    (
        {"REDIS_URL": "redis://redis:6379/0"},
        {"eager": False, "broker": "redis://redis:6379/0"},
    ),
    ({"API_ANSWERS_DAYS": "7", "API_CALLS_DAYS": "184"}, {"kept": [7, 184]}),
    ({"ALLOWED_HOSTS": "a.gov.cn, b.gov.cn"}, {"hosts": ["a.gov.cn", "b.gov.cn"]}),
    (
        {"LINES_2018": "repeated=3.3.1, petition=3.3.5"},
        {"lines": {"repeated": "3.3.1", "petition": "3.3.5"}},
    ),
    *(({"DEBUG": word}, {"debug": True}) for word in ("1", "true", "Yes", "ON")),
    *(({"DEBUG": word}, {"debug": False}) for word in ("0", "false", "no", "off")),
]  # fmt: skip


@pytest.mark.parametrize(("environment", "changed"), CASES)
def test_what_each_variable_changes(environment, changed):
    assert told(**SECRETS, **environment) == PLAIN | changed


@pytest.mark.parametrize("name", sorted(SECRETS))
@pytest.mark.parametrize("value", [None, ""])
def test_without_debug_a_missing_secret_is_refused_by_name(name, value):
    rest = SECRETS | {name: value}
    done = process(**{k: v for k, v in rest.items() if v is not None})
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {name} is not set" in done.stderr


@pytest.mark.parametrize("lines", ["repeated", "repeated=", "=3.3.1", "a=1,b"])
def test_a_list_that_is_none_is_refused_by_name(lines):
    done = process(**SECRETS, LINES_2018=lines)
    assert f"LINES_2018 is not a list like a=1,b=2: {lines}" in done.stderr


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_with_debug_a_missing_secret_has_a_development_value(name):
    rest = {k: v for k, v in SECRETS.items() if k != name}
    found = told(DEBUG="1", **rest)
    kept = {"SECRET_KEY": found["secret"], "FIELD_ENCRYPTION_KEYS": found["keys"][0]}
    assert kept[name].startswith("development-only")


@pytest.mark.parametrize("days", ["183", "-400", "a year"])
def test_calls_are_in_the_log_for_six_months_at_least(days):
    done = process(**SECRETS, API_CALLS_DAYS=days)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: API_CALLS_DAYS is '{days}'" in done.stderr
