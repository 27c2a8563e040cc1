"""What is counted and what is frozen is read as at one instant."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error
from django.utils.translation import gettext as _

from reporting.facts import one_watermark
from requests_app.domain.regimes import NotAllowed

#: PostgreSQL: serialization_failure, unique_violation: others wrote the same rows meanwhile
OVERTAKEN = ("40001", "23505")


@contextmanager
def one_snapshot() -> Iterator[None]:
    """A transaction that sees the database as at its beginning (PostgreSQL: REPEATABLE
    READ). NotAllowed where somebody else did the same meanwhile; nothing is written."""
    try:
        with one_watermark():
            yield
    except Error as error:
        if getattr(error.__cause__, "sqlstate", None) in OVERTAKEN:
            raise NotAllowed(_("刚才有人同时在办理这份报告，请查看后再办")) from error
        raise
