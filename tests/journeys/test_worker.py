"""Real workers and beats, started as docker-compose.yml starts them, on PostgreSQL and
Redis: each year is counted once and each file drawn once, whatever dies or comes twice."""

import os
from pathlib import Path

import psycopg
import pytest
from celery import Celery

pytestmark = pytest.mark.services

DRAWN = """SELECT report_id, ending, sha256, rendered_at, worker FROM reporting_rendering
    JOIN reporting_report ON reporting_report.id = report_id
    WHERE year = {year} AND state = 'done' ORDER BY report_id, ending"""
COUNTED = """SELECT agency_id, scope, digest, counted_at FROM reporting_report
    WHERE year = {year} ORDER BY agency_id, scope"""
JOBS = """SELECT done, total, attempts, done_at IS NOT NULL FROM reporting_countingjob
    WHERE year = {year}"""
#: six agencies in six endings
ALL_DRAWN = """SELECT count(*) = 36 FROM reporting_rendering
    JOIN reporting_report ON reporting_report.id = report_id
    WHERE year = {year} AND state = 'done'"""


def ring(stack, *tasks):
    with Celery(broker=stack.redis_url) as app:
        for task in tasks:
            app.send_task(task, queue=stack.queue)


def parent_of(process):
    return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])


def test_at_new_year_two_beats_make_one_job(stack):
    midnight = "2019-01-01T00:04:50+08:00"
    worker = stack.start("worker", at=midnight)
    stack.start("beat", at=midnight)
    stack.start("beat", at=midnight)
    stack.wait_until(ALL_DRAWN.format(year=2018))
    said = [p.read_text() for p in sorted(stack.folder.glob("beat-*.log"))]
    assert [s.count("Sending due task 年末统计") for s in said] == [1, 1]
    assert stack.rows(JOBS.format(year=2018)) == [(12, 12, 1, True)]
    (who,) = stack.rows("SELECT worker FROM reporting_countingjob WHERE year = 2018")
    process = int(who[0].rsplit(":", 1)[1])
    assert (process != os.getpid(), parent_of(process)) == (True, worker.pid)


def test_a_message_that_comes_again_changes_nothing(stack):
    stack.manage("count_year", "2017", "--render")
    before = [stack.rows(q.format(year=2017)) for q in (DRAWN, COUNTED, JOBS)]
    ring(stack, *["reporting.resume_counting", "reporting.resume_rendering"] * 5)
    stack.start("worker")
    ring_last(stack)
    stack.wait_until(
        "SELECT done_at IS NOT NULL FROM reporting_countingjob WHERE year = 2014"
    )
    assert [stack.rows(q.format(year=2017)) for q in (DRAWN, COUNTED, JOBS)] == before


def ring_last(stack):
    """A job behind all the others: when it is done, they were read."""
    with psycopg.connect(stack.database_url) as connection:
        connection.execute(
            "INSERT INTO reporting_countingjob (year, form, render, asked_at, done, total,"
            " attempts, worker, error) VALUES (2014, 'national_2018', false, now(), 0, 0,"
            " 0, '', '')"
        )
    ring(stack, "reporting.resume_counting")


def test_killed_while_drawing_the_next_worker_draws_the_rest_once(stack):
    first = stack.start("worker", at="2017-01-05T08:00:00+08:00")
    ring(stack, "reporting.count_last_year")
    stack.wait_until(ALL_DRAWN.format(year=2016).replace("= 36", ">= 3"))
    stack.kill(first)
    before = stack.rows(DRAWN.format(year=2016))
    assert 3 <= len(before) < 36
    stack.start("worker", at="2017-01-05T09:00:00+08:00")
    ring(stack, "reporting.wake_rendering")  # as beat does every minute
    stack.wait_until(ALL_DRAWN.format(year=2016))
    after = stack.rows(DRAWN.format(year=2016))
    assert [row for row in after if row in before] == before
    assert {row[4] for row in after} != {row[4] for row in before}
    assert stack.rows(JOBS.format(year=2016)) == [(12, 12, 1, True)]


def test_killed_while_counting_the_next_worker_counts_it_all(stack):
    """The first one waits for a table that the test holds, and dies waiting."""
    with psycopg.connect(stack.database_url) as holding:
        holding.execute("LOCK TABLE reporting_report IN ACCESS EXCLUSIVE MODE")
        first = stack.start("worker", at="2016-01-05T08:00:00+08:00")
        ring(stack, "reporting.count_last_year")
        stack.wait_until(
            "SELECT count(*) = 1 FROM reporting_countingjob WHERE year = 2015 AND total = 12"
        )
        stack.kill(first)
        assert stack.rows(JOBS.format(year=2015)) == [(0, 12, 1, False)]
    stack.start("worker", at="2016-01-05T09:00:00+08:00")
    stack.wait_until("SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory'")
    ring(stack, "reporting.resume_counting")  # as beat does every five minutes
    stack.wait_until(ALL_DRAWN.format(year=2015))
    assert stack.rows(JOBS.format(year=2015)) == [(12, 12, 2, True)]
