"""A year counted for every agency, against one bare scan of the table and against the
usual way, one COUNT per cell."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.ledger import fill
from benchmarks.measuring import in_turns, tell
from reporting import facts
from reporting.formats.national_2018 import FORM
from reporting.services.counting import count

AGENCIES, YEAR = 3000, 2018
TABLE = "requests_app_disclosurerequest"


def run(rows: int) -> None:
    if connection.vendor != "postgresql":
        print(
            "counting a year: left out, DATABASE_URL names no PostgreSQL "
            "(postgres://user@host:5432/name; a scratch database is made beside it)",
            flush=True,
        )
        return
    with scratch_database():
        fill(rows, AGENCIES)
        ours, floor, usual = in_turns(every_agency, scan, one_count_per_cell)
        tell(
            f"a year for {AGENCIES} agencies at {rows} requests, {statements()} "
            "statements (floor: count(*) by sequential scan; usual: one COUNT per "
            "cell, the nation alone)",
            ours,
            floor,
            usual,
        )


@contextmanager
def scratch_database() -> Iterator[None]:
    """test_NAME beside the database of DATABASE_URL: rows are committed and vacuumed, as
    in life, and nothing of it stays."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def every_agency() -> None:
    count(FORM, YEAR)


def scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET enable_indexonlyscan = off")
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        cursor.execute("RESET enable_indexonlyscan")


def one_count_per_cell() -> None:
    for _, condition, _line in FORM.counted("requests"):
        facts.requests_matching(condition, YEAR).count()


def statements() -> int:
    with CaptureQueriesContext(connection) as asked:
        every_agency()
    return sum("SELECT" in q["sql"] for q in asked)
