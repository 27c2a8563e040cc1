"""A real worker, started with the command of docker-compose.yml, counts the year in a
process of its own. Needs the services; without them the same job runs at once."""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from celery import current_app
from django.conf import settings
from django.db import connection
from django.utils import timezone

from reporting.models import CountingJob, Report
from requests_app.models import Agency, protection
from requests_app.services.agencies import place

ROOT = Path(__file__).parent.parent.parent
QUEUE = f"test-{os.getpid()}"


@pytest.fixture
def clean(transactional_db):
    """The log refuses the flush after a transactional test: lift the guard around it."""
    yield
    protection.remove(connection)


@pytest.fixture(autouse=True)
def guard_again(request, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        protection.install(connection)


def command_of(service):
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    program, *words = shlex.split(compose["services"][service]["command"])
    return [str(Path(sys.executable).parent / program), *words]


@pytest.fixture
def worker(clean):
    database = connection.settings_dict
    url = "postgres://{USER}@{HOST}:{PORT}/{NAME}".format(**database)
    environment = os.environ | {
        "DATABASE_URL": url,
        "CELERY_QUEUE": QUEUE,
        "DJANGO_SETTINGS_MODULE": "disclosure.settings",
    }
    process = subprocess.Popen(
        [*command_of("worker"), "-Q", QUEUE], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield process
    process.terminate()
    process.wait(30)


def finished(job, seconds=60):
    for _ in range(seconds * 5):
        job.refresh_from_db()
        if job.done_at:
            return job
        time.sleep(0.2)
    raise AssertionError("the worker did not finish the job")


@pytest.mark.services
@pytest.mark.skipif(not settings.REDIS_URL, reason="needs REDIS_URL and DATABASE_URL")
def test_the_year_is_counted_in_another_process(worker):
    place(Agency(code="530000", name="云南省人民政府", kind="government"), on=None)
    job = CountingJob.objects.create(
        year=2018, form="national_2018", asked_at=timezone.now()
    )
    current_app.send_task("reporting.resume_counting", queue=QUEUE)
    done = finished(job)
    assert done.worker not in ("", str(os.getpid()))
    assert Report.objects.count() == 2


@pytest.mark.skipif(bool(settings.REDIS_URL), reason="a broker is there")
def test_without_a_broker_the_job_runs_at_once(db):
    place(Agency(code="530000", name="云南省人民政府", kind="government"), on=None)
    job = CountingJob.objects.create(
        year=2018, form="national_2018", asked_at=timezone.now()
    )
    current_app.loader.import_default_modules()
    current_app.tasks["reporting.resume_counting"].delay()
    job.refresh_from_db()
    assert (job.worker, job.done, job.total) == (str(os.getpid()), 2, 2)
