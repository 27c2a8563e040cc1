"""Counting a year for the whole tree as a job: one row per year and form, any number of
beats and workers; killed half-way it is simply done again."""

import os
from typing import Any

from django.db import transaction

from reporting.dependencies import Dependencies
from reporting.models import CountingJob, Report
from reporting.services.counting import count
from reporting.services.reports import AREA, OWN, report

BATCH = 500  # reports written between two marks of progress


def ask(*, year: int, deps: Dependencies) -> CountingJob:
    """Ask for the year to be counted; asking twice leaves one job."""
    form = deps.form_of(year)
    with transaction.atomic():
        job, _ = CountingJob.objects.get_or_create(
            year=year, form=form.key, defaults={"asked_at": deps.clock.now()}
        )
        deps.bell.ring("reporting.resume_counting")
    return job


def resume(*, deps: Dependencies) -> int:
    """Do every job that is not done; returns how many were."""
    jobs = list(CountingJob.objects.filter(done_at=None).order_by("pk"))
    for job in jobs:
        run(job, deps=deps)
    return len(jobs)


def run(job: CountingJob, *, deps: Dependencies) -> None:
    """Count in one pass, then write every agency's reports; repeated, the same rows."""
    tally = count(deps.form(job.form), job.year)
    wanted = [(a, scope) for a in sorted(tally.tree.nodes) for scope in (AREA, OWN)]
    now = deps.clock.now()
    mark(job, started_at=now, done=0, total=len(wanted), worker=str(os.getpid()))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        Report.objects.bulk_create(
            [
                Report(
                    agency_id=agency_id,
                    year=job.year,
                    form=job.form,
                    scope=scope,
                    content=report(tally, agency_id, scope),
                    counted_at=now,
                )
                for agency_id, scope in batch
            ],
            update_conflicts=True,
            unique_fields=["agency", "year", "form", "scope"],
            update_fields=["content", "counted_at"],
        )
        mark(job, done=start + len(batch))
    mark(job, done_at=deps.clock.now())


def mark(job: CountingJob, **progress: Any) -> None:
    CountingJob.objects.filter(pk=job.pk).update(**progress)
