"""Counting a year for the whole tree as a job: one row per year and form, any number of
beats and workers; killed half-way it is simply done again."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from reporting.dependencies import Dependencies
from reporting.models import CountingJob, Report
from reporting.services import rendering
from reporting.services.alone import alone, this_process
from reporting.services.collection import collected
from reporting.services.counting import Tally
from reporting.services.last_year import at_hand
from reporting.services.reports import AREA, OWN, report
from reporting.services.texts import texts_of
from requests_app.models.agencies import DEMONSTRATION, Agency

BATCH = 500  # reports written between two marks of progress
Told = Callable[[int, int], object]  # hears how many of how many are done
log = logging.getLogger(__name__)


def may_ask(user) -> bool:
    """统计人员: to have a year counted, or a report's files drawn."""
    return user.is_superuser or user.has_role("statistician")


def ask(
    *,
    year: int,
    deps: Dependencies,
    form_key: str | None = None,
    since: datetime | None = None,
) -> CountingJob:
    """Ask for the year to be counted and drawn, and wake a worker."""
    with transaction.atomic():
        job = want(year=year, form_key=form_key, since=since, render=True, deps=deps)
        deps.bell.ring("reporting.resume_counting")
    return job


def ask_last_year(*, deps: Dependencies) -> CountingJob:
    """年末统计: what was counted before the year had ended is counted once more."""
    midnight = deps.clock.now().replace(
        month=1, day=1, hour=0, minute=0, second=0, microsecond=0
    )
    return ask(year=midnight.year - 1, since=midnight, deps=deps)


@transaction.atomic
def want(
    *,
    year: int,
    form_key: str | None,
    since: datetime | None,
    render: bool,
    deps: Dependencies,
) -> CountingJob:
    """The job's row, to be done anew if it was last asked for before `since`; asked for
    while it runs, it runs once more. Two who want it at once leave one job."""
    form = deps.form(form_key) if form_key else deps.form_of(year)
    now = deps.clock.now()
    job, _ = CountingJob.objects.get_or_create(
        year=year, form=form.key, defaults={"asked_at": now, "render": render}
    )
    if since is not None:
        CountingJob.objects.filter(pk=job.pk, asked_at__lt=since).update(
            asked_at=now, render=render, started_at=None, done_at=None, done=0
        )
        job.refresh_from_db()
    return job


def resume(*, deps: Dependencies) -> int:
    """Do every job that is not done; returns how many were. One that fails keeps its
    error, is tried at the next call, and stands in no other's way."""
    counted = 0
    for job in list(CountingJob.objects.unfinished()):
        try:
            counted += run(job, deps=deps)
        except Exception:
            log.exception("counting %s failed", job)
    return counted


def run(job: CountingJob, *, deps: Dependencies, told: Told | None = None) -> bool:
    """Count until nobody asks any more. False where there was nothing to do, or another
    process is at it."""
    counted = False
    with alone(f"counting {job.pk}") as mine:
        while mine and not is_done(job):
            try:
                count_once(job, deps=deps, told=told)
            except Exception as error:
                mark(job, error=f"{type(error).__name__}: {error}")
                raise
            counted = True
    return counted


def is_done(job: CountingJob) -> bool:
    job.refresh_from_db()
    return job.done_at is not None


def count_once(job: CountingJob, *, deps: Dependencies, told: Told | None) -> None:
    """One pass over the year, then every agency's reports; repeated, the same rows."""
    now = deps.clock.now()
    started = {"started_at": now, "worker": this_process(), "error": ""}
    mark(job, **started, attempts=F("attempts") + 1)
    tally = collected(deps.form(job.form), job.year)
    wanted = [(a, scope) for a in sorted(tally.tree.nodes) for scope in (AREA, OWN)]
    mark(job, done=0, total=len(wanted))
    for start in range(0, len(wanted), BATCH):
        rows = list(drafts(tally, wanted[start : start + BATCH], now))
        with transaction.atomic():
            write(rows)
            if job.render:
                area = [row.pk for row in rows if row.scope == AREA]
                rendering.ask(Report.objects.filter(pk__in=area), deps=deps)
            mark(job, done=start + len(rows))
        if told:
            told(start + len(rows), len(wanted))
    if job.render:
        rendering.ask_showing(job.year, deps=deps)
    asked_no_more = CountingJob.objects.filter(pk=job.pk, asked_at=job.asked_at)
    asked_no_more.update(done_at=deps.clock.now())
    if job.render:
        deps.bell.ring(rendering.TASK)


def drafts(
    tally: Tally, wanted: list[tuple[int, str]], now: datetime
) -> Iterator[Report]:
    agencies = {agency_id for agency_id, _ in wanted}
    ours = Agency.objects.filter(pk__in=agencies)
    kept = at_hand(tally.form, tally.year, agencies)
    texts = texts_of(tally.form, tally.year, agencies)
    examples = set(ours.filter(demonstration=True).values_list("pk", flat=True))
    for agency_id, scope in wanted:
        content, name = (
            report(tally, agency_id, scope, kept, texts),
            tally.tree.nodes[agency_id].name,
        )
        banner = DEMONSTRATION if agency_id in examples else ""
        yield Report(
            agency_id=agency_id,
            year=tally.year,
            form=tally.form.key,
            scope=scope,
            content=content,
            name=name,
            digest=digest(content, name, banner),
            counted_at=now,
        )


def digest(content: dict[str, Any], name: str, banner: str) -> str:
    """Of what the report itself says; its files may show others beside (`sources`)."""
    told = json.dumps([content, name, banner], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def write(rows: list[Report]) -> None:
    Report.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["agency", "year", "form", "scope"],
        update_fields=["content", "name", "digest", "counted_at"],
    )


def mark(job: CountingJob, **progress: Any) -> None:
    CountingJob.objects.filter(pk=job.pk).update(**progress)
