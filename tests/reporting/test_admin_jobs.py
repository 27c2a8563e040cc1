"""The page that asks for a year and follows it, and the files on a report's page."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse

from reporting.models import CountingJob, Rendering, Report
from requests_app.adapters.clocks import SystemClock
from requests_app.models import Agency, Staff
from requests_app.services.agencies import place

pytestmark = pytest.mark.django_db
JOBS = reverse("admin:reporting_countingjob_changelist")
COUNT = reverse("admin:reporting_countingjob_count")


@pytest.fixture
def sign_in(client, office):
    def as_(role, agency=office):
        user = Staff.objects.create_user(role, is_staff=True, agency=agency)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return as_


@pytest.fixture
def report(county, counting):
    from reporting.services import jobs

    jobs.want(year=2018, form_key=None, since=None, render=False, deps=counting)
    jobs.resume(deps=counting)
    return Report.objects.get(agency=county, scope="area")


def page(report):
    return reverse("admin:reporting_report_change", args=[report.pk])


def file(report, kind):
    return reverse("admin:reporting_report_file", args=[report.pk, kind])


def draw(report):
    return reverse("admin:reporting_report_draw", args=[report.pk])


def test_a_statistician_has_a_button_and_a_clerk_has_none(sign_in):
    year = SystemClock().today().year
    assert f"统计 {year} 年" in sign_in("statistician").get(JOBS).content.decode()
    assert f"统计 {year} 年" not in sign_in("handler").get(JOBS).content.decode()


@pytest.mark.parametrize(
    ("role", "method", "year", "status"),
    [
        ("handler", "post", "this", 403),
        ("statistician", "get", "this", 405),
        ("statistician", "post", "1999", 404),
        ("statistician", "post", "", 404),
    ],
)
def test_who_may_not_ask_or_asks_wrongly_leaves_no_job(
    sign_in, role, method, year, status
):
    answer = getattr(sign_in(role), method)(COUNT, {"year": year})
    assert answer.status_code == status
    assert not CountingJob.objects.exists()


def test_the_job_and_how_far_it_is(sign_in, report, counting):
    job = CountingJob.objects.get()
    client = sign_in("auditor")
    address = reverse("admin:reporting_countingjob_progress", args=[job.pk])
    told = client.get(address).json()
    assert told == {
        "done": 4,
        "total": 4,
        "counted": True,
        "error": "",
        "files": {"asked": 0, "done": 0, "failed": 0},
        "finished": True,
    }
    shown = client.get(reverse("admin:reporting_countingjob_change", args=[job.pk]))
    assert f'data-progress="{address}"' in shown.content.decode()
    assert "reporting/progress.js" in shown.content.decode()


def test_progress_is_for_staff_who_signed_in(client, report):
    job = CountingJob.objects.get()
    answer = client.get(reverse("admin:reporting_countingjob_progress", args=[job.pk]))
    assert answer.status_code == 302


@pytest.mark.skipif(bool(settings.REDIS_URL), reason="a broker is there")
def test_without_a_broker_asked_files_are_drawn_at_once_and_had_as_stored(
    sign_in, report, django_capture_on_commit_callbacks
):
    client = sign_in("statistician")
    assert "尚未生成" in client.get(page(report)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(draw(report)).status_code == 302
    stored = dict(report.renderings.values_list("ending", "content"))
    assert sorted(stored) == [".csv", ".docx", ".html", ".json", ".pdf", ".xlsx"]
    for ending, content in stored.items():
        answer = client.get(file(report, ending[1:]))
        assert answer.content == bytes(content)
        assert answer["Content-Disposition"].startswith("attachment; ")
    shown = client.get(page(report)).content.decode()
    assert all(file(report, ending[1:]) in shown for ending in stored)


def test_a_handler_may_have_the_files_but_not_ask_for_them(sign_in, report):
    client = sign_in("handler")
    assert client.post(draw(report)).status_code == 403
    assert draw(report) not in client.get(page(report)).content.decode()


def test_what_is_not_drawn_or_out_of_sight_is_not_found(sign_in, report):
    Rendering.objects.create(
        report=report, ending=".pdf", state="done", content=b"%PDF-", size=5,
        sha256="0" * 64, asked_at=report.counted_at, rendered_at=report.counted_at,
    )  # fmt: skip
    elsewhere = Agency(code="990000", name="别省", kind="government")
    place(elsewhere, on=None)
    near = sign_in("handler")
    assert near.get(file(report, "pdf")).content == b"%PDF-"
    assert near.get(file(report, "xlsx")).status_code == 404
    far = sign_in("statistician", elsewhere)
    answers = [
        far.get(file(report, "pdf")), far.post(draw(report)), far.get(page(report)),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [404, 404, 404]
