"""An area's files drawn by one worker process and by two: files a second, and how much
the second one brings.

BENCH_OFFICES is how many agencies' files are drawn (default 300; a province has 3 000).
"""

import os
import subprocess
import sys
import time

import django
from django.db import connection

AGENCIES, ROWS, YEAR = 3000, 30_000, 2018
OFFICES = int(os.environ.get("BENCH_OFFICES") or 300)


def run() -> None:
    from benchmarks.counting import scratch_database
    from benchmarks.ledger import fill

    if connection.vendor != "postgresql":
        print("workers: left out, DATABASE_URL names no PostgreSQL", flush=True)
        return
    with scratch_database():
        fill(ROWS, AGENCIES)
        drafted = took(count_the_year)
        print(f"{AGENCIES * 2} drafts counted and written: {drafted:.1f} s", flush=True)
        rates = {workers: drawn_by(workers) for workers in (1, 2)}
    print(
        f"six files of each of {OFFICES} agencies: one worker {rates[1]:.0f} files/s, "
        f"two {rates[2]:.0f} files/s, {rates[2] / rates[1]:.2f} times as many",
        flush=True,
    )


def took(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def at_work():
    from wireup import Injected
    from wireup.integration.django import inject_app

    from reporting.dependencies import Dependencies

    @inject_app
    def given(deps: Injected[Dependencies]) -> Dependencies:
        return deps

    return given()


def count_the_year() -> None:
    from reporting.services import jobs

    deps = at_work()
    job = jobs.want(year=YEAR, form_key=None, since=None, render=False, deps=deps)
    jobs.run(job, deps=deps)


def drawn_by(workers: int) -> float:
    """Files a second, from the moment at which all workers are awake."""
    from reporting.models import Rendering, Report
    from reporting.services import rendering

    area = Report.objects.filter(scope=Report.Scope.AREA).order_by("pk")
    chosen = Report.objects.filter(pk__in=list(area.values_list("pk", flat=True)[:OFFICES]))  # fmt: skip
    rendering.ask(chosen, deps=at_work(), again=True)
    files = Rendering.objects.asked().count()
    crew = [worker() for _ in range(workers)]
    for process in crew:
        assert process.stdout.readline() == "awake\n"
    seconds = took(lambda: set_to_work(crew))
    left = Rendering.objects.exclude(state=Rendering.State.DONE).count()
    assert not left, f"{left} files were not drawn"
    return files / seconds


def set_to_work(crew: list[subprocess.Popen]) -> None:
    """All of them, before any is waited for."""
    for process in crew:
        process.stdin.close()
    for process in crew:
        process.wait()


def worker() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", __name__, connection.settings_dict["NAME"]],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def draw_all(database: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    from django.conf import settings

    from reporting.services import rendering

    settings.DEBUG = False
    connection.settings_dict["NAME"] = database
    deps = at_work()
    print("awake", flush=True)
    sys.stdin.readline()
    while rendering.draw_next(deps=deps):
        pass


if __name__ == "__main__":
    draw_all(sys.argv[1])
