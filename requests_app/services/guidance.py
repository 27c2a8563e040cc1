"""办理指引 in the log: an answer recorded, the last to each step, and the evidence beside it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain import guide
from requests_app.domain.events import StepDecided
from requests_app.domain.guide import Course
from requests_app.domain.guide_evidence import read_back
from requests_app.models import DisclosureRequest, LogEntry
from requests_app.models.log import voided_in
from requests_app.services import recording


@transaction.atomic
def answer(
    found: DisclosureRequest,
    event: StepDecided,
    *,
    evidence: str,
    by,
    deps: Dependencies,
    seen: int | None = None,
) -> DisclosureRequest:
    """The answer, and right behind it what its step records besides (检索记录), with the
    same evidence: both or neither."""
    found = recording.record(found, event, by=by, deps=deps, remark=evidence, seen=seen)
    besides = guide.BY_KEY[event.step].records
    if besides is None:
        return found
    return recording.record(
        found, besides(on=event.on), by=by, deps=deps, remark=evidence
    )


def counterpart(entries: Sequence[LogEntry], sequence: int) -> LogEntry | None:
    """The standing entry that came of the same answer as that one: an answer for what it
    recorded besides, and the other way round."""
    voided = voided_in(entries)
    by_sequence = {e.sequence: e for e in entries}
    one = by_sequence[sequence]
    for answered_, besides in (
        (one, by_sequence.get(sequence + 1)),
        (by_sequence.get(sequence - 1), one),
    ):
        if answered_ and besides and are_one_answer(answered_, besides):
            other = besides if answered_ is one else answered_
            return None if other.sequence in voided else other
    return None


def are_one_answer(answered_: LogEntry, besides: LogEntry) -> bool:
    if answered_.kind != StepDecided.kind:
        return False
    records = guide.BY_KEY[answered_.details["step"]].records
    same = answered_.recorded_by_id == besides.recorded_by_id
    return (
        records is not None
        and besides.kind == records.kind
        and same
        and answered_.text == besides.text
    )


def answered(entries: Sequence[LogEntry]) -> dict[str, LogEntry]:
    """step → the entry of its last answer that stands."""
    voided = voided_in(entries)
    return {
        e.details["step"]: e
        for e in entries
        if e.kind == StepDecided.kind and e.sequence not in voided
    }


def course_of(answers: Mapping[str, LogEntry]) -> Course:
    return guide.course({k: e.details["choice"] for k, e in answers.items()})


def evidence(entries: Sequence[LogEntry], step: str) -> dict[str, str]:
    """What was kept beside the last answer to a step: field → text."""
    entry = answered(entries).get(step)
    return read_back(guide.BY_KEY[step], entry.text) if entry else {}
