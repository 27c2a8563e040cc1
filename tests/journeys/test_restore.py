"""The drill of docs/operations.md: what was backed up is there again, log and files."""

import subprocess
from dataclasses import replace

import pytest

from tests.journeys.conftest import maintenance

pytestmark = pytest.mark.services

EVERYTHING = """SELECT (SELECT count(*) FROM requests_app_agency),
    (SELECT count(*) FROM requests_app_logentry),
    (SELECT string_agg(hash, '' ORDER BY id) FROM requests_app_logentry),
    (SELECT string_agg(sha256, '' ORDER BY id) FROM reporting_rendering),
    (SELECT bool_and(encode(sha256(content), 'hex') = sha256) FROM reporting_rendering)"""
LEDGER = """agency,channel,received_on,replied_on,outcome
530000,online,2018-03-01,2018-03-05,granted
530100,post,2018-06-01,2018-07-30,not_held
530001,fax,2018-12-28,,
"""


def test_a_restored_database_is_the_one_that_was_backed_up(stack):
    ledger = stack.folder / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    stack.manage("import_requests", str(ledger))
    stack.manage("count_year", "2018", "--render")
    before = stack.rows(EVERYTHING)
    backup = stack.folder / "backup"
    subprocess.run(
        ["pg_dump", "--format", "directory", "--file", backup, stack.database_url],
        check=True,
    )
    server, name = stack.database_url.rsplit("/", 1)
    maintenance(server, f"CREATE DATABASE {name}_again")
    try:
        again = replace(stack, database_url=f"{server}/{name}_again", started=[])
        subprocess.run(
            ["pg_restore", "--exit-on-error", "--dbname", again.database_url, backup],
            check=True,
        )
        again.manage("migrate", "--noinput")
        again.manage("verify_log")
        again.manage("rebuild_standings", "--check")
        assert again.rows(EVERYTHING) == before
        assert before[0][-1] is True
    finally:
        maintenance(server, f"DROP DATABASE {name}_again WITH (FORCE)")
