"""The same call twice is one act: the first answer is given again (INTERFACES §5)."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from requests_app.dependencies import Dependencies
from requests_app.models.fields import key_of
from requests_app.models.portals import FirstAnswer


class AtWork(Exception):
    """The first call with this key has not ended yet."""


class KeyReused(Exception):
    """The key was used for another body."""


@transaction.atomic
def _once(
    caller: str,
    key: str,
    digest: str,
    typed: str,
    act: Callable[[], Any],
    deps: Dependencies,
) -> tuple[dict[str, Any], bool]:
    hold(caller, key)
    first = FirstAnswer.objects.filter(caller=caller, key=key)
    for sealed in first.values_list("sealed", flat=True):
        told = json.loads(sealed)
        if told["digest"] != digest:
            raise KeyReused
        return told["answer"], True
    answer = act()
    sealed = json.dumps({"digest": digest, "answer": answer}, ensure_ascii=False)
    FirstAnswer.objects.create(
        caller=caller,
        key=key,
        sealed=sealed,
        typed=blind(typed) if typed else "",
        answered_at=deps.clock.now(),
    )
    return answer, False


def once(
    *,
    caller: str,
    key: str,
    digest: str,
    typed: str = "",
    act: Callable[[], Any],
    deps: Dependencies,
) -> tuple[dict[str, Any], bool]:
    """(answer, whether it is the first one again). The act and its answer are written in
    one transaction: a caller that goes away, or a process that dies, leaves both or none.
    `typed` is a digest by which `typed_before` finds the same said under another key.

    Raises AtWork and KeyReused.
    """
    with alone_in_this_process(caller, key):
        return _once(caller, key, digest, typed, act, deps)


def answered(caller: str, key: str) -> dict[str, Any] | None:
    """The answer given to that call, where there was one."""
    first = FirstAnswer.objects.filter(caller=caller, key=key).first()
    return json.loads(first.sealed)["answer"] if first else None


def answered_within(
    caller: str, start: datetime, end: datetime
) -> Iterator[dict[str, Any]]:
    found = FirstAnswer.objects.filter(
        caller=caller, answered_at__range=(start, end)
    ).order_by("pk")
    for sealed in found.values_list("sealed", flat=True):
        yield json.loads(sealed)["answer"]


def typed_before(
    caller: str, typed: str, *, since: datetime, but: str
) -> tuple[str, dict[str, Any]] | None:
    """(key, answer) of the last time that this caller said the same, under another key than
    `but`."""
    same = [blind(typed, secret) for secret in settings.FIELD_ENCRYPTION_KEYS]
    said = FirstAnswer.objects.filter(
        caller=caller, typed__in=same, answered_at__gte=since
    )
    last = said.exclude(key=but).order_by("-pk").first()
    return (last.key, json.loads(last.sealed)["answer"]) if last else None


def blind(typed: str, secret: str | None = None) -> str:
    """Of no use for guessing what was typed to whoever has the table and not the key."""
    key = key_of(secret or settings.FIELD_ENCRYPTION_KEYS[0])
    return hmac.new(key, b"typed\n" + typed.encode(), "sha256").hexdigest()


def digest_of(*told: Any) -> str:
    """Of what a body says, not of how it is written."""
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


_at_work: set[tuple[str, str]] = set()
_guard = threading.Lock()


@contextmanager
def alone_in_this_process(caller: str, key: str) -> Iterator[None]:
    with _guard:
        if (caller, key) in _at_work:
            raise AtWork
        _at_work.add((caller, key))
    try:
        yield
    finally:
        with _guard:
            _at_work.discard((caller, key))


def hold(caller: str, key: str) -> None:
    """Until the transaction ends, in all processes: an advisory lock on PostgreSQL, which
    a dead process lets go; on SQLite there is one writer anyway."""
    if connection.vendor != "postgresql":
        return
    number = hashlib.sha256(f"{caller}\n{key}".encode()).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s)",
            [int.from_bytes(number, signed=True)],
        )
        if not cursor.fetchone()[0]:
            raise AtWork
