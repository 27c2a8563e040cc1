"""What a letter tells in figures, read from its words: the act that it goes out with must
say the same. A letter that words it otherwise states nothing here and is read by a person.

A reply's ground needs no reading: its 依据 is drawn from the outcome, which is compared.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from requests_app.domain.events import DelayAgreed, Event, Extended, FeeNoticed

DAYS = re.compile(r"延长(\d+)个工作日")
UNTIL = re.compile(r"将于(\d{4})年(\d{1,2})月(\d{1,2})日前答复")
AMOUNT = re.compile(r"信息处理费(\d[\d,，]*(?:\.\d+)?)元")


def differences(event: Event, decision: str) -> list[str]:
    """Each a sentence that names both; none where they agree."""
    return list(told_otherwise(event, decision))


def told_otherwise(event: Event, decision: str) -> Iterator[str]:
    if isinstance(event, Extended):
        for days in DAYS.findall(decision):
            if int(days) != event.days:
                yield f"文书写明延长{days}个工作日，所填为{event.days}个工作日 (the days of the extension differ)"
    if isinstance(event, DelayAgreed):
        for year, month, day in UNTIL.findall(decision):
            if (int(year), int(month), int(day)) != parts(event.until):
                yield f"文书写明于{year}年{month}月{day}日前答复，所填为{event.until} (the day of the delayed reply differs)"
    if isinstance(event, FeeNoticed) and event.amount is not None:
        for amount in AMOUNT.findall(decision):
            if Decimal(re.sub("[,，]", "", amount)) != event.amount:
                yield f"文书写明信息处理费{amount}元，所填为{event.amount}元 (the amount of the fee differs)"


def parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
