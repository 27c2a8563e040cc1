"""An import by the browser, step by step; the rows are read by the same code as a
command's. What waits for a worker is a row, done again whole when one dies."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from requests_app.dependencies import Dependencies
from requests_app.imports import columns, proposals
from requests_app.imports.attempts import attempt
from requests_app.imports.columns import Column, Headings
from requests_app.imports.faults import Unreadable
from requests_app.imports.outcome import Outcome
from requests_app.imports.proposals import Heading
from requests_app.imports.sheets import MAX_BYTES, about
from requests_app.models.imports import HeadingChoice, ImportJob, ImportProgress
from requests_app.services import secrecy
from requests_app.services.attachments import digest

COLUMNS: Mapping[str, Sequence[Column]] = {
    "requests": columns.REQUESTS,
    "appeals": columns.APPEALS,
    "figures": columns.FIGURES,
    "agencies": columns.AGENCIES,
}
#: who reads a kind in; the statistics read their own
TASKS = {"figures": "reporting.run_imports"}
TASK = "requests_app.run_imports"
SHOWN = 50  # faults and findings on the page; the file has all
EVERY = 500  # rows between two marks of progress
State = ImportJob.State
REMATCHED = (State.CHECKED, State.REFUSED, State.FAILED)
Read = Callable[..., Outcome]  # (path, by=, tick=, headings=)
log = logging.getLogger(__name__)


def hand_in(
    file: IO[bytes], *, name: str, size: int, kind: str, by, deps: Dependencies
) -> ImportJob:
    """Keep the file and have it checked, or asked about where a heading is not known.
    Handed in twice, it is one job. Unreadable where it cannot be read at all."""
    if size > MAX_BYTES:
        raise Unreadable(
            f"文件有 {size >> 20} MB，最多 {MAX_BYTES >> 20} MB，请分成几个文件 "
            f"({size >> 20} MB is too large: split it)"
        )
    forbid_marked(name)
    sha256 = digest(file)
    same = ImportJob.objects.filter(
        kind=kind, sha256=sha256, asked_by=by, state__in=ImportJob.UNFINISHED
    ).first()
    if same is not None:
        return same
    stored = keep(file, f"imports/{sha256}")
    path = Path(default_storage.path(stored))
    try:
        found = proposals.headings_of(path, COLUMNS[kind])
    except Unreadable:
        forget(stored)
        raise
    job = ImportJob(
        agency=by.agency, kind=kind, name=name[:200], stored=stored, sha256=sha256,
        size=size, state=State.MATCHING, asked_by=by, asked_at=deps.clock.now(),
    )  # fmt: skip
    job.headings = remembered(job, found)
    with transaction.atomic():
        job.save()
        ImportProgress.objects.create(job=job, total=about(path))
        if not to_be_asked(found, job.headings):
            check(job, deps)
    return job


def forbid_marked(name: str) -> None:
    """A ledger that bears a mark of secrecy is not taken; its cells are data, not looked at."""
    level = secrecy.marked(name, "")
    if level:
        raise Unreadable(
            f"文件标有“{level}”，不得上传 (marked as classified: not to be uploaded)"
        )


def keep(file: IO[bytes], path: str) -> str:
    file.seek(0)
    return default_storage.save(path, File(file))


def forget(*stored: str) -> None:
    for path in filter(None, stored):
        default_storage.delete(path)


def remembered(job: ImportJob, found: Sequence[Heading]) -> dict[str, str]:
    choice = HeadingChoice.objects.filter(
        agency=job.agency, kind=job.kind, of=proposals.set_of(found)
    ).first()
    return choice.headings if choice else {}


def to_be_asked(found: Sequence[Heading], chosen: Headings) -> bool:
    return any(not h.known and h.text not in chosen for h in found)


def headings(job: ImportJob) -> list[Heading]:
    return proposals.headings_of(path_of(job), COLUMNS[job.kind])


def path_of(job: ImportJob) -> Path:
    return Path(default_storage.path(job.stored))


def choose(job: ImportJob, chosen: dict[str, str], *, deps: Dependencies) -> None:
    """The columns as a person matched them, kept for the next file with these headings."""
    with transaction.atomic():
        HeadingChoice.objects.update_or_create(
            agency=job.agency,
            kind=job.kind,
            of=proposals.set_of(headings(job)),
            defaults={"headings": chosen},
        )
        job.headings = chosen
        job.save(update_fields=["headings"])
        check(job, deps)


def rematch(job: ImportJob) -> bool:
    """Back to the columns, with what was chosen: a wrong match is mended, and what is then
    chosen replaces what was remembered. False where it is no longer open to that."""
    if not job.headings:
        return False
    matched = ImportJob.objects.filter(pk=job.pk, state__in=REMATCHED)
    if not matched.update(state=State.MATCHING, told={}, faults="", error=""):
        return False
    forget(job.faults)
    return True


def check(job: ImportJob, deps: Dependencies) -> None:
    move(job, (State.MATCHING, State.REFUSED, State.FAILED), State.CHECKING, deps)


def confirm(job: ImportJob, *, deps: Dependencies) -> bool:
    """False where somebody, or the first of two clicks, already did."""
    with transaction.atomic():
        return move(job, (State.CHECKED,), State.WRITING, deps)


def drop(job: ImportJob) -> bool:
    """The file is deleted; that it was handed in stays known."""
    droppable = (State.MATCHING, State.CHECKED, State.REFUSED, State.FAILED)
    changed = ImportJob.objects.filter(pk=job.pk, state__in=droppable)
    if not changed.update(state=State.DROPPED):
        return False
    forget(job.stored, job.faults)
    return True


def move(
    job: ImportJob, before: tuple[State, ...], after: State, deps: Dependencies
) -> bool:
    moved = ImportJob.objects.filter(pk=job.pk, state__in=before).update(
        state=after, error=""
    )
    if moved:
        ImportProgress.objects.filter(job=job.pk).update(done=0)
        deps.bell.ring(TASKS.get(job.kind, TASK))
    return bool(moved)


def run_waiting(readers: Mapping[str, Read], *, deps: Dependencies) -> int:
    """Every job of these kinds that waits; returns how many were done. One that fails
    keeps its error and stands in no other's way."""
    waiting = ImportJob.objects.waiting().filter(kind__in=readers).order_by("pk")
    done = 0
    for pk, kind in list(waiting.values_list("pk", "kind")):
        try:
            done += work(pk, readers[kind], deps)
        except Exception as error:
            log.exception("import %s failed", pk)
            ImportJob.objects.filter(pk=pk).update(
                state=State.FAILED, error=f"{type(error).__name__}: {error}"
            )
    return done


def work(pk: int, read: Read, deps: Dependencies) -> bool:
    """Holding the job's row, so that two workers never read one file in."""
    with transaction.atomic():
        waiting = ImportJob.objects.waiting().select_for_update(
            skip_locked=True, of=("self",)
        )
        job = waiting.select_related("asked_by").filter(pk=pk).first()
        if job is None:
            return False
        path, writing = path_of(job), job.state == State.WRITING
        with ticking(job) as tick:
            told = attempt(
                lambda: read(path, by=job.asked_by, tick=tick, headings=job.headings),
                keep=writing,
            )
        settle(job, told, path, deps)
    if job.state == State.DONE:
        forget(job.stored, job.faults)
    return True


def settle(job: ImportJob, told: Outcome, path: Path, deps: Dependencies) -> None:
    answer = told.as_json()
    faults = answer.pop("rejected")
    findings = answer.pop("findings")
    forget(job.faults)
    job.faults = keep_faults(job, faults) if faults else ""
    job.told = answer | {
        "rejected": len(faults),
        "faults": faults[:SHOWN],
        "doubtful": len(findings),
        "findings": findings[:SHOWN],
    }
    if faults:
        job.state = State.REFUSED
    elif job.state == State.WRITING:
        job.state, job.done_at = State.DONE, deps.clock.now()
    else:
        job.state = State.CHECKED
        first = proposals.first_rows(path, COLUMNS[job.kind], job.headings)
        job.told["rows"] = first
    job.save()


def keep_faults(job: ImportJob, faults: Sequence[dict]) -> str:
    lines = "\n".join(json.dumps(fault, ensure_ascii=False) for fault in faults)
    return default_storage.save(f"imports/faults-{job.pk}", ContentFile(lines.encode()))


def all_faults(job: ImportJob) -> Iterator[dict]:
    if not job.faults:
        return
    with default_storage.open(job.faults) as file:
        for line in file:
            yield json.loads(line)


@contextmanager
def ticking(job: ImportJob) -> Iterator[Callable[[], None]]:
    """Marks progress over a connection of its own: what the import's transaction writes,
    nobody sees before its end. SQLite has one writer, and the asker waits for it."""
    if connection.vendor != "postgresql":
        yield lambda: None
        return
    other, done = connection.copy(), 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % EVERY == 0:
            with other.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {ImportProgress._meta.db_table} SET done = %s "
                    "WHERE job_id = %s",
                    [done, job.pk],
                )

    try:
        yield tick
    finally:
        other.close()
