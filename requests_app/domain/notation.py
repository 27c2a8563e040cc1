"""How a day, an instant and a deadline event are written on a command line or in JSON."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from requests_app.domain import deadlines, lifecycle
from requests_app.domain.calendars import Calendar
from requests_app.domain.clock import Clock, Finding
from requests_app.domain.events import (
    DEADLINE_KINDS,
    DelayAgreed,
    Event,
    Extended,
    OpinionEvent,
)
from requests_app.domain.intake import Arrival, Receipt, legal_day, receipt
from requests_app.domain.regimes import FIRST_DAY, NotAllowed
from requests_app.domain.vocabulary import Channel, ChannelDetail, term

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: the calendar's days alone: ISO 8601 has weeks and days of the year too
ISO_MOMENT = re.compile(
    ISO_DAY.pattern
    + r"[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
DEADLINE_EVENTS: Mapping[str, type[Event]] = {
    kind.kind: kind for kind in DEADLINE_KINDS
}


def day(text: str) -> date:
    """An ISO day from 2008-05-01 on; NotAllowed for what is no day or too early."""
    try:
        on = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        on = None
    if on is None:
        raise NotAllowed(f"“{text}”不是日期，应写作 2018-02-08 (not a day)")
    if on < FIRST_DAY:
        raise NotAllowed(
            f"{on} 早于 {FIRST_DAY} (before the Regulations)", "第三十八条"
        )
    return on


def moment(text: str) -> date:
    """The legal day of an instant with offset, or a plain day."""
    if ISO_DAY.fullmatch(text):
        return day(text)
    try:
        if not ISO_MOMENT.fullmatch(text):
            raise ValueError("not an instant")
        on = legal_day(datetime.fromisoformat(text.upper()))
    except (ValueError, OverflowError) as error:
        raise NotAllowed(
            f"“{text}”不是带时区的时间，应写作 2024-03-01T09:00:00+08:00 ({error})"
        ) from error
    return day(on.isoformat())


def deadline_event(text: str) -> Event:
    """KIND:DAY[:EXTRA]; EXTRA is the working days of an extension, the day to which a reply
    is delayed, or names a consultation."""
    kind, _, rest = text.partition(":")
    on, _, extra = rest.partition(":")
    if kind not in DEADLINE_EVENTS:
        known = "、".join(DEADLINE_EVENTS)
        raise NotAllowed(f"没有事项 {kind}，可用：{known} (no such event)")
    made = DEADLINE_EVENTS[kind]
    if made is Extended:
        if not (extra.isascii() and extra.isdigit()):
            raise NotAllowed(f"{text} 缺少延长的工作日数 (extended:DAY:WORKING_DAYS)")
        return Extended(on=day(on), days=int(extra))
    if made is DelayAgreed:
        return DelayAgreed(on=day(on), until=day(extra))
    if issubclass(made, OpinionEvent):
        return made(on=day(on), consultation=extra)
    if extra:
        raise NotAllowed(f"{text} 多出 {extra} ({kind}:DAY)")
    return made(on=day(on))


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the clock is asked, as text: one of the four arrivals is needed."""

    received: str = ""
    submitted_at: str = ""
    signed_on: str = ""
    confirmed_at: str = ""
    channel: str = ""
    channel_detail: str = ""
    events: tuple[str, ...] = ()


def answer(question: Question, calendar: Calendar) -> dict[str, Any]:
    """The JSON of INTERFACES §4, shared by the command and the API; NotAllowed for what
    cannot be."""
    came = came_in(question)
    events = [deadline_event(text) for text in question.events]
    try:
        told = clock_as_json(deadlines.read(came.on, events, calendar))
    except OverflowError as error:
        raise NotAllowed("期限超出可计算的日期 (past the last day there is)") from error
    _, unconfirmed, found = lifecycle.receipt([came.event])
    told["provisional"] |= unconfirmed and told["due_on"] is not None
    told["findings"] = [*map(finding_as_json, found), *told["findings"]]
    return told


def came_in(question: Question) -> Receipt:
    """The day of receipt; a day given as `received` is taken as it is."""
    if question.received:
        on = day(question.received)
        return Receipt(on=on, arrived_on=on)
    arrival = Arrival(
        submitted_on=moment(question.submitted_at) if question.submitted_at else None,
        signed_on=day(question.signed_on) if question.signed_on else None,
        confirmed_on=moment(question.confirmed_at) if question.confirmed_at else None,
    )
    return receipt(
        arrival,
        term(Channel, question.channel) if question.channel else None,
        term(ChannelDetail, question.channel_detail)
        if question.channel_detail
        else None,
    )


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "on": finding.on.isoformat(),
        "message": finding.message,
        "article": finding.article,
    }


def clock_as_json(clock: Clock) -> dict[str, Any]:
    def text(on: date | None) -> str | None:
        return on.isoformat() if on else None

    return {
        "received_on": clock.received_on.isoformat(),
        "regime": clock.regime.key,
        "base_due_on": text(clock.base_due_on),
        "due_on": text(clock.due_on),
        "provisional": clock.provisional,
        "days": [
            {"on": d.on.isoformat(), "counts": d.counts, "because": d.because}
            for d in clock.days()
        ],
        "findings": [finding_as_json(f) for f in clock.findings],
    }
