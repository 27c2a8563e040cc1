"""What a person at a terminal, and what a script, gets to see."""

import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from requests_app.models import DisclosureRequest

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
GOOD = "number,agency,received_on,replied_on,outcome\n1,530000,2018-02-08,2018-03-07,granted\n"
BAD = "number,agency,received_on\n1,530000,x\n"


def run(tmp_path, text, *options):
    """(exit code, standard output, standard error)."""
    file = tmp_path / "台账.csv"
    file.write_text(text)
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command(
            "import_requests",
            str(file),
            *options,
            stdout=out,
            stderr=err,
            no_color=True,
        )
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


def test_what_was_done_and_what_was_doubtful(office, tmp_path):
    assert run(tmp_path, GOOD) == (
        0,
        "读取 1 行：新增 1，更新 0，未变 0，有误 0。完成\n",
        "疑点 第 2 行 1：答复期限 2018-03-06 届满后答复 (replied after the due day)\n",
    )


def test_what_is_wrong_and_that_nothing_was_written(office, tmp_path):
    assert run(tmp_path, BAD) == (
        1,
        "读取 1 行：新增 0，更新 0，未变 0，有误 1。未写入任何内容，请改正后重新导入\n",
        "第 2 行 received_on“x”：不是日期，应写作 2018-02-08 或 2018年2月8日 (not a day)\n",
    )


def test_a_dry_run_says_that_it_wrote_nothing(office, tmp_path):
    code, out, _ = run(tmp_path, GOOD, "--dry-run")
    assert (code, out) == (
        0, "读取 1 行：新增 1，更新 0，未变 0，有误 0。检查通过，未写入 (dry run)\n",
    )  # fmt: skip
    assert not DisclosureRequest.objects.exists()


def test_with_json_standard_output_carries_nothing_else(office, tmp_path):
    code, out, err = run(tmp_path, BAD, "--json")
    assert (code, err, out.count("\n")) == (1, "", 1)
    assert out.startswith('{"read": 1, "created": 0, "updated": 0, "unchanged": 0, ')


def test_a_terminal_is_not_flooded_and_told_where_the_rest_is(office, tmp_path):
    rows = "".join(f"{n},530000,x\n" for n in range(1200))
    _, _, err = run(tmp_path, f"number,agency,received_on\n{rows}")
    *told, last = err.splitlines()
    assert (len(told), last) == (
        1000, "另有 200 条未列，--json 列出全部 (more with --json)",
    )  # fmt: skip


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    """Runs the command as a process of its own, on a database of its own."""
    folder = tmp_path_factory.mktemp("process")
    file = folder / "agencies.csv"
    file.write_text("code,name,kind\nA,甲,department\n")
    environment = {
        **os.environ, "DEBUG": "1", "DATABASE_URL": f"sqlite:///{folder / 'db'}",
        "TERM": "xterm", "COLUMNS": "80",
    }  # fmt: skip

    def run(*arguments, stderr):
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=stderr,
        )  # fmt: skip

    run("migrate", "-v0", stderr=None)
    return lambda stderr: run("import_agencies", str(file), stderr=stderr)


def test_a_bar_is_drawn_on_a_terminal(process):
    ours, theirs = pty.openpty()
    process(theirs)
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "读取 agencies.csv" in drawn
    assert "1/1" in drawn


def test_no_bar_is_drawn_in_a_pipe(process, tmp_path):
    with (tmp_path / "stderr").open("wb") as piped:
        process(piped)
    assert (tmp_path / "stderr").read_bytes() == b""
