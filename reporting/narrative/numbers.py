"""The numbers of a passage: how many of what, how exactly, and in whose company.

Dates, articles, document and telephone numbers, ordinals and Chinese numerals in ordinary
prose are not numbers; Chinese numerals whose meaning is certain are (`numerals`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from reporting.narrative.lexicon import Number
from reporting.narrative.numerals import Written, chinese

Sort = Literal["count", "share", "growth", "points", "change", "before", "aside"]

NUMBER = re.compile(
    r"(?<![\dA-Za-z.〔\[第/@—\-])(?P<sign>(?<=[长降率为])-)?(?P<digits>\d+(?:\.\d+)?)"
    r"(?P<scale>[百千]?[万亿])?(?P<rough>余|多)?"
    r"(?P<unit>个百分点|百分点|%|人次|件次|条次|场次|元|件|条|次|篇|个|人|名|位|场|起|宗|份|期|例"
    r"|项|部|户|家|所|处|册|通)?(?P<loose>左右|以上|上下)?"
)
NOT_COUNTING = re.compile(
    r"年|月|日|号|时|点|分钟|分(?!之)|秒|小时|天|周|季度|个?工作日|个月|岁|届|版|世纪"
    r"|[-—/:：]\d|[.、](?!\d)|条(?:第|规定|之)|款"
)
LISTED = re.compile(r"(?:^|[。；：，])$")
ROUGHLY = re.compile(
    r"(?P<below>近|将近|不到|不足)$|(?:约|大约|大概)(?:为|有)?$|(?P<above>超|超过|逾|突破|至少|不少于|达到?)$"
)
SCALES = {
    "万": 10**4,
    "亿": 10**8,
    "百万": 10**6,
    "千万": 10**7,
    "百亿": 10**10,
    "千亿": 10**11,
}

UP = "增长|上升|增加|提高|提升|上涨|增|升|多"
DOWN = "下降|减少|降低|回落|下滑|减|降|少"
MOVED = re.compile(
    rf"(?P<up>{UP})?(?P<down>{DOWN})?(?:了|约|幅|率|幅度|近|超|超过)*(?:为|达|达到)?$"
)
SHARE = re.compile(r"占[^，；。%]*$|(?:比重|比例|占比)(?:为|达|达到|是)?$")
LAST_YEAR = r"(?:上年|去年|上一年|上年度|上一年度|前一年|同期)(?!.{0,3}结转)"
COMPARED = re.compile(
    rf"同比|环比|[比较](?:{LAST_YEAR}|20\d\d年)|{LAST_YEAR}.{{0,4}}相比|与20\d\d年.{{0,4}}相比"
)
NEXT = re.compile(r"^[、，]?(?:和|及|以及)?$")  # in a list of bare numbers


@dataclass(frozen=True, kw_only=True)
class Mention:
    start: int  # of the digits, in the passage
    end: int  # after the digits, or after the percent sign
    after: int  # after its unit
    value: Decimal
    step: Decimal  # what one in its last printed place is worth
    unit: str
    margin: Literal["", "about", "below", "above"]
    sort: Sort
    label: str  # the words since the number before, in the sentence
    sentence: int  # which sentence of the passage
    depth: int  # of brackets

    @property
    def clause(self) -> str:
        return re.split("[，；：。]", self.label)[-1]

    @property
    def down(self) -> bool:
        found = MOVED.search(self.clause)
        return bool(found and found["down"] and not found["up"])


def mentions(text: str, year: int) -> tuple[Mention, ...]:
    return tuple(find(text, year))


def find(text: str, year: int) -> Iterator[Mention]:
    end_before, mention = 0, None
    for found in sorted((*arabic(text), *chinese(text)), key=lambda w: w.start):
        label, begun = words_before(text, end_before, found.begin)
        mention = Mention(
            start=found.start,
            end=found.end,
            after=found.after,
            value=found.value,
            step=found.step,
            unit=found.unit,
            margin=margin(found, text[begun : found.begin]),
            sort=sort(found.unit, label, year, mention),
            label=label,
            sentence=len(re.findall("[。！？]", text[: found.start])),
            depth=text.count("（", 0, found.start) - text.count("）", 0, found.start),
        )
        end_before = found.after
        yield mention


def arabic(text: str) -> Iterator[Written]:
    for found in NUMBER.finditer(text):
        if not counts(text, found):
            continue
        unit, scale = found["unit"] or "", Decimal(SCALES.get(found["scale"] or "", 1))
        if unit == "元":
            unit, scale = "万元", scale / 10**4
        digits = Decimal(found["digits"]) * (-1 if found["sign"] else 1)
        places = digits.as_tuple().exponent
        yield Written(
            begin=found.start(),
            start=found.start("digits"),
            end=found.end("unit") if unit == "%" else found.end("digits"),
            after=found.end(),
            value=digits * scale,
            step=Decimal(1).scaleb(int(places)) * scale,
            unit=unit,
            rough=bool(found["rough"]),
            loose=found["loose"] or "",
        )


def counts(text: str, found: re.Match[str]) -> bool:
    end = found.end("scale") if found["scale"] else found.end("digits")
    if NOT_COUNTING.match(text, end):
        listed = text[end : end + 1] in (".", "、")
        return listed and not LISTED.search(text[: found.start()])
    return True


def words_before(text: str, end_before: int, start: int) -> tuple[str, int]:
    """What leads up to the number, and where that begins: not before the last number, the
    last sentence, or a bracket still open; before the bracket where it opens with the
    number, as in 当面申请（740件）."""
    begun = max(end_before, *(text.rfind(mark, 0, start) + 1 for mark in "。！？"))
    words = text[begun:start]
    opened = words.rfind("（")
    if opened >= 0 and "）" not in words[opened:]:
        inside = words[opened + 1 :]
        begun, words = begun + opened + 1, inside or words[:opened]
    return re.sub(r"（[^（）]*）", "", words).lstrip("）"), begun


def margin(found: Written, before: str) -> Literal["", "about", "below", "above"]:
    roughly = ROUGHLY.search(before)
    if found.rough or found.loose == "以上":
        return "above"
    if found.loose:
        return "about"
    if not roughly or roughly[0] in ("达", "达到"):
        return ""
    return "below" if roughly["below"] else "above" if roughly["above"] else "about"


def sort(unit: str, label: str, year: int, before: Mention | None) -> Sort:
    clause = re.split("[，；：]", label)[-1]
    moved = MOVED.search(clause)
    moves = bool(moved and (moved["up"] or moved["down"]))
    if unit.endswith("百分点"):
        return "points"
    if before and unit == before.unit == "%" and NEXT.match(label):
        return before.sort
    if unit == "%":
        return "share" if SHARE.search(clause) else "growth" if moves else "aside"
    compared = COMPARED.search(label) or (before and before.sort == "before")
    if compared and moves:
        return "change"
    if "结转" not in clause and (
        re.search(LAST_YEAR, clause) or of_another_year(clause, year)
    ):
        return "before"
    return "count"


def of_another_year(clause: str, year: int) -> bool:
    named = [int(y) for y in re.findall(r"(20\d\d)年", clause)]
    return bool(named) and named[-1] != year


def rounded(value: Number, step: Decimal) -> Decimal:
    return (Decimal(value) / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def says(mention: Mention, value: Number) -> bool:
    """Whether the printed number is a fair way to write this value."""
    printed = abs(mention.value)
    room = printed / 5 + 10 * mention.step
    match mention.margin:
        case "":
            return rounded(value, mention.step) == mention.value
        case "about":
            return abs(value - printed) <= room / 2
        case "above":
            return printed <= value <= printed + room
        case "below":
            return value <= printed <= value + room
