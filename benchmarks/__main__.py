"""make bench: name, ours, floor, ratio, the usual way, its ratio, one line per figure.

With a PostgreSQL in DATABASE_URL the counting runs there, in a transaction that is rolled
back; without one it is said and left out. BENCH_ROWS sets the size (default 1 000 000).
"""

import os
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

import requests_app  # noqa: E402
from reporting import facts  # noqa: E402
from reporting.demo import office  # noqa: E402
from reporting.formats.national_2018 import FORM  # noqa: E402
from reporting.renderers.pdf import PdfRenderer  # noqa: E402
from reporting.renderers.xlsx import XlsxRenderer  # noqa: E402
from reporting.services import reports  # noqa: E402
from reporting.services.counting import count  # noqa: E402
from requests_app.adapters.calendars import calendar_in  # noqa: E402
from requests_app.domain import deadlines  # noqa: E402
from requests_app.models import Agency  # noqa: E402
from requests_app.services.agencies import place  # noqa: E402

ROWS = int(os.environ.get("BENCH_ROWS") or 1_000_000)
AGENCIES = 3000


def timed(act: Callable[[], object], times: int = 3) -> float:
    """Median milliseconds, after one turn to warm up."""
    act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def line(name: str, ours: float, floor: float, usual: float | None = None) -> None:
    told = f"{name}: ours {ours:.2f} ms, floor {floor:.2f} ms, ratio {ours / floor:.1f}"
    if usual is not None:
        told += f", the usual way {usual:.2f} ms, its ratio {usual / floor:.1f}"
    print(told, flush=True)


def fill() -> None:
    """ROWS requests over five years and AGENCIES agencies, by one INSERT … SELECT."""
    root = Agency(code="B0", name="B0", kind="government")
    place(root, on=None)
    for n in range(1, AGENCIES):
        place(
            Agency(code=f"B{n}", name=f"B{n}", kind="government", parent=root), on=None
        )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO requests_app_disclosurerequest (agency_id, reference, channel,
                channel_detail, applicant_kind, topic, number_year, number, stage,
                received_on, base_due_on, due_on, provisional, waiting_for, replied_on,
                outcome, timeliness, findings)
            SELECT %s + n %% %s, 'b' || n,
                (ARRAY['in_person','fax','online','post'])[1 + n %% 4], '',
                'natural_person', '', 2018, '', 'replied', day, day + 21, day + 21, false,
                '', day + 10, (ARRAY['granted','not_held','petition'])[1 + n %% 3],
                'on_time', '[]'
            FROM (SELECT n, date '2014-01-01' + (n * 1826.0 / %s)::int AS day
                  FROM generate_series(1, %s) n) rows
            """,
            [root.pk, AGENCIES, ROWS, ROWS],
        )
        cursor.execute("ANALYZE requests_app_disclosurerequest")


def scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off"
        )
        cursor.execute("SELECT count(*) FROM requests_app_disclosurerequest")
        cursor.execute(
            "SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on; SET LOCAL enable_bitmapscan = on"
        )


def count_per_cell() -> None:
    for _, condition, _line in FORM.counted("requests"):
        facts.requests_matching(condition, 2018).count()


def counting() -> None:
    if connection.vendor != "postgresql":
        print("counting: left out, DATABASE_URL names no PostgreSQL", flush=True)
        return
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        fill()
        line(
            f"a year for {AGENCIES} agencies at {ROWS} requests (usual: one COUNT per cell, nation alone)",
            timed(lambda: count(FORM, 2018)),
            timed(scan),
            timed(count_per_cell, 1),
        )
        transaction.set_rollback(True)


def deadline() -> None:
    calendar = calendar_in(Path(requests_app.__path__[0]) / "calendar_data")
    days = [date(2008, 5, 1) + timedelta(n) for n in range(6000)]

    def ours() -> None:
        for day in days:
            _ = deadlines.read(day, [], calendar).due_on

    def floor() -> None:
        for day in days:
            _ = day + timedelta(21)

    line("6000 due days (floor: adding 21 calendar days)", timed(ours), timed(floor))


def rendering() -> None:
    cells = {code: {"count": value} for code, value in office.CELLS.items()}
    grid = reports.grid(FORM, {"year": 2018, "cells": cells}, agency="B")
    for renderer in (XlsxRenderer(), PdfRenderer()):
        took = timed(lambda renderer=renderer: renderer.render(grid))
        print(
            f"the official table as {renderer.ending}: {took:.0f} ms once warm",
            flush=True,
        )


if __name__ == "__main__":
    print(f"engine {settings.DATABASES['default']['ENGINE']}, {ROWS} rows", flush=True)
    deadline()
    rendering()
    counting()
