"""The desk on PostgreSQL: the pages of queue and search at a thousand and at many requests,
in time and statements; and a ledger of a hundred thousand rows as XLSX (beside openpyxl)
and as CSV (beside PostgreSQL's own COPY), with the peak memory of a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connection

AGENCIES, LEDGER = 3000, 100_000
#: the state of the desk on a day of the ledger's last month
PAGES = {
    "queue, overdue": "queue=overdue",
    "queue, my unit": "queue=unit",
    "all requests": "",
    "filtered list": "channel__exact=post&stage__exact=archived",
    "by topic, agency and doubt": "topic=补偿&area=B20&doubt=no",
    "search by number": "q=〔2018〕900001号",
    "search by two characters": "q=补偿",
    "search by what is nowhere": "q=查无此事",
}
WORDING = """
INSERT INTO requests_app_wording (disclosure_request_id, subject, retrieval_number, provide_as,
    obtain_by, purpose, fee_waiver, salt)
SELECT id, '申请公开第' || serial || '号地块的' || (ARRAY['征地补偿安置方案', '规划许可证',
    '财政预算决算', '环评批复'])[1 + serial % 4] || '及其批准文件', '', '', '', '', false, ''
FROM requests_app_disclosurerequest
"""


def run(rows: int) -> None:
    from benchmarks.counting import scratch_database

    if connection.vendor != "postgresql":
        print("the desk: left out, DATABASE_URL names no PostgreSQL", flush=True)
        return
    for size in (1000, rows):
        with scratch_database():
            fill(size)
            pages(size)
            if size >= LEDGER:
                ledgers()


def fill(size: int) -> None:
    from benchmarks import ledger

    ledger.fill(size, AGENCIES)
    word()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def word() -> None:
    """What each request of the ledger asks for."""
    with connection.cursor() as cursor:
        cursor.execute(WORDING)


def pages(size: int) -> None:
    """As the handler of one agency and as who sees the whole province."""
    for name, client in readers():
        for page, query in PAGES.items():
            took, statements = opened(client, query)
            print(
                f"{page}, {name}, {size} requests: {took:.0f} ms, "
                f"{statements} statements",
                flush=True,
            )


def readers() -> Iterator[tuple[str, object]]:
    from django.test import Client

    from requests_app.models import Agency, Staff

    for name, code, is_superuser in (("one agency", "B20", False), ("all", "B0", True)):
        user = Staff.objects.create_user(
            code, agency=Agency.objects.get(code=code), is_staff=True,
            is_superuser=is_superuser,
        )  # fmt: skip
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        client.get("/admin/")  # the first page of a minute moves the session
        yield name, client


def opened(client, query: str) -> tuple[float, int]:
    from django.test.utils import CaptureQueriesContext

    from benchmarks.measuring import in_turns

    url = f"/admin/requests_app/disclosurerequest/?{query}"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
        statements = len(asked)
    assert answer.status_code == 200, answer.status_code
    (took,) = in_turns(lambda: client.get(url), turns=3)
    return took, statements


def ledgers() -> None:
    from benchmarks.measuring import in_turns, tell

    with tempfile.TemporaryFile() as bin_:
        xlsx, usual = in_turns(as_xlsx, by_openpyxl, turns=3)
        csv, floor = in_turns(as_csv, lambda: own_copy(bin_), turns=5)
    print(
        f"ledger of {LEDGER} rows as XLSX, promised within 2000 ms: ours {xlsx:.0f} ms, "
        f"the usual way (openpyxl) {usual:.0f} ms",
        flush=True,
    )
    tell(
        f"ledger of {LEDGER} rows as CSV, promised within 1.5 of the floor "
        "(PostgreSQL's own COPY of the same columns and order)",
        csv,
        floor,
    )
    for kind in ("bare", "xlsx", "csv"):
        print(f"peak memory of a process, {kind}: {peak_of(kind)} MiB", flush=True)


def listed():
    from requests_app.models import DisclosureRequest

    return DisclosureRequest.objects.all()[:LEDGER]


def as_xlsx() -> None:
    from requests_app.admin import exports

    answer = exports.as_xlsx(listed())
    for _ in answer.streaming_content:
        pass
    answer.close()


def as_csv() -> None:
    from requests_app.admin import exports

    for _ in exports.as_csv(listed()).streaming_content:
        pass


def by_openpyxl() -> None:
    import openpyxl

    from requests_app.services import told

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in told.rows(listed(), safe=False):
        sheet.append(row)
    with tempfile.TemporaryFile() as file:
        book.save(file)


def own_copy(sink) -> None:
    from requests_app.services.told import COLUMNS, copied

    for block in copied(listed().values_list(*COLUMNS)):
        sink.seek(0)
        sink.write(block)


def peak_of(kind: str) -> int:
    name = connection.settings_dict["NAME"]
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.desk", name, kind],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return int(answer.stdout)


@contextmanager
def on(database: str) -> Iterator[None]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    from django.conf import settings

    settings.DEBUG = False
    connection.settings_dict["NAME"] = database
    yield


if __name__ == "__main__":
    with on(sys.argv[1]):
        from benchmarks.measuring import peak_mib
        from requests_app.admin import exports  # noqa: F401  as a web process has it

        {"bare": lambda: None, "xlsx": as_xlsx, "csv": as_csv}[sys.argv[2]]()
        print(peak_mib())
