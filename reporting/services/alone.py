"""One process at a time: a lock in the database that a killed process lets go of."""

import hashlib
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether this process has `name` to itself until the block ends.

    PostgreSQL holds the lock for as long as the connection lives. SQLite has no workers
    (without a broker tasks run in the asking process), so there the answer is yes, and a
    second command at the same time writes the same rows once more.
    """
    if connection.vendor != "postgresql":
        yield True
        return
    digest = hashlib.sha256(name.encode()).digest()
    key = int.from_bytes(digest[:8], signed=True)
    mine = ask("SELECT pg_try_advisory_lock(%s)", key)
    try:
        yield mine
    finally:
        if mine:
            ask("SELECT pg_advisory_unlock(%s)", key)


def ask(question: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [key])
        (answer,) = cursor.fetchone()
    return answer


def this_process() -> str:
    return f"{platform.node()}:{os.getpid()}"
