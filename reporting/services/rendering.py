"""Drawing reports as files: a row per report and ending, taken one by one by any number
of workers. Bytes, hash and state are one write; a killed worker leaves the row asked."""

import hashlib
import logging
from datetime import datetime, timedelta
from itertools import takewhile

from django.db import connection, transaction
from django.db.models import F, QuerySet

from reporting.dependencies import Dependencies
from reporting.grid import Drawing
from reporting.layout import document
from reporting.models import CountingJob, Rendering, Report
from reporting.renderers.json_ import as_text
from reporting.services.alone import this_process
from reporting.services.pictures import Drawn, pictures
from reporting.services.sources import out_of_date, showing, sources

TASK = "reporting.resume_rendering"
SLICE = 20  # files a task draws before other tasks get their turn
MOST_ATTEMPTS = 5
IDLE = timedelta(minutes=2)
JSON = ".json"
log = logging.getLogger(__name__)


def endings(deps: Dependencies) -> tuple[str, ...]:
    return (*deps.renderers, JSON)


@transaction.atomic
def ask(reports: QuerySet[Report], *, deps: Dependencies, again: bool = False) -> None:
    """Ask for every file of these reports that is missing or older than its numbers; for
    all of them `again`, as after an upgrade that changed the print."""
    now = deps.clock.now()
    Rendering.objects.bulk_create(
        [
            Rendering(report_id=pk, ending=ending, asked_at=now)
            for pk in reports.values_list("pk", flat=True)
            for ending in endings(deps)
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
    files = Rendering.objects.filter(report__in=reports)
    # Asked ones too: a worker that is drawing the old numbers holds the row until then.
    ask_for(files if again else files.filter(pk__in=out_of_date(reports)), now)


def ask_for(files: QuerySet[Rendering], now: datetime) -> None:
    files.update(state=Rendering.State.ASKED, asked_at=now, attempts=0, error="")


def ask_showing(year: int, *, deps: Dependencies) -> None:
    """Ask for the files that show this year's reports beside their own numbers: of the
    agencies above, and of the years after."""
    for reports in showing(year):
        files = Rendering.objects.filter(pk__in=out_of_date(reports))
        ask_for(files, deps.clock.now())


def ask_again(report: Report, *, deps: Dependencies) -> None:
    """Have one report's files drawn anew and wake a worker."""
    ask(Report.objects.filter(pk=report.pk), deps=deps, again=True)
    deps.bell.ring(TASK)


def resume(*, deps: Dependencies) -> int:
    """Draw a slice of what is asked; returns how many files. It rings for the next slice
    before it begins: an idle worker joins, and the chain outlives this process."""
    if Rendering.objects.asked()[SLICE : SLICE + 1].exists():
        deps.bell.ring(TASK)
    drawn = (draw_next(deps=deps) for _ in range(SLICE))
    return sum(takewhile(bool, drawn))


def wake(*, deps: Dependencies) -> bool:
    """Ring for files that wait while nobody draws: the message was lost, or its worker.
    While somebody does, nothing, or the slices would multiply."""
    since = deps.clock.now() - IDLE
    waiting = Rendering.objects.asked().filter(asked_at__lt=since).exists()
    if not waiting or Rendering.objects.filter(rendered_at__gt=since).exists():
        return False
    deps.bell.ring(TASK)
    return True


def draw_next(*, deps: Dependencies, job: CountingJob | None = None) -> bool:
    """Draw one file that nobody else is drawing; False if there is none."""
    taken = take(job)
    if taken is None:
        return False
    with transaction.atomic():
        file = unlocked(Rendering.objects.asked().filter(pk=taken)).first()
        if file is not None:  # else another worker has it, or had it
            draw(file, deps)
    return True


@transaction.atomic
def take(job: CountingJob | None) -> int | None:
    """The next file to try. The try is counted before it begins, so that a file that
    kills its worker comes last and is given up in the end."""
    files = (
        Rendering.objects.asked() if job is None else Rendering.objects.asked().of(job)
    )
    file = unlocked(files).only("attempts").first()
    if file is None:
        return None
    tried = Rendering.objects.filter(pk=file.pk)
    if file.attempts < MOST_ATTEMPTS:
        tried.update(attempts=F("attempts") + 1)
    else:
        told = f"{MOST_ATTEMPTS} 次都没有生成，进程中断 (the process ended each time)"
        tried.update(state=Rendering.State.FAILED, error=told)
    return file.pk


def unlocked(files: QuerySet[Rendering]) -> QuerySet[Rendering]:
    """Locked for the transaction, past those that others hold; SQLite has one writer."""
    if not connection.features.has_select_for_update_skip_locked:
        return files
    return files.select_for_update(skip_locked=True, of=("self",))


def draw(file: Rendering, deps: Dependencies) -> None:
    """One that cannot be drawn says why, and the others go on."""
    report = Report.objects.select_related("agency").get(pk=file.report_id)
    file.worker, file.rendered_at = this_process(), deps.clock.now()
    file.source = sources(Report.objects.filter(pk=report.pk))[report.pk]
    try:
        content = drawn(report, file, deps)
    except Exception as error:
        log.exception("drawing %s failed", file)
        file.state, file.error = (
            Rendering.State.FAILED,
            f"{type(error).__name__}: {error}",
        )
    else:
        file.state, file.error, file.content = Rendering.State.DONE, "", content
        file.size, file.sha256 = len(content), hashlib.sha256(content).hexdigest()
    file.save()


def drawn(report: Report, file: Rendering, deps: Dependencies) -> bytes:
    banner = report.agency.banner
    if file.ending == JSON:
        return f"{as_text(report.content, banner)}\n".encode()
    printed = document(
        deps.form(report.form),
        report.content,
        agency=report.name or report.agency.name,
        banner=banner,
        pictures=lambda: depicted(report, file, deps),
    )
    return deps.renderers[file.ending].render(printed)


#: the pictures drawn last: a report's files come one after another, and share them
last: dict[tuple, tuple[Drawing, ...]] = {}


def depicted(
    report: Report, file: Rendering, deps: Dependencies
) -> tuple[Drawing, ...]:
    """Once for the files of a report that were asked for together and show the same."""
    key = (report.pk, file.source, file.asked_at)
    found = last.get(key)
    if found is None:
        whose = Drawn(report.agency_id, report.year, report.scope)
        found = pictures(whose, deps.form(report.form), report.content, deps)
        last.clear()
        last[key] = found
    return found


def content_type(ending: str, deps: Dependencies) -> str:
    if ending == JSON:
        return "application/json; charset=utf-8"
    return deps.renderers[ending].content_type
