"""How a day, an instant and a deadline event are written on a command line or in JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from requests_app.domain.clock import Clock, Finding
from requests_app.domain.events import DEADLINE_KINDS, Event, Extended, OpinionEvent
from requests_app.domain.intake import legal_day
from requests_app.domain.regimes import FIRST_DAY, NotAllowed

DEADLINE_EVENTS: Mapping[str, type[Event]] = {
    kind.kind: kind for kind in DEADLINE_KINDS
}


def day(text: str) -> date:
    """An ISO day from 2008-05-01 on; NotAllowed for what is no day or too early."""
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise NotAllowed(f"{text} 不是日期，应写作 2018-02-08 ({error})") from error
    if on < FIRST_DAY:
        raise NotAllowed(
            f"{on} 早于 {FIRST_DAY} (before the Regulations)", "第三十八条"
        )
    return on


def moment(text: str) -> date:
    """The legal day of an instant with offset, or a plain day."""
    if len(text) <= len("2018-02-08"):
        return day(text)
    try:
        on = legal_day(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise NotAllowed(f"{text} 不是带时区的时间 ({error})") from error
    return day(on.isoformat())


def deadline_event(text: str) -> Event:
    """KIND:DAY[:EXTRA]; EXTRA is the working days of an extension, or names a consultation."""
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
    if issubclass(made, OpinionEvent):
        return made(on=day(on), consultation=extra)
    if extra:
        raise NotAllowed(f"{text} 多出 {extra} ({kind}:DAY)")
    return made(on=day(on))


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "on": finding.on.isoformat(),
        "message": finding.message,
        "article": finding.article,
    }


def clock_as_json(clock: Clock) -> dict[str, Any]:
    """The JSON of INTERFACES §4, shared by the command and the API."""

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
