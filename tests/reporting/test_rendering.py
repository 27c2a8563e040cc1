"""Files asked for, drawn once, kept with their hash; one that fails says why."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from reporting.models import CountingJob, Rendering, Report
from reporting.services import jobs, rendering
from tests.fakes import FixedClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(county, counting):
    """Four files asked for: a text and a JSON of two agencies."""
    job = jobs.ask(year=2018, deps=counting)
    jobs.resume(deps=counting)
    counting.bell.rung.clear()
    return job


def draw_all(deps):
    while rendering.draw_next(deps=deps):
        pass


def states():
    return list(
        Rendering.objects.order_by("report__agency__code", "ending").values_list(
            "report__agency__code", "ending", "state"
        )
    )


def test_a_file_is_kept_with_its_hash_and_the_digest_of_its_report(counted, counting):
    draw_all(counting)
    file = Rendering.objects.get(report__agency__code="530100", ending=".txt")
    content = "昆明市 （2018年度） ".encode()
    assert bytes(file.content) == content
    assert (file.size, file.sha256) == (
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    assert (file.source, file.rendered_at) == (
        file.report.digest,
        counting.clock.now(),
    )


def test_the_json_is_the_report_itself(counted, counting):
    draw_all(counting)
    file = Rendering.objects.get(report__agency__code="530100", ending=".json")
    assert json.loads(bytes(file.content)) == file.report.content


def test_drawn_once_however_often_it_is_resumed(counted, counting, press):
    assert [rendering.resume(deps=counting) for _ in range(3)] == [4, 0, 0]
    assert sorted(press.printed) == ["云南省人民政府", "昆明市"]


def test_one_that_cannot_be_drawn_says_why_and_the_others_go_on(
    counted, counting, press, caplog
):
    press.fails_for = {"昆明市"}
    assert rendering.resume(deps=counting) == 4
    assert states() == [
        ("530000", ".json", "done"),
        ("530000", ".txt", "done"),
        ("530100", ".json", "done"),
        ("530100", ".txt", "failed"),
    ]
    failed = Rendering.objects.get(state="failed")
    assert (failed.error, failed.content) == ("ValueError: no glyph for 𰻝", None)
    assert "no glyph" in caplog.text


def test_asked_again_a_failed_file_is_drawn(counted, counting, press):
    press.fails_for = {"昆明市"}
    rendering.resume(deps=counting)
    press.fails_for = set()
    report = Report.objects.get(agency__code="530100", scope="area")
    rendering.ask_again(report, deps=counting)
    assert counting.bell.rung == ["reporting.resume_rendering"]
    assert rendering.resume(deps=counting) == 2
    assert {state for _, _, state in states()} == {"done"}


def test_files_asked_for_together_share_their_pictures(office, letters, statistics):
    jobs.ask(year=2018, deps=statistics)
    jobs.resume(deps=statistics)
    rendering.ask(Report.objects.filter(agency=office), deps=statistics)
    file = Rendering.objects.filter(report__agency=office).earliest("pk")
    drawn = rendering.depicted(file.report, file, statistics)
    assert len(drawn) > 0
    assert rendering.depicted(file.report, file, statistics) is drawn
    file.asked_at += timedelta(seconds=1)
    anew = rendering.depicted(file.report, file, statistics)
    assert (anew == drawn, anew is drawn) == (True, False)


def test_asked_without_need_nothing_is_drawn(counted, counting):
    draw_all(counting)
    rendering.ask(Report.objects.filter(scope="area"), deps=counting)
    assert not rendering.draw_next(deps=counting)


def test_a_file_that_kills_its_worker_comes_last_and_is_given_up(counted, counting):
    first = rendering.take(None)  # and then the process died
    order = [rendering.take(None) for _ in range(3)]
    assert first not in order
    Rendering.objects.filter(pk=first).update(attempts=rendering.MOST_ATTEMPTS)
    draw_all(counting)
    given_up = Rendering.objects.get(pk=first)
    assert (given_up.state, given_up.content) == ("failed", None)
    assert given_up.error.startswith("5 次都没有生成")


def test_a_slice_rings_for_the_next_before_it_begins(counted, counting):
    report = Report.objects.first()
    many = [
        Rendering(report=report, ending=f".{n}", asked_at=counting.clock.now())
        for n in range(rendering.SLICE)
    ]
    Rendering.objects.filter(report=report).delete()
    Rendering.objects.bulk_create(many)  # endings that no renderer knows: they fail
    assert rendering.resume(deps=counting) == rendering.SLICE
    assert counting.bell.rung == ["reporting.resume_rendering"]
    assert rendering.resume(deps=counting) == 2
    assert counting.bell.rung == ["reporting.resume_rendering"]


def test_the_sweep_rings_only_where_files_wait_and_nobody_draws(counted, counting):
    def after(minutes):
        later = counting.clock.now() + timedelta(minutes=minutes)
        return replace(counting, clock=FixedClock(later))

    assert not rendering.wake(deps=after(1))  # the message may still be on its way
    assert rendering.wake(deps=after(3))
    rendering.draw_next(deps=after(4))
    assert not rendering.wake(deps=after(5))  # somebody draws
    assert rendering.wake(deps=after(7))
    draw_all(after(7))
    assert not rendering.wake(deps=after(30))
    assert counting.bell.rung == ["reporting.resume_rendering"] * 2


def test_of_one_job_only_its_own_files_are_drawn(counted, counting):
    elsewhere = CountingJob(year=2017, form="national_2018")
    assert not rendering.draw_next(job=elsewhere, deps=counting)
    assert rendering.draw_next(job=counted, deps=counting)


def test_the_database_keeps_no_file_that_is_done_without_bytes(counted):
    with pytest.raises(IntegrityError, match="a_file_that_is_done"):
        Rendering.objects.update(state="done")
