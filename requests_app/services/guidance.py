"""办理指引 as the log keeps it: the last answer to each step, and the evidence beside it."""

from collections.abc import Mapping, Sequence

from requests_app.domain import guide
from requests_app.domain.events import StepDecided
from requests_app.domain.guide import Course
from requests_app.models import LogEntry
from requests_app.models.log import voided_in


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
    return guide.read_back(guide.BY_KEY[step], entry.text) if entry else {}
