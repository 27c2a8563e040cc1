"""Reading a State Council notice (放假安排通知) as it is printed.

Only what the text orders is read: the days off, the days off in lieu (补休), the rest days
worked. A weekday printed beside a day must be that day's; a sentence that is not understood
is refused, never skipped.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from requests_app.domain.calendars import NamedDay
from requests_app.domain.regimes import NotAllowed

WEEKDAYS = "一二三四五六日"
DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）)?"
ONE, RANGE = re.compile(DAY), re.compile(f"{DAY}至{DAY}")
HEADING = re.compile(r"^[一二三四五六七八九十]+、([^：]+)：(.+)$")
#: what follows the days of a clause: worked, or off
WORKED = re.compile(r"上班$")
OFF = re.compile(r"(放假|补休|调休)")


def read_notice(text: str, year: int) -> tuple[NamedDay, ...]:
    """The days that the text orders, by day; NotAllowed names what is not understood."""
    ordered: dict[date, NamedDay] = {}
    for name, sentence in sentences(text):
        for day in days_of(sentence, name, year):
            if day.on in ordered and ordered[day.on].working != day.working:
                raise NotAllowed(f"{day.on} 既放假又上班 (both off and worked)")
            ordered.setdefault(day.on, day)
    if not ordered:
        raise NotAllowed(
            "没有读到放假安排，每个节日应自成一行，如：一、元旦：1月1日放假。 "
            "(no holiday was found)"
        )
    return tuple(ordered[on] for on in sorted(ordered))


def sentences(text: str) -> Iterator[tuple[str, str]]:
    """(holiday, sentence) of every numbered line."""
    plain = text.replace("(", "（").replace(")", "）").replace(":", "：")
    for line in re.split(r"\s*\n\s*", re.sub(r"[ \t\u3000]", "", plain)):
        heading = HEADING.match(line)
        if heading:
            name = heading[1].split("、")[0]
            yield from ((name, part) for part in heading[2].split("。") if part)


def days_of(sentence: str, name: str, year: int) -> Iterator[NamedDay]:
    if not ONE.search(sentence):
        return  # 鼓励各单位……: orders no day
    if WORKED.search(sentence):
        yield from named(sentence, name, year, working=True)
    elif "鼓励" in sentence:
        return
    elif OFF.search(sentence):
        yield from named(sentence, name, year, working=False)
    else:
        raise NotAllowed(f"读不懂：{sentence} (not understood)")


def named(sentence: str, name: str, year: int, *, working: bool) -> Iterator[NamedDay]:
    """Ranges first, so that their ends are not read again as single days."""
    rest, month = sentence, 0
    spans = []
    for found in RANGE.finditer(sentence):
        first, month = day_in(found.groups()[:4], year, month)
        last, month = day_in(found.groups()[4:], year, month)
        if last < first:
            raise NotAllowed(f"{found[0]} 首尾颠倒 (ends before it begins)")
        spans.append((first, last))
        rest = rest.replace(found[0], "")
    month = 0
    for found in ONE.finditer(rest):
        on, month = day_in(found.groups(), year, month)
        spans.append((on, on))
    for first, last in spans:
        for n in range((last - first).days + 1):
            yield NamedDay(on=first + timedelta(n), working=working, name=name)


def day_in(parts: tuple[str | None, ...], year: int, month: int) -> tuple[date, int]:
    """(the day, its month): 1月1日至3日 carries the month on."""
    told_year, told_month, told_day, note = parts
    month = int(told_month or month)
    try:
        on = date(int(told_year or year), month, int(told_day or 0))
    except ValueError as error:
        raise NotAllowed(f"没有 {month}月{told_day}日 (no such day)") from error
    weekday = re.search(r"(?:星期|周)([一二三四五六日])", note or "")
    if weekday and weekday[1] != WEEKDAYS[on.weekday()]:
        raise NotAllowed(
            f"{on} 是星期{WEEKDAYS[on.weekday()]}，不是{weekday[0]} (another weekday)"
        )
    return on, month
