"""Where a request stands, read from its log: stage, due days, outcome, findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from requests_app.domain import deadlines
from requests_app.domain import events as happened
from requests_app.domain.calendars import Calendar
from requests_app.domain.clock import Clock, Finding
from requests_app.domain.conclusion import at_conclusion
from requests_app.domain.desk import Desk, desk
from requests_app.domain.events import Event
from requests_app.domain.letter_service import as_counted, services
from requests_app.domain.regimes import NotAllowed, regime_on
from requests_app.domain.service import SERVING, Service, delivered, of_the_reply
from requests_app.domain.vocabulary import Outcome, Timeliness
from requests_app.domain.wording import joined


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
ENDED = frozenset({Stage.REPLIED, Stage.ARCHIVED})
#: by which rules a reply is judged; the closing entry names them
RULES = 1
#: event → the stages it may happen in, and the stage it leads to (None: the same)
# fmt: off
ROAD: Mapping[type[Event], tuple[frozenset[Stage], Stage | None]] = {
    happened.ReceiptConfirmed:   (OPEN | {Stage.RECEIVED}, None),
    happened.Registered:         (frozenset({Stage.RECEIVED}), Stage.IN_HANDLING),
    happened.ApplicantCompleted: (OPEN | ENDED, None),
    happened.ParticipantRemoved: (OPEN | ENDED, None),
    happened.Corrected:          (OPEN, None),
    happened.SupplementAsked:    (OPEN, None),
    happened.SupplementReceived: (OPEN, None),
    happened.OpinionSought:      (OPEN, None),
    happened.OpinionDelivered:   (OPEN, None),
    happened.OpinionReceived:    (OPEN, None),
    happened.Extended:           (OPEN, None),
    happened.DelayAgreed:        (OPEN, None),
    happened.FeeNoticed:         (OPEN, None),
    happened.FeePaid:            (OPEN, None),
    happened.FeeCharged:         (OPEN | {Stage.REPLIED}, None),
    happened.Assigned:           (OPEN, None),
    happened.CoAssigned:         (OPEN, None),
    happened.CoAnswered:         (OPEN, None),
    happened.SecretPaperNoted:   (OPEN | ENDED, None),
    happened.PaperWithdrawn:     (OPEN | ENDED | {Stage.RECEIVED}, None),
    happened.Searched:           (OPEN, None),
    happened.StepDecided:        (OPEN, None),
    # after a reply: of a second decision, and what has ended stays so
    happened.SubmittedForReview: (OPEN | ENDED, Stage.IN_HANDLING),
    happened.ConfidentialityReviewed: (OPEN | ENDED, None),
    happened.SentBack:           (OPEN | ENDED, Stage.IN_HANDLING),
    happened.Reviewed:           (ENDED | {Stage.IN_HANDLING}, Stage.REVIEWED),
    happened.Replied:            (OPEN, Stage.REPLIED),
    happened.LetterSent:         (OPEN | ENDED, None),
    happened.LetterSentAgain:    (OPEN | ENDED, None),
    happened.LetterReturned:     (OPEN | ENDED, None),
    happened.LetterRefused:      (OPEN | ENDED, None),
    happened.LetterAnnounced:    (OPEN | ENDED, None),
    happened.LetterDelivered:    (OPEN | ENDED, None),
    happened.ReplyPosted:        (ENDED, None),
    happened.ReplyReturned:      (ENDED, None),
    happened.ReplyRefused:       (ENDED, None),
    happened.ReplyAnnounced:     (ENDED, None),
    happened.ReplyDelivered:     (ENDED, None),
    happened.DecidedAnew:        (ENDED, None),
    happened.Archived:           (frozenset({Stage.REPLIED}), Stage.ARCHIVED),
    happened.Recalculated:       (OPEN | {Stage.RECEIVED}, None),
}
# fmt: on


#: findings that, as a new act, are refused, and what the law leaves instead; a late
#: reply still has to be given
FORBIDDEN_AS_NEW: Mapping[str, str] = {
    "out_of_order": "请先完成前一环节 (do the step before first)",
    "supplement_late": "请就现有内容办理并在期限内答复 (handle it as it stands and reply in time)",
    "supplement_repeated": "请就现有内容办理并在期限内答复 (handle it as it stands and reply in time)",
    "opinion_late": "请即答复；可不再等待意见，由本机关决定 (reply now; the agency may decide without the opinion)",
    "extension_late": "期限已过，请即答复 (the due day is past: reply now)",
    "extension_repeated": "请在已延长的期限内答复 (reply within the extended period)",
    "extension_overlong": "请按最多日数告知 (tell the most days there are)",
    "delay_unknown": "请按第二十四条延长期限 (extend under Art. 24)",
    "delay_late": "期限已过，请即答复 (the due day is past: reply now)",
    "delay_shortens": "请另定晚于期限的日期，或在期限内答复 (fix a day after the due day, or reply in time)",
    "fee_notice_late": "请即答复，本次不收费 (reply now, without a fee)",
    "reply_while_consulting": "请等待意见或期满；不再等待的，由机构负责人说明理由 (await the opinion or its time; otherwise the office head gives a reason)",
    "no_supplement_asked": "请先告知补正 (ask for the supplement first)",
    "no_fee_notice": "请先告知收费 (notice the fee first)",
    "already_served": "记录有误的，请先作废送达记录 (void the entry of its service first if it is wrong)",
    "outcome_out_of_time": "请选用答复当日有依据的类别 (choose an outcome that has a ground on that day)",
}
#: what a head may permit with a reason: the agency decides by itself (第三十二条)
WITH_A_REASON = frozenset({"reply_while_consulting"})


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
    delivered_on: date | None  # remedies run from it
    returned_on: date | None  # since when a letter waits to be served again
    letters: Mapping[int, Service]  # by id, but the reply's
    outcome: Outcome | None
    timeliness: Timeliness | None
    fee: Decimal | None
    desk: Desk
    corrected: happened.Corrected | None  # what is counted otherwise than registered
    findings: tuple[Finding, ...]
    clock: Clock


def act(
    past: Iterable[Event],
    new: Event,
    calendar: Calendar,
    permitted: frozenset[str] = frozenset(),
) -> Standing:
    """Where the request stands once `new` is done too; NotAllowed where the law forbids it.

    `past` is as recorded: what was irregular then does not forbid anything now.
    `permitted` are findings that a head allows with a reason.
    """
    past = list(past)
    already = standing(past, calendar).findings if past else ()
    then = standing(sorted([*past, new], key=lambda e: e.on), calendar)
    for finding in then.findings:
        instead = FORBIDDEN_AS_NEW.get(finding.rule)
        if instead and finding not in already and finding.rule not in permitted:
            raise NotAllowed(joined(finding.message, instead), finding.article)
    return then


def stamped(event: Event, calendar: Calendar) -> Event:
    """A closing event names the calendar and the rules by which it is judged."""
    if isinstance(event, happened.Replied) and not event.calendar:
        return replace(event, calendar=calendar.version, rules=RULES)
    return event


def standing(events: Iterable[Event], calendar: Calendar) -> Standing:
    """Fold a log already in legal order (`on`, then sequence) and without voided entries.

    A concluded request is read by the calendar that its closing entry names. What happened
    though irregular becomes a finding; what cannot have happened raises NotAllowed.
    """
    log = list(events)
    if not log or not isinstance(log[0], happened.Received):
        raise NotAllowed("日志须以收到申请开始 (a log begins with the receipt)")
    stage, findings = walk(log)
    reply = next((e for e in log if isinstance(e, happened.Replied)), None)
    if reply and reply.calendar:
        calendar = calendar.at(reply.calendar)
    received_on, unconfirmed, at_receipt = receipt(log)
    before_reply = list(
        takewhile(lambda e: not isinstance(e, happened.Replied), log[1:])
    )
    clock = deadlines.read(received_on, as_counted(before_reply), calendar)
    serving = [e for e in log if isinstance(e, SERVING)]
    letters = services(serving)
    reply_service, after_service = of_the_reply(serving)
    return Standing(
        received_on=received_on,
        stage=stage,
        number=next((e.number for e in log if isinstance(e, happened.Registered)), ""),
        waiting_for=frozenset() if reply else clock.waiting_for,
        regime=clock.regime.key,
        base_due_on=clock.base_due_on,
        due_on=clock.due_on,
        provisional=reply is None
        and clock.due_on is not None
        and (clock.provisional or unconfirmed),
        replied_on=reply.on if reply else None,
        delivered_on=delivered(serving),
        returned_on=back_since(reply_service, *letters.values()),
        letters=letters,
        outcome=reply.outcome if reply else None,
        timeliness=deadlines.timeliness(clock, reply.on) if reply else None,
        fee=charged(log),
        desk=desk(log),
        corrected=next(
            (e for e in reversed(log) if isinstance(e, happened.Corrected)), None
        ),
        findings=(
            *findings,
            *at_receipt,
            *clock.findings,
            *at_conclusion(clock, reply),
            *after_service,
        ),
        clock=clock,
    )


def receipt(log: list[Event]) -> tuple[date, bool, tuple[Finding, ...]]:
    """(day of receipt, not confirmed yet, findings): 第三十一条, the day of confirmation
    where the arrival was counted cautiously until then."""
    first = log[0]
    assert isinstance(first, happened.Received)
    handled = takewhile(lambda e: not isinstance(e, happened.Replied), log)
    confirmed = next(
        (e for e in handled if isinstance(e, happened.ReceiptConfirmed)), None
    )
    if confirmed and not first.cautious:
        raise NotAllowed("已有收到之日，无须确认 (already received)", RECEIPT)
    if first.cautious and not confirmed:
        return first.on, True, (found_at(UNCONFIRMED, first.on),)
    arrived = first.on if confirmed else first.arrived_on
    on = confirmed.on if confirmed else first.on
    late = arrived is not None and on > arrived
    return on, False, (found_at(CONFIRMED_LATE, on),) if late else ()


RECEIPT, RECEIPT_BEFORE = "第三十一条", "国办公开办函〔2015〕207号"
UNCONFIRMED = (
    "unconfirmed",
    "尚未确认或签收，自到达之日谨慎计算 (not confirmed: counted from arrival)",
)
CONFIRMED_LATE = (
    "confirmed_late",
    "确认晚于到达之日，应于到达当日确认 (confirmed after the day of arrival)",
)


def found_at(what: tuple[str, str], on: date) -> Finding:
    article = RECEIPT_BEFORE if regime_on(on).key == "2008" else RECEIPT
    return Finding(rule=what[0], on=on, message=what[1], article=article)


def back_since(*letters: Service) -> date | None:
    return min((one.back_on for one in letters if one.back_on), default=None)


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
        if leads_to and not (stage in ENDED and leads_to in OPEN):
            stage = leads_to
    return stage, findings


def off_road(event: Event, stage: Stage) -> Finding:
    return Finding(
        rule="out_of_order",
        on=event.on,
        message=f"“{STAGES_ZH[stage]}”阶段不能{event.zh} ({event.en} while {stage.value.replace('_', ' ')})",
        article="第四十五条",
    )
