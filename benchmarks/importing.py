"""A ledger imported, against `executemany` of the very rows that it leaves in all four
tables; and the peak memory of a process that imports a tenth of it, and the whole.

Each once, since at this length a busy spell of the machine evens out.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from django.db import connection, transaction

AGENCIES, CHUNK = 200, 5000


def run(rows: int) -> None:
    from benchmarks import ledger, ledger_file
    from benchmarks.counting import scratch_database
    from benchmarks.measuring import milliseconds, tell

    if connection.vendor != "postgresql":
        print("import: left out, DATABASE_URL names no PostgreSQL", flush=True)
        return
    with tempfile.TemporaryDirectory() as folder, scratch_database():
        ledger.plant(AGENCIES)
        files = {size: Path(folder) / str(size) for size in (rows // 10, rows)}
        for size, file in files.items():
            ledger_file.write(file, size, AGENCIES)
            print(
                f"import of {size} requests: peak memory of the process "
                f"{peak_of(file)} MiB",
                flush=True,
            )
        ours = milliseconds(lambda: imported(files[rows]))
        floor, left = executemany()
        tell(
            f"import of {rows} requests (floor: executemany of the {left} rows that it "
            "leaves in four tables, without their foreign keys)",
            ours,
            floor,
        )


def imported(file: Path, *, keep: bool = True) -> None:
    import requests_app
    from benchmarks.recalculation import given
    from requests_app.adapters.calendars import calendar_in
    from requests_app.imports.requests import import_requests

    calendar = calendar_in(Path(requests_app.__path__[0]) / "calendar_data")
    with transaction.atomic():
        told = import_requests(file, by=None, deps=given(calendar))
        transaction.set_rollback(not keep)
    assert not told.rejected, told.rejected[:3]


def executemany() -> tuple[float, int]:
    """(milliseconds, rows): read and written again by the chunk, the writing timed."""
    from benchmarks.measuring import milliseconds
    from requests_app.models import Applicant, DisclosureRequest, LogEntry, Wording

    took, count = 0.0, 0
    for model in (Applicant, DisclosureRequest, Wording, LogEntry):
        table = model._meta.db_table
        marks = ", ".join(["%s"] * len(model._meta.concrete_fields))
        insert = f"INSERT INTO floor_{table} VALUES ({marks})"
        with (
            transaction.atomic(),
            connection.chunked_cursor() as source,
            connection.cursor() as sink,
        ):
            sink.execute(f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)")
            source.execute(f"SELECT * FROM {table}")
            while rows := source.fetchmany(CHUNK):
                took += milliseconds(lambda: sink.executemany(insert, rows))  # noqa: B023
                count += len(rows)
    return took, count


def peak_of(file: Path) -> int:
    """Of a process of its own, which undoes what it imported."""
    name = connection.settings_dict["NAME"]
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.importing", name, str(file)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return int(told.stdout)


def alone(database: str, file: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    from django.conf import settings

    settings.DEBUG = False
    connection.settings_dict["NAME"] = database
    imported(file, keep=False)
    from benchmarks.measuring import peak_mib

    print(peak_mib())


if __name__ == "__main__":
    alone(sys.argv[1], Path(sys.argv[2]))
