"""Chinese numerals whose meaning is certain: 一百二十三件, 百分之五, 近三成, 两个百分点.

What can be read in two ways (一百五, 三五件), counts no cases (三十六条, 二十件实事) or is one
digit before a measure word (一件) is ordinary prose and no number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

D = "[一二两三四五六七八九]"
TENS = f"(?:{D}?十{D}?)"
HUNDREDS = f"(?:{D}百(?:{D}十{D}?|零{D})?)"
THOUSANDS = f"(?:{D}千(?:{HUNDREDS}|零(?:{TENS}|{D}))?)"
COMPOSED = f"(?:{THOUSANDS}|{HUNDREDS}|{TENS})"
MYRIADS = f"(?:(?:{COMPOSED}|{D})万(?:{THOUSANDS}|零(?:{HUNDREDS}|{TENS}|{D}))?)"
SMALL = f"(?:{COMPOSED}|{D}|零)(?:点[零一二三四五六七八九]+)?"
CHINESE = re.compile(
    "(?<![第点分几数零一二两三四五六七八九十百千万亿〇])(?:"
    rf"百分之(?P<percent>百|{SMALL})(?![零一二两三四五六七八九十百千万点几〇])"
    rf"|(?P<tenths>{D})成(?![不半员立果本为功绩分长人型套熟])"
    rf"|(?P<points>{SMALL})(?P<point>个百分点|百分点)"
    rf"|(?P<count>{MYRIADS}|{COMPOSED})(?P<rough>余|多)?(?P<case>件次|件)(?!.{{0,4}}事)"
    ")(?P<loose>左右|以上|上下)?"
)
DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")} | {"两": 2}
PLACES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A number as it stands in the text."""

    begin: int  # of its sign, or of its digits
    start: int  # of its digits
    end: int  # after the digits, or after the percent sign
    after: int  # after its unit
    value: Decimal
    step: Decimal  # what one in its last printed place is worth
    unit: str
    rough: bool
    loose: str


def chinese(text: str) -> Iterator[Written]:
    for found in CHINESE.finditer(text):
        value, step, unit = read(found)
        digits = "count" if found["count"] else "points" if found["points"] else ""
        loose = found["loose"] or ""
        yield Written(
            begin=found.start(),
            start=found.start(),
            end=found.end(digits) if digits else found.end() - len(loose),
            after=found.end(),
            value=value,
            step=step,
            unit=unit,
            rough=bool(found["rough"]),
            loose=loose,
        )


def read(found: re.Match[str]) -> tuple[Decimal, Decimal, str]:
    """(value, step, unit)"""
    if found["tenths"]:
        return Decimal(10 * whole(found["tenths"])), Decimal(10), "%"
    if found["percent"] == "百":
        return Decimal(100), Decimal(1), "%"
    written = found["percent"] or found["points"] or found["count"]
    before, _, after = written.partition("点")
    decimals = "".join(str(DIGITS[d]) for d in after)
    step = Decimal(1).scaleb(-len(decimals))
    value = Decimal(f"{whole(before)}.{decimals or 0}").quantize(step)
    unit = "%" if found["percent"] else found["point"] or found["case"]
    return value, step, unit


def whole(written: str) -> int:
    myriads, mark, rest = written.rpartition("万")
    if mark:
        return whole(myriads) * 10**4 + whole(rest)
    total, digit = 0, 0
    for sign in written:
        if sign in PLACES:
            total, digit = total + (digit or 1) * PLACES[sign], 0
        else:
            digit = DIGITS[sign]
    return total + digit
