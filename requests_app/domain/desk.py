"""Whose desk a request lies on (2019 第四十五条 审核、办理): the last assignment, and whether a
reviewer has it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.regimes import NotAllowed

ARTICLE = "第四十五条"


@dataclass(frozen=True, kw_only=True)
class Desk:
    unit: int | None = None
    handler: int | None = None
    submitted_on: date | None = None  # awaiting review since; None: not with a reviewer
    reviewed: bool = False


def desk(log: Iterable[Event]) -> Desk:
    """NotAllowed for sending back what nobody submitted, and for submitting twice."""
    now = Desk()
    for event in log:
        now = after(now, event)
    return now


def after(now: Desk, event: Event) -> Desk:
    match event:
        case happened.Assigned():
            return replace(now, unit=event.unit, handler=event.handler)
        case happened.SubmittedForReview():
            if now.submitted_on:
                raise NotAllowed("已送审，尚未审核 (already submitted)", ARTICLE)
            return replace(now, submitted_on=event.on)
        case happened.SentBack():
            if not (now.submitted_on or now.reviewed):
                raise NotAllowed("尚未送审，无可退回 (nothing submitted)", ARTICLE)
            return replace(now, submitted_on=None, reviewed=False)
        case happened.Reviewed():
            return replace(now, submitted_on=None, reviewed=True)
        case happened.Replied():
            return replace(now, submitted_on=None)
    return now
