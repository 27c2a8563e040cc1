"""A year's count as a job: asked by many, done once, done again when asked again."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from reporting.models import CountingJob, Figure, Rendering, Report
from reporting.services import jobs
from reporting.services.alone import this_process
from tests.fakes import FixedClock

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(moment, deps):
    return replace(deps, clock=FixedClock(datetime.fromisoformat(moment)))


def state(job):
    job.refresh_from_db()
    return (job.done, job.total, job.attempts, job.done_at is not None)


@pytest.fixture
def job(county, counting):
    return jobs.ask(year=2018, deps=counting)


def test_asking_twice_leaves_one_job_and_rings_each_time(county, counting):
    asked = [jobs.ask(year=2018, deps=counting).pk for _ in range(2)]
    assert asked == [CountingJob.objects.get().pk] * 2
    assert counting.bell.rung == ["reporting.resume_counting"] * 2


def test_every_agency_is_counted_in_both_scopes(job, counting):
    assert jobs.resume(deps=counting) == 1
    assert state(job) == (4, 4, 1, True)
    assert job.worker == this_process()
    assert list(Report.objects.values_list("agency__code", "scope", "name")) == [
        ("530000", "area", "云南省人民政府"),
        ("530000", "own", "云南省人民政府"),
        ("530100", "area", "昆明市"),
        ("530100", "own", "昆明市"),
    ]


def test_a_job_that_is_done_is_not_done_again(job, counting):
    jobs.resume(deps=counting)
    assert jobs.resume(deps=counting) == 0
    assert not jobs.run(job, deps=counting)
    assert state(job) == (4, 4, 1, True)


def test_asked_since_it_is_done_once_more(job, counting):
    jobs.resume(deps=counting)
    later = at("2026-11-24T10:00:00+08:00", counting)
    for _ in range(2):
        jobs.ask(year=2018, since=later.clock.now(), deps=later)
    assert state(job) == (0, 4, 1, False)
    jobs.resume(deps=later)
    assert state(job) == (4, 4, 2, True)


def test_asked_while_it_runs_it_runs_once_more(job, counting):
    later = at("2026-11-24T10:00:00+08:00", counting)

    def interrupted(done, total):
        if CountingJob.objects.get().attempts == 1:
            jobs.ask(year=2018, since=later.clock.now(), deps=later)

    jobs.run(job, deps=counting, told=interrupted)
    assert state(job) == (4, 4, 2, True)


YEAR_ENDS = [
    ("2018-12-31T23:59:59+08:00", 2017),
    ("2019-01-01T00:05:00+08:00", 2018),
    ("2019-01-31T00:05:00+08:00", 2018),
]


@pytest.mark.parametrize(("moment", "year"), YEAR_ENDS)
def test_last_year_is_the_one_that_has_ended(county, counting, moment, year):
    assert jobs.ask_last_year(deps=at(moment, counting)).year == year


def test_a_count_taken_in_december_is_taken_again_in_january_once(county, counting):
    december = at("2018-12-03T10:00:00+08:00", counting)
    jobs.ask(year=2018, deps=december)
    jobs.resume(deps=december)
    for day in ("01", "01", "02", "31"):
        january = at(f"2019-01-{day}T00:05:00+08:00", counting)
        jobs.ask_last_year(deps=january)
        jobs.resume(deps=january)
    job = CountingJob.objects.get()
    assert (job.attempts, job.asked_at) == (
        2,
        datetime(2019, 1, 1, 0, 5, tzinfo=SHANGHAI),
    )


def test_one_that_fails_keeps_its_error_and_stands_in_no_others_way(
    county, counting, caplog
):
    forgotten = CountingJob.objects.create(
        year=2001, form="forgotten", asked_at=counting.clock.now()
    )
    wanted = jobs.ask(year=2018, deps=counting)
    assert jobs.resume(deps=counting) == 1
    assert state(wanted) == (4, 4, 1, True)
    assert state(forgotten) == (0, 0, 1, False)
    assert forgotten.error.startswith("NoSuchForm: 没有表式 forgotten")
    assert "counting 2001 0/0 failed" in caplog.text


def test_counted_again_the_same_numbers_are_not_drawn_again(job, counting):
    jobs.resume(deps=counting)
    Rendering.objects.update(state="done", content=b"x", sha256="x", rendered_at=NOW)
    Rendering.objects.update(source=Report.objects.get(pk=a_report().pk).digest)
    before = drawn_of(a_report())
    later = at("2026-11-24T10:00:00+08:00", counting)
    jobs.ask(year=2018, since=later.clock.now(), deps=later)
    jobs.resume(deps=later)
    assert drawn_of(a_report()) == before == ["done", "done"]


NOW = datetime(2026, 11, 24, tzinfo=SHANGHAI)


def a_report():
    return Report.objects.get(agency__code="530100", scope="area")


def drawn_of(report):
    return list(report.renderings.values_list("state", flat=True))


def test_other_numbers_ask_for_other_files(job, county, counting):
    jobs.resume(deps=counting)
    for report in Report.objects.all():
        report.renderings.update(
            state="done",
            content=b"x",
            sha256="x",
            rendered_at=NOW,
            source=report.digest,
        )
    Figure.objects.create(
        agency=county, year=2018, form="national_2018", line="2.1", column="count",
        value=3, entered_at=NOW,
    )  # fmt: skip
    other = place_beside(county)
    later = at("2026-11-24T10:00:00+08:00", counting)
    jobs.ask(year=2018, since=later.clock.now(), deps=later)
    jobs.resume(deps=later)
    assert dict(
        Rendering.objects.filter(ending=".json").values_list(
            "report__agency__code", "state"
        )
    ) == {"530000": "asked", "530100": "asked", other.code: "asked"}


def place_beside(county):
    from requests_app.models import Agency
    from requests_app.services.agencies import place

    other = Agency(
        code="530103", name="盘龙区", kind="government", parent=county.parent
    )
    place(other, on=None)
    return other


def test_only_reports_over_an_area_are_drawn_unasked(job, counting):
    jobs.resume(deps=counting)
    assert set(Rendering.objects.values_list("report__scope", "ending")) == {
        ("area", ".txt"),
        ("area", ".json"),
    }
    assert counting.bell.rung[-1] == "reporting.resume_rendering"
