"""What the numbers can write of the reports since 2019: 一、总体情况 in its paragraphs. 二 to
四 are the tables, 五 is the office's own, and so is 六 but for the processing fees."""

from collections.abc import Callable

from reporting.formats.phrases_since_2019 import (
    OTHERWISE,
    REFUSED,
    SUITS,
    UNABLE,
    UNHANDLED,
    in_column,
)
from reporting.narrative.prose import (
    Facts,
    Part,
    compared,
    divided,
    moved_points,
    paragraphs,
    parts,
    plain,
)
from reporting.tables import Chapter

#: the official guide asks for no more than about so many characters in 一
ABOUT = 1000

ORGANISATIONS = (
    ("商业企业", "org.company"),
    ("科研机构", "org.research"),
    ("社会公益组织", "org.ngo"),
    ("法律服务机构", "org.legal_service"),
    ("其他组织", "org.other"),
)
PROACTIVE_2021 = (
    ("制发规章{n}件", "2.1.1:c1"),
    ("废止规章{n}件", "2.1.1:c2"),
    ("制发行政规范性文件{n}件", "2.1.2:c1"),
    ("废止行政规范性文件{n}件", "2.1.2:c2"),
    ("现行有效行政规范性文件{n}件", "2.1.2:c3"),
    ("作出行政许可决定{n}件", "2.5.1:c1"),
    ("作出行政处罚决定{n}件", "2.6.1:c1"),
    ("作出行政强制决定{n}件", "2.6.2:c1"),
    ("行政事业性收费{n}万元", "2.8.1:c1"),
)
PROACTIVE_2019 = (
    ("新制作规章{n}件", "2.1.1:c1"),
    ("新制作规范性文件{n}件", "2.1.2:c1"),
    ("作出行政许可决定{n}件", "2.5.1:c3"),
    ("作出行政处罚决定{n}件", "2.6.1:c3"),
    ("作出行政强制决定{n}件", "2.6.2:c3"),
)
RESULTS = (
    ("结果维持", "upheld"),
    ("结果纠正", "corrected"),
    ("其他结果", "other"),
    ("尚未审结", "pending"),
)


def proactive(facts: Facts, sentences: tuple[tuple[str, str], ...]) -> str:
    told = "，".join(
        text.format(n=plain(number))
        for text, cells in sentences
        if (number := facts.n(cells))
    )
    return f"（一）主动公开。{told}。" if told else ""


def requests(facts: Facts, otherwise: str) -> str:
    return (
        f"（二）依申请公开。{received(facts)}{concluded(facts, otherwise)}{left(facts)}"
    )


def received(facts: Facts) -> str:
    number, carried = facts.n("3.1"), facts.n("3.2")
    old = f"上年结转{plain(carried)}件。" if carried else ""
    if not number:
        return f"本年度未收到政府信息公开申请{'，' if old else '。'}{old}"
    return f"新收政府信息公开申请{plain(number)}件{compared(facts, '3.1')}。{applicants(facts)}{old}"


def applicants(facts: Facts) -> str:
    """Those of the newly received, as the table's columns have them."""
    number = facts.n("3.1") or 0
    found = parts(
        facts,
        ("自然人申请", "3.1:natural_person"),
        *((f"{name}申请", f"3.1:{column}") for name, column in ORGANISATIONS),
    )
    text = divided(found, number)
    alike = text.startswith(("均为", "为"))
    return f"申请人{text.replace('申请', '')}" if alike else text


def concluded(facts: Facts, otherwise: str) -> str:
    number = facts.n("3.3.7")
    if not number:
        return "本年度没有办结的申请。"
    found = parts(
        facts, ("予以公开", "3.3.1"), ("部分公开", "3.3.2"), ("不予公开", REFUSED),
        ("无法提供", UNABLE), ("不予处理", UNHANDLED), ("其他处理", otherwise),
    )  # fmt: skip
    text = divided(found, number, opening="办理结果中，")
    if text.startswith(("均为", "为")):
        text = f"办理结果{text}"
    granted = moved_points(facts, "3.3.1", "3.3.7") if facts.n("3.3.1") else ""
    more = f"予以公开{granted.removeprefix('，')}。" if granted else ""
    return f"办结申请{plain(number)}件{compared(facts, '3.3.7')}。{text}{more}"


def left(facts: Facts) -> str:
    number = facts.n("3.4")
    return f"结转下年度继续办理{plain(number)}件。" if number else ""


def remedies(facts: Facts) -> str:
    told = cases(facts, "行政复议", "4.1") + cases(facts, "行政诉讼", SUITS)
    return f"（三）行政复议和行政诉讼。{told}"


def cases(facts: Facts, name: str, lines: str) -> str:
    number = facts.n(in_column(lines, "total"))
    if not number:
        return f"本年度没有因政府信息公开引起的{name}案件。"
    found = parts(
        facts, *((word, in_column(lines, column)) for word, column in RESULTS)
    )
    opening = f"因政府信息公开引起的{name}{plain(number)}件"
    opening += compared(facts, in_column(lines, "total"))
    if len(found) == 1 and found[0].number == number:
        return f"{opening}，{only(found[0], number)}。"
    each = "，".join(f"{part.name}{plain(part.number)}件" for part in found)
    return f"{opening}。其中，{each}。" if each else f"{opening}。"


def only(part: Part, number: object) -> str:
    return part.name if number == 1 else f"均为{part.name}"


def overall_2021(facts: Facts) -> str:
    """一、总体情况"""
    return paragraphs(
        proactive(facts, PROACTIVE_2021), requests(facts, OTHERWISE), remedies(facts)
    )


def overall_2019(facts: Facts) -> str:
    """一、总体情况"""
    return paragraphs(
        proactive(facts, PROACTIVE_2019), requests(facts, "3.3.6"), remedies(facts)
    )


def others(facts: Facts) -> str:
    """六、其他需要报告的事项: the processing fees (信息处理费) have no line and are told here."""
    fees = facts.n(FEES)
    if fees is None:
        return ""
    if not fees:
        return "本年度未收取信息处理费。"
    return f"本年度收取信息处理费{plain(fees * YUAN)}元。"


FEES = "fee_without_line"  # counted beside the cells, in 万元
YUAN = 10_000
OTHERS = Chapter(numeral="六", title="其他需要报告的事项", write=others)


def chapters(overall: Callable[[Facts], str]) -> tuple[Chapter, ...]:
    return (
        Chapter(numeral="一", title="总体情况", write=overall, about=ABOUT),
        Chapter(numeral="二", title="主动公开政府信息情况", is_table=True),
        Chapter(numeral="三", title="收到和处理政府信息公开申请情况", is_table=True),
        Chapter(
            numeral="四", title="政府信息公开行政复议、行政诉讼情况", is_table=True
        ),
        Chapter(numeral="五", title="存在的主要问题及改进情况"),
        OTHERS,
    )


CHAPTERS_2021 = chapters(overall_2021)
CHAPTERS_2019 = chapters(overall_2019)
