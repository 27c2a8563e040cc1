"""Why a reply is due on its day: what each event did to it, and the strip of days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from requests_app.domain import deadlines
from requests_app.domain import events as happened
from requests_app.domain.calendars import Calendar, Day
from requests_app.domain.clock import Clock, Finding
from requests_app.domain.regimes import Regime


class Words(NamedTuple):
    zh: str
    en: str


BECAUSE: Mapping[str, Words] = {
    "working_day": Words("工作日", "working day"),
    "in_lieu_working_day": Words("调休上班", "in-lieu working day"),
    "weekend": Words("周末", "weekend"),
}


#: 全国年节及纪念日放假办法第二条, and the one day that was ordered for a single year
HOLIDAYS: Mapping[str, str] = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "清明节": "Qingming",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": "70th V-Day",
}


def because(day: Day) -> Words:
    """`because` of a day in words; a holiday's name is its own."""
    if day.because.startswith("paused:"):
        name = day.because.removeprefix("paused:")
        return Words(f"停止计算：征求意见 {name}", f"paused: awaiting {name}")
    name = day.because
    return BECAUSE.get(name) or Words(name, HOLIDAYS.get(name, name))


@dataclass(frozen=True, kw_only=True)
class Step:
    """One event and the due day after it; `article` is the rule's place in its regime."""

    on: date
    what: Words
    article: str
    base_due_on: date | None
    due_on: date | None
    provisional: bool
    moved: bool  # the due day is another than before it
    findings: tuple[Finding, ...]  # that this event brought


def steps(
    received_on: date, events: Iterable[happened.Event], calendar: Calendar
) -> Iterator[Step]:
    """The receipt and each event of the clock, in legal order."""
    before: Clock | None = None
    for event, clock in deadlines.reading(received_on, events, calendar):
        known = before.findings if before else ()
        yield Step(
            on=event.on if event else received_on,
            what=Words(event.zh, event.en) if event else RECEIVED,
            article=article_of(event, clock.regime),
            base_due_on=clock.base_due_on,
            due_on=clock.due_on,
            provisional=clock.provisional,
            moved=before is None or clock.due_on != before.due_on,
            findings=clock.findings[len(known) :],
        )
        before = clock


RECEIVED = Words("收到申请，当日不计入", "received; the day itself is not counted")


def article_of(event: happened.Event | None, regime: Regime) -> str:
    match event:
        case happened.SupplementAsked() | happened.SupplementReceived():
            return regime.article.supplement
        case happened.OpinionEvent():
            return regime.article.opinion
        case happened.Extended():
            return regime.article.extension
        case happened.DelayAgreed():
            return deadlines.DELAY
        case happened.FeeNoticed() | happened.FeePaid():
            return regime.article.fee
    return regime.article.reply


def summary(clock: Clock) -> Words:
    """The due day in one sentence."""
    regime = clock.regime
    if clock.due_on is None:
        return Words(
            "等待申请人补正或缴费，期限未起算",
            "no due day runs: a supplement or a payment is awaited",
        )
    days = regime.reply_days + clock.extension_days
    zh = f"自 {clock.counting_from} 次日起第 {days} 个工作日"
    en = f"the {days}th working day after {clock.counting_from}"
    if clock.agreed_until == clock.due_on:
        zh, en = "告知的延迟答复之日", "the day to which the reply was delayed"
    mark = Words("（暂定：跨入未公布放假安排的年度）", " (provisional: notice not out)")
    zh, en = f"{clock.due_on}，{zh}", f"{clock.due_on}, {en}"
    return Words(zh + mark.zh, en + mark.en) if clock.provisional else Words(zh, en)
