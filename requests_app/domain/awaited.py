"""What is awaited of the applicant: since when, until when, and how much.

A last day is told only where the law counts it from a day that the log knows, in years
whose calendar is published; otherwise `because` says who fixes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from requests_app.domain import events as happened
from requests_app.domain.calendars import ONE_DAY, Calendar
from requests_app.domain.events import Event
from requests_app.domain.fees import ARTICLE, IN_FORCE_FROM
from requests_app.domain.regimes import regime_on
from requests_app.domain.vocabulary import Term

Q = TypeVar("Q", bound=Event)
PAYMENT_DAYS = 20  # working days from the day after the notice, 国办函〔2020〕109号


class What(Term):
    SUPPLEMENT = "supplement", "补正", "a supplement"
    PAYMENT = "payment", "缴费", "a payment"
    REASON = "reason", "说明理由", "reasons"
    RECEIPT = "receipt_confirmation", "确认收到", "confirmation of the receipt"


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """`because` is about `until`: how it is counted, or why there is none."""

    what: What
    since: date
    because: str
    until: date | None = None
    amount: Decimal | None = None  # yuan
    letter: int | None = None  # the notice, by id


def awaited(log: Sequence[Event], calendar: Calendar) -> Iterator[Awaited]:
    """Of a log in legal order, without what is voided; nothing once it is replied to."""
    if any(isinstance(event, happened.Replied) for event in log):
        return
    receipt = log[0]
    assert isinstance(receipt, happened.Received)
    if receipt.cautious and not said(log, happened.ReceiptConfirmed):
        yield unconfirmed(receipt)
    asked = still_open(log, happened.SupplementAsked, happened.SupplementReceived)
    if asked:
        yield supplement(asked, received_on(log))
    noticed = still_open(log, happened.FeeNoticed, happened.FeePaid)
    if noticed:
        yield payment(noticed, calendar)


def reason(noticed_on: date, log: Sequence[Event], letter: int) -> Awaited | None:
    """第三十五条, by a notice that is no event of the log; reasons that were found good
    end in a delay agreed, all others in the reply."""
    over = (happened.DelayAgreed, happened.Replied)
    if any(isinstance(event, over) and event.on >= noticed_on for event in log):
        return None
    because = (
        "说明理由的期限以告知书所定为准（条例第三十五条） "
        "(the time for reasons is the notice's, Art. 35)"
    )
    return Awaited(what=What.REASON, since=noticed_on, because=because, letter=letter)


def unconfirmed(receipt: happened.Received) -> Awaited:
    on = receipt.arrived_on or receipt.on
    because = (
        "双方确认之日为收到申请之日，法律未定确认的期限（条例第三十一条） "
        "(the day on which both confirm is that of receipt; the law sets no time, Art. 31)"
    )
    return Awaited(what=What.RECEIPT, since=on, because=because)


def supplement(asked: happened.SupplementAsked, received_on: date) -> Awaited:
    """第三十条: a reasonable period, which the notice fixes from its own receipt."""
    article = regime_on(received_on).article.supplement
    because = (
        f"补正的合理期限以告知书所定为准，自收到告知书起算（条例{article}） "
        "(a reasonable time, fixed by the notice from its receipt)"
    )
    return Awaited(
        what=What.SUPPLEMENT, since=asked.on, because=because, letter=asked.letter
    )


def payment(noticed: happened.FeeNoticed, calendar: Calendar) -> Awaited:
    """Counted from the notice's own day, the earliest on which it can be received: who
    received it later has until later."""
    until, because = last_day_to_pay(noticed.on, calendar)
    return Awaited(
        what=What.PAYMENT,
        since=noticed.on,
        until=until,
        because=because,
        amount=noticed.amount,
        letter=noticed.letter,
    )


def last_day_to_pay(on: date, calendar: Calendar) -> tuple[date | None, str]:
    if on < IN_FORCE_FROM:
        return None, (
            "当时没有统一的缴费期限，以通知书所定为准 "
            "(no general time to pay yet: the notice's counts)"
        )
    until = calendar.nth(on, PAYMENT_DAYS)
    for year in range((on + ONE_DAY).year, until.year + 1):
        if not calendar.is_published(year):
            return None, (
                f"收到通知次日起{PAYMENT_DAYS}个工作日内；{year}年放假安排尚未公布（{ARTICLE}） "
                f"({PAYMENT_DAYS} working days after the notice is received; the calendar of "
                f"{year} is not published)"
            )
    return until, (
        f"收到通知次日起{PAYMENT_DAYS}个工作日内，此处自通知之日计，收到在后的相应顺延（{ARTICLE}） "
        f"({PAYMENT_DAYS} working days after the notice is received; counted here from its "
        "own day, later if received later)"
    )


def received_on(log: Sequence[Event]) -> date:
    confirmed = said(log, happened.ReceiptConfirmed)
    return confirmed[-1].on if confirmed else log[0].on


def said(log: Sequence[Event], kind: type[Q]) -> list[Q]:
    return [event for event in log if isinstance(event, kind)]


def still_open(
    log: Sequence[Event], question: type[Q], answer: type[Event]
) -> Q | None:
    """The last question, unless an answer stands after it."""
    told = [event for event in log if isinstance(event, (question, answer))]
    return told[-1] if told and isinstance(told[-1], question) else None
