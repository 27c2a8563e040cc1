"""Who set a figure and who wrote a chapter: the database itself keeps it."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from reporting.models import ChapterText, FigureChange, protection
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def written(office):
    of = {"agency": office, "year": 2018, "form": "national_2018"}
    FigureChange.objects.create(
        **of, line="8.3", column="count", now=5, changed_at=NOON
    )
    ChapterText.objects.create(
        **of, scope="own", numeral="一", version=1, text="概述",
        written_by=member(office), written_at=NOON,
    )  # fmt: skip


# fmt: off
ACTS = {
    "a changed change":  lambda: FigureChange.objects.update(now=6),
    "a change gone":     lambda: FigureChange.objects.all()._raw_delete("default"),
    "a changed chapter": lambda: ChapterText.objects.update(text="改写"),
    "a chapter gone":    lambda: ChapterText.objects.all()._raw_delete("default"),
}
# fmt: on


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_neither_is_changed_nor_taken_away(written, act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()
    assert (FigureChange.objects.get().now, ChapterText.objects.get().text) == (
        5,
        "概述",
    )


@pytest.mark.parametrize("table", protection.TABLES.values())
def test_nor_is_the_table_emptied(table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_it_stands_again_after_every_migrate(written):
    """SQLite drops a table's triggers whenever the table is altered."""
    protection.remove(connection)
    FigureChange.objects.update(now=6)
    call_command("migrate", verbosity=0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FigureChange.objects.update(now=7)
