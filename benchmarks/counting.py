"""A year counted for every agency, against one bare scan of the table and against the
usual way, one COUNT per cell; and one county's table alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.ledger import fill
from benchmarks.measuring import in_turns, milliseconds, tell
from reporting import facts
from reporting.formats import national_2018, national_2021
from reporting.services.counting import count

AGENCIES, YEAR, COUNTY = 3000, 2018, "B1500"
TABLE = "requests_app_disclosurerequest"
FORM = national_2018.FORM


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
        whole(rows)
        alone(rows)


def whole(rows: int) -> None:
    turns = 7 if rows <= 1_000_000 else 3
    ours, later, floor, usual = in_turns(
        every_agency, every_agency_2021, scan, one_count_per_cell, turns=turns
    )
    told = (
        f"a year for {AGENCIES} agencies at {rows} requests, {{}}, {{}} statements "
        "(floor: count(*) by sequential scan; usual: one COUNT per cell, the nation alone)"
    )
    tell(told.format(FORM.key, statements(every_agency)), ours, floor, usual)
    form = national_2021.FORM.key
    tell(told.format(form, statements(every_agency_2021)), later, floor)


def alone(rows: int) -> None:
    """Milliseconds of SQL and of all, and the page's worth: the median of seven."""
    (took,) = in_turns(one_county)
    spent = statements_time(one_county)
    print(
        f"one county's table at {rows} requests: {took:.1f} ms, of which {spent:.1f} ms "
        f"in {statements(one_county)} statements",
        flush=True,
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


def every_agency_2021() -> None:
    count(national_2021.FORM, YEAR)


def one_county() -> None:
    count(FORM, YEAR, COUNTY)


def scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET enable_indexonlyscan = off")
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        cursor.execute("RESET enable_indexonlyscan")


def one_count_per_cell() -> None:
    for _, condition, _line in FORM.counted("requests"):
        facts.requests_matching(condition, YEAR).count()


def statements(act: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum("SELECT" in q["sql"] for q in asked)


def statements_time(act: Callable[[], None]) -> float:
    """Milliseconds that the database was asked for."""
    spent = 0.0

    def timed(execute, *told):
        nonlocal spent
        answer = None

        def ask() -> None:
            nonlocal answer
            answer = execute(*told)

        spent += milliseconds(ask)
        return answer

    with connection.execute_wrapper(timed):
        act()
    return spent
