"""What each event does to the statutory clock, one small function a rule.

The exact rules are INTERFACES §4; each cites its article. Nothing here knows what day it
is today.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from requests_app.domain import events as happened
from requests_app.domain.calendars import Calendar
from requests_app.domain.clock import UNNAMED, Clock, Consultation
from requests_app.domain.days import nth_working_day
from requests_app.domain.regimes import NotAllowed, regime_on
from requests_app.domain.vocabulary import Timeliness


def read(
    received_on: date, events: Iterable[happened.Event], calendar: Calendar
) -> Clock:
    """The clock after all `events`, read by day and, within a day, as given.

    Raises NotAllowed for what cannot have happened: an answer without its question, an
    event before receipt, a day before 2008-05-01.
    """
    *_, (_, clock) = reading(received_on, events, calendar)
    return clock


def reading(
    received_on: date, events: Iterable[happened.Event], calendar: Calendar
) -> Iterator[tuple[happened.Event | None, Clock]]:
    """The clock on receipt (with no event), then after each event."""
    clock = Clock(
        received_on=received_on,
        regime=regime_on(received_on),
        calendar=calendar,
        counting_from=received_on,
    )
    yield None, clock
    for event in sorted(events, key=lambda e: e.on):
        if isinstance(event, happened.DEADLINE_KINDS):
            clock = after(clock, event)
            yield event, clock


def after(clock: Clock, event: happened.Event) -> Clock:
    if event.on < clock.received_on:
        raise NotAllowed(
            f"{event.zh} {event.on} 早于收到申请之日 {clock.received_on} "
            f"({event.kind} before receipt)",
            clock.regime.article.reply,
        )
    match event:
        case happened.SupplementAsked():
            return supplement_asked(clock, event.on)
        case happened.SupplementReceived():
            return supplement_received(clock, event.on)
        case happened.OpinionSought():
            return opinion_sought(clock, event)
        case happened.OpinionDelivered():
            return answered(clock, event, lambda c, on: replace(c, delivered_on=on))
        case happened.OpinionReceived():
            return answered(clock, event, lambda c, on: replace(c, received_on=on))
        case happened.Extended():
            return extended(clock, event)
        case happened.DelayAgreed():
            return delay_agreed(clock, event)
        case happened.FeeNoticed():
            return fee_noticed(clock, event.on)
        case happened.FeePaid():
            return fee_paid(clock, event.on)
    return clock


def supplement_asked(clock: Clock, on: date) -> Clock:
    """2019 第三十条: once, within 7 working days of receipt, and then the period runs anew
    from the supplement; 2008 第二十一条第（四）项 knows no such limit."""
    clock = clock.but(
        supplements_asked=clock.supplements_asked + 1, supplement_open=True
    )
    article, limit = (
        clock.regime.article.supplement,
        clock.regime.supplement_notice_days,
    )
    if limit is None:
        return clock.but(supplement_awaited=True)
    if clock.supplements_asked > 1:
        return clock.found(
            "supplement_repeated",
            on,
            "补正只能告知一次，期限继续计算 (asked before, the period runs on)",
            article,
        )
    last = nth_working_day(clock.received_on, limit, clock.calendar)
    if on > last:
        return clock.found(
            "supplement_late",
            on,
            f"补正告知应不迟于 {last}，期限继续计算 (asked after {last}, the period runs on)",
            article,
        )
    return clock.but(supplement_awaited=True)


def supplement_received(clock: Clock, on: date) -> Clock:
    """2019 第三十条: 答复期限自收到补正的申请之日起计算."""
    if not clock.supplement_open:
        raise NotAllowed(
            "没有告知补正而收到补正 (a supplement that nobody asked for)",
            clock.regime.article.supplement,
        )
    restarts = clock.supplement_awaited
    return clock.but(
        supplement_open=False,
        supplement_awaited=False,
        counting_from=on if restarts else clock.counting_from,
    )


def opinion_sought(clock: Clock, event: happened.OpinionSought) -> Clock:
    """2008 第二十四条第三款, 2019 第三十三条第三款: the time is not counted."""
    name, article = event.consultation or UNNAMED, clock.regime.article.opinion
    if open_consultation(clock, name) is not None:
        raise NotAllowed(
            f"征求意见“{name}”尚未答复，另一次征求须另起名称 "
            "(already open: name the other one)",
            article,
        )
    due = clock.due_on
    late = due is not None and event.on > due
    asked = Consultation(name=name, sought_on=event.on, pauses=not late)
    clock = clock.but(consultations=(*clock.consultations, asked))
    if late:
        return clock.found(
            "opinion_late",
            event.on,
            f"答复期限 {due} 届满后征求意见，不停止计算 (sought after the due day {due}: no pause)",
            article,
        )
    return clock


def open_consultation(clock: Clock, name: str) -> int | None:
    """Where the unanswered consultation of that name stands in the list."""
    places = enumerate(clock.consultations)
    return next(
        (i for i, c in places if c.name == name and c.received_on is None), None
    )


def answered(
    clock: Clock,
    event: happened.OpinionEvent,
    mark: Callable[[Consultation, date], Consultation],
) -> Clock:
    name = event.consultation or UNNAMED
    place = open_consultation(clock, name)
    if place is None:
        raise NotAllowed(
            f"没有征求意见“{name}”而有{event.zh} ({event.en}, but nobody was asked)",
            clock.regime.article.opinion,
        )
    consultations = list(clock.consultations)
    consultations[place] = mark(consultations[place], event.on)
    return clock.but(consultations=tuple(consultations))


def extended(clock: Clock, event: happened.Extended) -> Clock:
    """2008 第二十四条第二款, 2019 第三十三条第二款: told before the base due day, once."""
    article, most = clock.regime.article.extension, clock.regime.most_extension_days
    if event.days < 1:
        raise NotAllowed(
            "延长至少一个工作日 (an extension has at least a day)", article
        )
    if clock.extension_days:
        return clock.found(
            "extension_repeated",
            event.on,
            "只能延长一次，再次延长无效 (extended before, without effect)",
            article,
        )
    base = clock.base_due_on
    if base is not None and event.on > base:
        return clock.found(
            "extension_late",
            event.on,
            f"期限 {base} 届满后告知延长，无效 (told after {base}, without effect)",
            article,
        )
    if event.days > most:
        clock = clock.found(
            "extension_overlong",
            event.on,
            f"延长 {event.days} 个工作日，最多 {most} 个，按最多计 ({event.days} working days, counted as the most, {most})",
            article,
        )
    return clock.but(extension_days=min(event.days, most))


DELAY = "第三十五条"


def delay_agreed(clock: Clock, event: happened.DelayAgreed) -> Clock:
    """2019 第三十五条: told before the due day, to a later one; the 2008 Regulations know
    no such delay."""
    article, due = DELAY, clock.due_on
    if clock.regime.key == "2008":
        return clock.found(
            "delay_unknown",
            event.on,
            "2008 年条例没有延迟答复，无效 (the 2008 Regulations know no delayed reply, without effect)",
            article,
        )
    if due is not None and event.on > due:
        return clock.found(
            "delay_late",
            event.on,
            f"期限 {due} 届满后告知延迟答复，无效 (told after {due}, without effect)",
            article,
        )
    if due is not None and event.until <= due:
        return clock.found(
            "delay_shortens",
            event.on,
            f"所定之日不晚于期限 {due}，无效 (no later than {due}, without effect)",
            article,
        )
    return clock.but(agreed_until=event.until)


def fee_noticed(clock: Clock, on: date) -> Clock:
    """国办函〔2020〕109号: noticed inside the reply period; paid, the period runs anew."""
    due = clock.due_on
    clock = clock.but(fee_open=True)
    if due is not None and on > due:
        return clock.found(
            "fee_notice_late",
            on,
            f"答复期限 {due} 届满后告知收费，期限不重新计算 (noticed after {due}, restarts nothing)",
            clock.regime.article.fee,
        )
    return clock.but(fee_awaited=True)


def fee_paid(clock: Clock, on: date) -> Clock:
    if not clock.fee_open:
        raise NotAllowed(
            "没有收费告知而缴费 (paid without a notice)", clock.regime.article.fee
        )
    restarts = clock.fee_awaited
    return clock.but(
        fee_open=False,
        fee_awaited=False,
        counting_from=on if restarts else clock.counting_from,
    )


def timeliness(clock: Clock, concluded_on: date) -> Timeliness:
    """INTERFACES §3, by the clock as it stood at the conclusion."""
    base, due = clock.base_due_on, clock.due_on
    if base is None or due is None or concluded_on <= base:
        return Timeliness.ON_TIME
    return Timeliness.EXTENDED if concluded_on <= due else Timeliness.LATE
