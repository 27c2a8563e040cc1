"""A command whose database is away or has no tables says so in a sentence and exits 1."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROWS = "code,name,kind\n530000,云南省人民政府,government\n"


def ran(*words, url):
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, text=True, capture_output=True,
        env={"PATH": os.environ["PATH"], "DEBUG": "1", "DATABASE_URL": url},
    )  # fmt: skip


@pytest.fixture
def empty(tmp_path):
    return f"sqlite:///{tmp_path}/empty.sqlite3"


def test_an_import_without_tables_says_what_to_run(tmp_path, empty):
    file = tmp_path / "agencies.csv"
    file.write_text(ROWS)
    done = ran("import_agencies", str(file), "--json", url=empty)
    (fault,) = json.loads(done.stdout)["rejected"]
    assert (done.returncode, fault["line"], fault["message"]) == (
        1, 0, "数据库还没有建表或版本较旧，请先运行 manage.py migrate (tables are missing: run migrate first)",
    )  # fmt: skip


@pytest.mark.parametrize(
    "words", [("annual_report", "2018"), ("verify_log",), ("rebuild_standings",)]
)
def test_so_does_any_command(words, empty):
    done = ran(*words, url=empty)
    said = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert said[-3].startswith("数据库还没有建表或版本较旧，请先运行 manage.py migrate")
    assert "Traceback" not in done.stderr


def test_the_deadline_needs_no_tables(empty):
    done = ran("deadline", "--received", "2018-02-08", url=empty)
    assert (done.returncode, json.loads(done.stdout)["due_on"]) == (0, "2018-03-06")


def test_a_database_that_is_away_is_told_without_a_traceback():
    away = "postgres://nobody@127.0.0.1:1/none"
    done = ran("deadline", "--received", "2018-02-08", url=away)
    assert (done.returncode, done.stdout) == (1, "")
    assert "数据库忙或连不上，请稍后再试" in done.stderr
    assert "Traceback" not in done.stderr
