"""A file in the browser: matched, checked, confirmed; all of it or nothing, and once."""

import csv
import io
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.imports import jobs
from requests_app.imports.readers import readers
from requests_app.models import DisclosureRequest, HeadingChoice, ImportJob
from tests.requests_app.admin.test_acts import text

pytestmark = pytest.mark.django_db
UPLOAD = "admin:requests_app_importjob_upload"
GOOD = "登记编号,受理机关,收到日期,申请内容,申请方式\n〔2018〕1号,530000,2018-02-08,=1+1,post\n"
OWN = "受理编号,单位,收件日期,经办人\n〔2018〕1号,530000,2018-02-08,张三\n"
BAD = "登记编号,受理机关,收到日期\n=1,530000,x\n2,530001,2018-02-08\n"


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def clerk(signed_in, at):
    at("2026-11-24")
    return signed_in("clerk", "intake_clerk")


@pytest.fixture
def worker(deps):
    return lambda: jobs.run_waiting(readers(deps), deps=deps)


def uploaded(client, content, kind="requests"):
    file = SimpleUploadedFile("台账.csv", content.encode())
    answer = client.post(reverse(UPLOAD), {"kind": kind, "file": file})
    assert answer.status_code == 302, text(answer)
    return ImportJob.objects.latest("pk")


def page(client, job):
    return text(client.get(reverse("admin:requests_app_importjob_change", args=[job.pk])))  # fmt: skip


def do(client, job, act, **typed):
    url = reverse("admin:requests_app_importjob_do", args=[job.pk, act])
    answer = client.post(url, typed)
    job.refresh_from_db()
    return answer


def test_a_file_is_checked_shown_and_written_when_confirmed(clerk, worker):
    job = uploaded(clerk, GOOD)
    assert (job.state, worker()) == ("checking", 1)
    shown = page(clerk, job)
    assert "确认导入" in shown
    assert "<td>信函</td><td>2018-02-08</td><td>=1+1</td>" in shown
    assert DisclosureRequest.objects.count() == 0
    do(clerk, job, "confirm")
    assert (job.state, worker()) == ("writing", 1)
    job.refresh_from_db()
    assert (job.state, job.told["created"]) == ("done", 1)
    assert DisclosureRequest.objects.get().number == "〔2018〕1号"
    assert list(jobs.default_storage.listdir("imports")[1]) == []


def test_a_second_click_neither_uploads_nor_writes_again(clerk, worker):
    first, again = uploaded(clerk, GOOD), uploaded(clerk, GOOD)
    assert first == again
    worker()
    for _ in range(2):
        do(clerk, first, "confirm")
    assert (worker(), worker()) == (1, 0)
    do(clerk, first, "confirm")
    first.refresh_from_db()
    assert (first.state, DisclosureRequest.objects.count()) == ("done", 1)


def test_the_same_file_later_changes_nothing(clerk, worker):
    for created in (1, 0):
        job = uploaded(clerk, GOOD)
        worker()
        do(clerk, job, "confirm")
        worker()
        job.refresh_from_db()
        assert (job.state, job.told["created"]) == ("done", created)
    assert DisclosureRequest.objects.count() == 1


def test_the_offices_own_headings_are_asked_once_and_remembered(clerk, worker):
    job = uploaded(clerk, OWN)
    assert job.state == "matching"
    shown = page(clerk, job)
    assert '<option value="number" selected>登记编号' in shown
    assert '<option value="" selected>不导入此列' in shown
    typed = {"h0": "number", "h1": "agency", "h2": "received_on", "h3": ""}
    do(clerk, job, "columns", **typed)
    worker()
    job.refresh_from_db()
    assert (job.state, job.told["created"]) == ("checked", 1)
    later = uploaded(clerk, OWN.replace("1号", "2号"))
    assert later.state == "checking"
    assert HeadingChoice.objects.get().headings == {
        "受理编号": "number", "单位": "agency", "收件日期": "received_on", "经办人": "",
    }  # fmt: skip


WRONG = {"h0": "subject", "h1": "agency", "h2": "received_on", "h3": "number"}
RIGHT = {"h0": "number", "h1": "agency", "h2": "received_on", "h3": ""}


@pytest.mark.parametrize(
    ("day", "state"), [("2018-02-08", "checked"), ("x", "refused")]
)
def test_a_wrong_match_is_mended_and_the_new_one_remembered(clerk, worker, day, state):
    job = uploaded(clerk, own := OWN.replace("2018-02-08", day))
    do(clerk, job, "columns", **WRONG)
    worker()
    job.refresh_from_db()
    assert job.state == state
    assert "重新对应列" in page(clerk, job)
    do(clerk, job, "rematch")
    assert (job.state, job.told, list(jobs.all_faults(job))) == ("matching", {}, [])
    shown = page(clerk, job)
    assert '<option value="subject" selected>' in shown
    assert "重新对应列" not in shown
    do(clerk, job, "columns", **RIGHT)
    later = uploaded(clerk, own.replace("1号", "2号"))
    assert (later.state, later.headings["受理编号"]) == ("checking", "number")


def test_columns_are_not_matched_anew_once_it_is_written(clerk, worker):
    job = uploaded(clerk, OWN)
    do(clerk, job, "columns", **RIGHT)
    worker()
    do(clerk, job, "confirm")
    do(clerk, job, "rematch")
    assert job.state == "writing"


def test_where_every_heading_is_known_there_is_nothing_to_match(clerk, worker):
    job = uploaded(clerk, GOOD)
    worker()
    assert "重新对应列" not in page(clerk, job)
    do(clerk, job, "rematch")
    assert job.state == "checked"


def test_a_column_chosen_twice_or_not_at_all_is_told(clerk, worker):
    job = uploaded(clerk, OWN)
    answer = do(clerk, job, "columns", h0="agency", h1="agency", h2="", h3="")
    told = text(answer)
    assert "“受理机关”选了两次，请只留一列" in told
    assert "没有哪一列是“收到日期”，请选定" in told
    assert job.state == "matching"


def test_every_fault_is_told_and_nothing_written(clerk, worker):
    job = uploaded(clerk, BAD)
    worker()
    shown = page(clerk, job)
    assert "不是日期，应写作 2018-02-08" in shown
    assert "确认导入" not in shown
    url = reverse("admin:requests_app_importjob_faults", args=[job.pk])
    body = b"".join(clerk.get(url).streaming_content).decode("utf-8-sig")
    told = list(csv.reader(io.StringIO(body)))
    assert [row[:3] for row in told] == [
        ["行", "列", "值"],
        ["2", "收到日期", "x"],
        ["3", "受理机关", "530001"],
    ]
    do(clerk, job, "confirm")
    assert (job.state, DisclosureRequest.objects.count()) == ("refused", 0)
    do(clerk, job, "drop")
    assert (job.state, list(jobs.default_storage.listdir("imports")[1])) == (
        "dropped", [],
    )  # fmt: skip


def test_what_changed_before_the_confirmation_is_checked_again(clerk, worker, office):
    job = uploaded(clerk, GOOD)
    worker()
    office.code = "530009"
    office.save()
    do(clerk, job, "confirm")
    worker()
    job.refresh_from_db()
    assert (job.state, job.told["rejected"]) == ("refused", 1)
    assert DisclosureRequest.objects.count() == 0


def test_agencies_out_of_sight_do_not_exist(clerk, worker, elsewhere):
    job = uploaded(clerk, GOOD.replace("530000", "990000"))
    worker()
    assert "没有此机关代码" in page(clerk, job)


def test_what_cannot_be_read_is_told_at_the_upload(clerk):
    file = SimpleUploadedFile("a.csv", b"<html>")
    answer = clerk.post(reverse(UPLOAD), {"kind": "requests", "file": file})
    assert "是网页或 XML 文件" in text(answer)
    assert ImportJob.objects.count() == 0


def test_a_ledger_that_bears_a_mark_of_secrecy_is_not_taken(clerk):
    file = SimpleUploadedFile("2018年台账（机密★10年）.csv", GOOD.encode())
    told = text(clerk.post(reverse(UPLOAD), {"kind": "requests", "file": file}))
    assert "文件标有“机密”，不得上传" in told
    assert ImportJob.objects.count() == 0


def test_a_failure_is_kept_and_tried_again(clerk, worker, deps):
    def broken(path, **how):
        raise RuntimeError("disk")

    job = uploaded(clerk, GOOD)
    jobs.run_waiting({"requests": broken}, deps=deps)
    assert "RuntimeError: disk" in page(clerk, job)
    do(clerk, job, "check")
    worker()
    job.refresh_from_db()
    assert job.state == "checked"


MAY = {
    "intake_clerk": ["requests", "appeals"],
    "office_head": ["requests", "appeals"],
    "statistician": ["figures"],
    "handler": [],
    "auditor": [],
}


@pytest.mark.parametrize("role", MAY)
def test_who_may_import_what(signed_in, role):
    answer = signed_in(role, role).get(reverse(UPLOAD))
    offered = [k for k in jobs.COLUMNS if f'<option value="{k}"' in text(answer)]
    assert (answer.status_code, offered) == (200 if MAY[role] else 403, MAY[role])


def test_another_offices_file_is_not_there(signed_in, elsewhere, clerk):
    job = uploaded(clerk, GOOD)
    stranger = signed_in("s", "intake_clerk", agency=elsewhere)
    name = "admin:requests_app_importjob_"
    urls = [
        reverse(name + "change", args=[job.pk]), reverse(name + "faults", args=[job.pk]),
        reverse(name + "progress", args=[job.pk]),
    ]  # fmt: skip
    assert [stranger.get(url).status_code for url in urls] == [404] * 3
    assert do(stranger, job, "confirm").status_code == 404


@pytest.mark.skipif(bool(settings.REDIS_URL), reason="a broker is there")
def test_without_a_worker_the_asking_process_does_it(
    clerk, django_capture_on_commit_callbacks, deps, at
):
    from requests_app.adapters.bells import CeleryBell

    bell = replace(deps, bell=CeleryBell())
    job = uploaded(clerk, GOOD)
    ImportJob.objects.update(state="failed")
    with django_capture_on_commit_callbacks(execute=True):
        jobs.check(job, bell)
    job.refresh_from_db()
    assert job.state == "checked"
