"""GET /healthz and /readyz, for whoever starts and watches the processes.

A middleware, the first one: a probe comes by the address of a container, which is none of
ALLOWED_HOSTS, and needs no session, language or database to hear that the process lives.
"""

import logging
from collections.abc import Callable, Iterable

import redis
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.services.calendars import missing_year

log = logging.getLogger(__name__)
PATIENCE = 2  # seconds that Redis has to answer
Check = Callable[[], str]  # what is wrong; nothing when all is well


def health(get_response: Callable[[HttpRequest], HttpResponse]):
    answers = {"/healthz": alive, "/readyz": ready}

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path)
        if answer is None or request.method not in ("GET", "HEAD"):
            return get_response(request)
        response = answer()
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def alive() -> HttpResponse:
    return JsonResponse({"alive": True})


def ready() -> HttpResponse:
    """Redis only rings (docs/operations.md), and a calendar that is not out yet stops
    nothing: they warn."""
    return judged(
        faults=({"database": database}, {"migrations": migrations}),
        warnings={"redis": broker, "calendar": next_calendar},
    )


def judged(
    faults: Iterable[dict[str, Check]], warnings: dict[str, Check]
) -> HttpResponse:
    """503 while this process cannot serve. The first fault ends it: whoever waited for
    the database once need not wait for it again."""
    found = next(filter(None, map(told, faults)), {})
    answer = {
        "ready": not found,
        "faults": found,
        "warnings": {} if found else told(warnings),
    }
    return JsonResponse(answer, status=503 if found else 200)


def told(checks: dict[str, Check]) -> dict[str, str]:
    """What is wrong, by check. Why it is goes to the log: anybody may read the answer."""
    found = {}
    for name, check in checks.items():
        try:
            wrong = check()
        except Exception:
            log.exception("readiness: %s", name)
            wrong = "unreachable"
        if wrong:
            found[name] = wrong
    return found


def database() -> str:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations() -> str:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} not applied" if plan else ""


def broker() -> str:
    if settings.REDIS_URL:
        with redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=PATIENCE,
            socket_timeout=PATIENCE,
        ) as client:
            client.ping()
    return ""


@inject_app
def next_calendar(deps: Injected[Dependencies]) -> str:
    year = missing_year(deps.clock.today(), deps.calendar)
    return f"{year} not loaded" if year else ""
