"""The tasks by name, and what happens when nobody runs a worker."""

from dataclasses import replace

import pytest
from django.conf import settings

from disclosure.celery import app
from reporting.models import Rendering
from reporting.services import jobs
from reporting.services.alone import this_process
from requests_app.adapters.bells import CeleryBell


def test_every_task_of_the_schedule_is_one():
    app.loader.import_default_modules()
    wanted = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert wanted <= set(app.tasks)
    assert {name for name in app.tasks if name.startswith("reporting.")} == {
        "reporting.count_last_year",
        "reporting.resume_counting",
        "reporting.resume_rendering",
        "reporting.run_imports",
        "reporting.wake_rendering",
    }


def test_a_message_outlives_a_worker_that_dies_of_it():
    told = app.conf
    assert (told.task_acks_late, told.task_reject_on_worker_lost) == (True, True)
    longest = told.broker_transport_options["visibility_timeout"]
    assert told.task_time_limit < longest


@pytest.mark.django_db
@pytest.mark.skipif(bool(settings.REDIS_URL), reason="a broker is there")
def test_without_a_broker_the_asking_process_counts_and_draws(
    county, counting, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.ask(year=2018, deps=replace(counting, bell=CeleryBell()))
    job.refresh_from_db()
    assert (job.worker, job.done, job.total) == (this_process(), 4, 4)
    assert Rendering.objects.of(job).by_state() == {
        "asked": 0,
        "done": 12,
        "failed": 0,
    }
