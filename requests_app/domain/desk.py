"""Whose desk a request lies on (2019 第四十五条 审核、办理): the last assignment, the units that
help (协办), and whether a reviewer has it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.regimes import NotAllowed

ARTICLE = "第四十五条"


@dataclass(frozen=True, kw_only=True)
class CoUnit:
    """协办单位: asked to help by a day of the office's own."""

    unit: int
    due_on: date
    answered_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Desk:
    unit: int | None = None
    handler: int | None = None
    submitted_on: date | None = None  # awaiting review since; None: not with a reviewer
    reviewed: bool = False
    proposed: happened.SubmittedForReview | None = None  # what was submitted last
    beside: tuple[CoUnit, ...] = ()

    @property
    def approved(self) -> happened.SubmittedForReview | None:
        """What the review that stands was of."""
        return self.proposed if self.reviewed else None

    @property
    def awaited(self) -> tuple[CoUnit, ...]:
        """Those that have not answered, in the order of being asked."""
        return tuple(c for c in self.beside if c.answered_on is None)


def desk(log: Iterable[Event]) -> Desk:
    """NotAllowed for sending back what nobody submitted, for submitting twice, and for the
    answer of a unit that nobody asked."""
    now = Desk()
    for event in log:
        now = after(now, event)
    return now


def after(now: Desk, event: Event) -> Desk:
    match event:
        case happened.Assigned():
            return replace(now, unit=event.unit, handler=event.handler)
        case happened.CoAssigned():
            return asked(now, event)
        case happened.CoAnswered():
            return co_answered(now, event)
        case happened.SubmittedForReview():
            if now.submitted_on:
                raise NotAllowed("已送审，尚未审核 (already submitted)", ARTICLE)
            return replace(now, submitted_on=event.on, reviewed=False, proposed=event)
        case happened.SentBack():
            if not (now.submitted_on or now.reviewed):
                raise NotAllowed("尚未送审，无可退回 (nothing submitted)", ARTICLE)
            return replace(now, submitted_on=None, reviewed=False, proposed=None)
        case happened.Reviewed():
            return replace(now, submitted_on=None, reviewed=True)
        case happened.Replied() | happened.DecidedAnew():
            return replace(now, submitted_on=None)
    return now


def asked(now: Desk, event: happened.CoAssigned) -> Desk:
    if event.due_on < event.on:
        raise NotAllowed("协办期限早于分办之日 (due before it was asked)", ARTICLE)
    if event.unit == now.unit:
        raise NotAllowed(
            "承办单位不能同时协办 (it handles the request itself)", ARTICLE
        )
    rest = tuple(c for c in now.beside if c.unit != event.unit or c.answered_on)
    new = CoUnit(unit=event.unit, due_on=event.due_on)
    return replace(now, beside=(*rest, new))


def co_answered(now: Desk, event: happened.CoAnswered) -> Desk:
    if event.unit not in {c.unit for c in now.awaited}:
        raise NotAllowed("该单位没有待答复的协办 (this unit was not asked)", ARTICLE)
    told = tuple(
        replace(c, answered_on=event.on)
        if c.unit == event.unit and c.answered_on is None
        else c
        for c in now.beside
    )
    return replace(now, beside=told)
