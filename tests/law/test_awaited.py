"""What is awaited of the applicant, by the log alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from requests_app.adapters.calendars import SHIPPED, notices_in
from requests_app.domain import awaited as law
from requests_app.domain.awaited import What
from requests_app.domain.calendars import Calendar
from requests_app.domain.events import (
    DelayAgreed,
    FeeNoticed,
    FeePaid,
    OpinionSought,
    ReceiptConfirmed,
    Received,
    Registered,
    Replied,
    SupplementAsked,
    SupplementReceived,
)
from requests_app.domain.vocabulary import Outcome

CALENDAR = Calendar(n for n in notices_in(SHIPPED) if n.year <= 2026)


def on(month, day, year=2026):
    return date(year, month, day)


COME = [Received(on=on(3, 2)), Registered(on=on(3, 2), number="〔2026〕1号")]
ASKED = SupplementAsked(on=on(3, 4), letter=7)
NOTICED = FeeNoticed(on=on(3, 20), amount=Decimal(700), letter=8)
CAUTIOUS = Received(on=on(3, 2), cautious=True)
# fmt: off
CASES = {
    "nothing": (COME, []),
    "an opinion is no applicant's": ([*COME, OpinionSought(on=on(3, 4), consultation="1")], []),
    "a supplement, as long as the notice gives": (
        [*COME, ASKED], [(What.SUPPLEMENT, on(3, 4), None, None, 7)],
    ),
    "a supplement that came": ([*COME, ASKED, SupplementReceived(on=on(3, 9))], []),
    "a supplement asked for again": (
        [*COME, ASKED, SupplementReceived(on=on(3, 9)), replace(ASKED, on=on(3, 11))],
        [(What.SUPPLEMENT, on(3, 11), None, None, 7)],
    ),
    # 20 working days over 清明节 (6 April is a day off)
    "a fee": ([*COME, NOTICED], [(What.PAYMENT, on(3, 20), on(4, 20), Decimal(700), 8)]),
    "a fee that was paid": ([*COME, NOTICED, FeePaid(on=on(3, 23))], []),
    "a fee before there was a tariff": (
        [Received(on=on(3, 2, 2020)), FeeNoticed(on=on(3, 9, 2020))],
        [(What.PAYMENT, on(3, 9, 2020), None, None, None)],
    ),
    "a fee into a year that is not published": (
        [*COME, replace(NOTICED, on=on(12, 7))],
        [(What.PAYMENT, on(12, 7), None, Decimal(700), 8)],
    ),
    "a receipt": (
        [CAUTIOUS, COME[1]], [(What.RECEIPT, on(3, 2), None, None, None)],
    ),
    "a receipt that was confirmed": ([CAUTIOUS, COME[1], ReceiptConfirmed(on=on(3, 3))], []),
    "two things at once": (
        [*COME, ASKED, NOTICED],
        [(What.SUPPLEMENT, on(3, 4), None, None, 7),
         (What.PAYMENT, on(3, 20), on(4, 20), Decimal(700), 8)],
    ),
    "nothing once it is replied to": (
        [*COME, ASKED, Replied(on=on(4, 1), outcome=Outcome.SUPPLEMENT_LAPSED)], [],
    ),
}
# fmt: on


@pytest.mark.parametrize(("log", "told"), CASES.values(), ids=CASES)
def test_what_is_awaited(log, told):
    found = law.awaited(log, CALENDAR)
    assert [(a.what, a.since, a.until, a.amount, a.letter) for a in found] == told


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ([*COME, ASKED], "自收到告知书起算（条例第三十条）"),
        (
            [Received(on=on(3, 2, 2018)), replace(ASKED, on=on(3, 4, 2018))],
            "自收到告知书起算（条例第二十一条第（四）项）",
        ),
        ([*COME, NOTICED], "收到在后的相应顺延（国办函〔2020〕109号）"),
        (
            [*COME, replace(NOTICED, on=on(12, 7))],
            "2027年放假安排尚未公布（国办函〔2020〕109号）",
        ),
        ([CAUTIOUS, COME[1]], "法律未定确认的期限（条例第三十一条）"),
    ],
)
def test_why_there_is_such_a_last_day_or_none(log, said):
    [found] = law.awaited(log, CALENDAR)
    assert said in found.because


@pytest.mark.parametrize(
    ("then", "awaited"),
    [
        ([], True),
        ([DelayAgreed(on=on(3, 12), until=on(6, 1))], False),
        ([DelayAgreed(on=on(3, 3), until=on(6, 1))], True),  # of another notice before
        ([Replied(on=on(3, 20), outcome=Outcome.EXCESSIVE)], False),
    ],
)
def test_reasons_are_awaited_until_they_are_judged(then, awaited):
    found = law.reason(on(3, 5), [*COME, *then], 9)
    assert (found is not None) == awaited
    assert found is None or (found.what, found.since, found.until, found.letter) == (
        What.REASON, on(3, 5), None, 9,
    )  # fmt: skip
