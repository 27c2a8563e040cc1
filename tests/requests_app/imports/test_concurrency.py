"""Two imports at once, and an import while the office goes on registering."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection

from requests_app.models import DisclosureRequest, LogEntry
from requests_app.services.recording import register
from requests_app.services.standings import broken_links
from tests.files import answer, done

pytestmark = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"],
    reason="needs DATABASE_URL naming a PostgreSQL: SQLite has one writer at a time",
)
ROWS = 300


@pytest.fixture
def ledger(tmp_path):
    """Every other row has a number."""
    file = tmp_path / "file.csv"
    numbers = (f"〔2026〕{1000 + n}号" if n % 2 else "" for n in range(ROWS))
    rows = (f"{number},530000,2026-11-02" for number in numbers)
    file.write_text("\n".join(["number,agency,received_on", *rows]))
    return file


def at_once(*acts):
    ready = Barrier(len(acts))

    def run(act):
        ready.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def numbers():
    return list(DisclosureRequest.objects.values_list("number", flat=True))


def test_two_imports_of_one_file_at_once_end_as_one(committed, office, ledger):
    first, second = at_once(
        lambda: answer("requests", ledger), lambda: answer("requests", ledger)
    )
    assert sorted([done(first), done(second)]) == [
        (ROWS, 0, 0, ROWS), (ROWS, ROWS, 0, 0),
    ]  # fmt: skip
    assert (len(numbers()), len(set(numbers()))) == (ROWS, ROWS)
    assert LogEntry.objects.count() == 2 * ROWS
    assert list(broken_links()) == []


def test_numbers_given_meanwhile_are_given_once(committed, office, ledger, deps):
    def registering():
        received = date(2026, 11, 23)
        for _ in range(20):
            register(agency=office, received_on=received, by=None, deps=deps)

    told, _ = at_once(lambda: answer("requests", ledger), registering)
    assert done(told) == (ROWS, ROWS, 0, 0)
    assert len(numbers()) == len(set(numbers())) == ROWS + 20
