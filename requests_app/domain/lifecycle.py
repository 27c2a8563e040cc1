"""Where a request stands, read from its log: stage, due days, outcome, findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from requests_app.domain import deadlines
from requests_app.domain import events as happened
from requests_app.domain.calendars import Calendar
from requests_app.domain.deadlines import Clock, Finding
from requests_app.domain.events import Event
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome, Timeliness


class Stage(StrEnum):
    """2019 第四十五条 登记、审核、办理、答复、归档. Waiting is no stage: `waiting_for`."""

    RECEIVED = "received"
    IN_HANDLING = "in_handling"
    REVIEWED = "reviewed"
    REPLIED = "replied"
    ARCHIVED = "archived"


STAGES_ZH = {
    Stage.RECEIVED: "接收",
    Stage.IN_HANDLING: "办理",
    Stage.REVIEWED: "审核",
    Stage.REPLIED: "答复",
    Stage.ARCHIVED: "归档",
}
OPEN = frozenset({Stage.IN_HANDLING, Stage.REVIEWED})
#: event → the stages it may happen in, and the stage it leads to (None: the same)
# fmt: off
ROAD: Mapping[type[Event], tuple[frozenset[Stage], Stage | None]] = {
    happened.Registered:         (frozenset({Stage.RECEIVED}), Stage.IN_HANDLING),
    happened.SupplementAsked:    (OPEN, None),
    happened.SupplementReceived: (OPEN, None),
    happened.OpinionSought:      (OPEN, None),
    happened.OpinionDelivered:   (OPEN, None),
    happened.OpinionReceived:    (OPEN, None),
    happened.Extended:           (OPEN, None),
    happened.FeeNoticed:         (OPEN, None),
    happened.FeePaid:            (OPEN, None),
    happened.FeeCharged:         (OPEN | {Stage.REPLIED}, None),
    happened.Reviewed:           (frozenset({Stage.IN_HANDLING}), Stage.REVIEWED),
    happened.Replied:            (OPEN, Stage.REPLIED),
    happened.Archived:           (frozenset({Stage.REPLIED}), Stage.ARCHIVED),
}
# fmt: on


#: findings that, as a new act, are refused; a late reply still has to be given
FORBIDDEN_AS_NEW = frozenset(
    {
        "out_of_order",
        "supplement_late",
        "supplement_repeated",
        "extension_late",
        "extension_repeated",
        "extension_overlong",
        "fee_notice_late",
        "reply_while_consulting",
        "no_supplement_asked",
        "no_fee_notice",
        "outcome_out_of_time",
    }
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the log says; the plain columns of the request are copied from this."""

    received_on: date
    stage: Stage
    number: str
    waiting_for: frozenset[str]
    regime: str
    base_due_on: date | None
    due_on: date | None
    provisional: bool
    replied_on: date | None
    outcome: Outcome | None
    timeliness: Timeliness | None
    fee: Decimal | None
    findings: tuple[Finding, ...]
    clock: Clock


def act(past: Iterable[Event], new: Event, calendar: Calendar) -> Standing:
    """Where the request stands once `new` is done too; NotAllowed where the law forbids it.

    `past` is as recorded: what was irregular then does not forbid anything now.
    """
    past = list(past)
    already = standing(past, calendar).findings if past else ()
    log = sorted([*past, new], key=lambda e: e.on)
    then = standing(log, calendar)
    for finding in then.findings:
        if finding not in already and finding.rule in FORBIDDEN_AS_NEW:
            raise NotAllowed(finding.message, finding.article)
    return then


def standing(events: Iterable[Event], calendar: Calendar) -> Standing:
    """Fold a log already in legal order (`on`, then sequence) and without voided entries.

    What happened though irregular becomes a finding; what cannot have happened raises
    NotAllowed.
    """
    log = list(events)
    if not log or not isinstance(log[0], happened.Received):
        raise NotAllowed("日志须以收到申请开始 (a log begins with the receipt)")
    stage, findings = walk(log)
    before_reply = list(
        takewhile(lambda e: not isinstance(e, happened.Replied), log[1:])
    )
    clock = deadlines.read(log[0].on, before_reply, calendar)
    reply = next((e for e in log if isinstance(e, happened.Replied)), None)
    findings += clock.findings + at_conclusion(clock, reply)
    return Standing(
        received_on=log[0].on,
        stage=stage,
        number=next((e.number for e in log if isinstance(e, happened.Registered)), ""),
        waiting_for=frozenset() if reply else clock.waiting_for,
        regime=clock.regime.key,
        base_due_on=clock.base_due_on,
        due_on=clock.due_on,
        provisional=clock.provisional and reply is None,
        replied_on=reply.on if reply else None,
        outcome=reply.outcome if reply else None,
        timeliness=deadlines.timeliness(clock, reply.on) if reply else None,
        fee=charged(log),
        findings=findings,
        clock=clock,
    )


def charged(log: Iterable[Event]) -> Decimal | None:
    amounts = [e.amount for e in log if isinstance(e, happened.FeeCharged)]
    return sum(amounts, Decimal(0)) if amounts else None


def walk(log: list[Event]) -> tuple[Stage, tuple[Finding, ...]]:
    """The road of stages; what happened off the road is a finding, a second end is not
    possible."""
    stage = Stage.RECEIVED
    findings: tuple[Finding, ...] = ()
    for event in log[1:]:
        if isinstance(event, happened.Received):
            raise NotAllowed("申请只能收到一次 (received twice)", "第三十一条")
        stages, leads_to = ROAD[type(event)]
        if stage not in stages:
            off = off_road(event, stage)
            if isinstance(event, happened.Replied) and stage is not Stage.RECEIVED:
                raise NotAllowed(off.message, off.article)
            findings += (off,)
        stage = leads_to or stage
    return stage, findings


def off_road(event: Event, stage: Stage) -> Finding:
    return Finding(
        rule="out_of_order",
        on=event.on,
        message=f"“{STAGES_ZH[stage]}”阶段不能{event.zh} ({event.kind} while {stage})",
        article="第四十五条",
    )


def at_conclusion(clock: Clock, reply: happened.Replied | None) -> tuple[Finding, ...]:
    """What was irregular in the reply itself."""
    if reply is None:
        return ()
    article = clock.regime.article
    found = []

    def find(rule: str, message: str, where: str) -> None:
        found.append(Finding(rule=rule, on=reply.on, message=message, article=where))

    if deadlines.timeliness(clock, reply.on) is Timeliness.LATE:
        find("reply_late", f"答复期限 {clock.due_on} 届满后答复", article.reply)
    if open_opinions(clock, reply.on):
        find("reply_while_consulting", "征求意见未结束即答复", article.opinion)
    if reply.outcome in AFTER_SUPPLEMENT and not clock.supplements_asked:
        find("no_supplement_asked", "没有告知补正的记录", article.supplement)
    if reply.outcome is Outcome.FEE_LAPSED and not clock.fee_open:
        find("no_fee_notice", "没有收费告知的记录", article.fee)
    if out_of_time(reply):
        find("outcome_out_of_time", "该答复类别当时尚无或已无依据", article.reply)
    return tuple(found)


AFTER_SUPPLEMENT = frozenset({Outcome.STILL_UNCLEAR, Outcome.SUPPLEMENT_LAPSED})
#: outcomes whose article came into force, or ended, on a day (outcomes.csv)
SINCE = {
    Outcome.FEE_LAPSED: date(2021, 1, 1),
    **dict.fromkeys(
        (
            Outcome.OTHER_THIRD_PARTY_RIGHTS,
            Outcome.ENQUIRY_MATTER,
            Outcome.STILL_UNCLEAR,
            Outcome.SUPPLEMENT_LAPSED,
            Outcome.EXCESSIVE,
            Outcome.RECONFIRMATION,
        ),
        date(2019, 5, 15),
    ),
}
UNTIL = {Outcome.TOLD_TO_AMEND: date(2019, 5, 14)}


def out_of_time(reply: happened.Replied) -> bool:
    """The law of a reply is that of its own day (DESIGN §10)."""
    since, until = (
        SINCE.get(reply.outcome, date.min),
        UNTIL.get(reply.outcome, date.max),
    )
    return not since <= reply.on <= until


def open_opinions(clock: Clock, on: date) -> bool:
    """An opinion still awaited on that day, its time for an answer not yet run out."""
    return any(
        c.received_on is None and on <= clock.pause_ends_on(c)
        for c in clock.consultations
    )
