"""The chapters of the report of 2014 to 2018, as the 2018 report has them. The numbers can
write some of 三 to 七; the rest (一、二、八、九) is the office's own."""

from reporting.narrative.prose import (
    Facts,
    compared,
    divided,
    most_frequent,
    paragraphs,
    parts,
    plain,
    section,
    share,
    the_largest,
)
from reporting.tables import Chapter

CHANNELS = (
    ("当面申请", "3.1.1"),
    ("传真申请", "3.1.2"),
    ("网络申请", "3.1.3"),
    ("信函申请", "3.1.4"),
)
REPLIES = (
    ("“属于已主动公开范围”的", "3.3.1"),
    ("“同意公开”的", "3.3.2"),
    ("“同意部分公开”的", "3.3.3"),
    ("不同意公开答复", "3.3.4"),
)
ELSEWHERE = (
    ("“不属于本行政机关公开”", "3.3.5"),
    ("“申请信息不存在”", "3.3.6"),
    ("“告知作出更改补充”", "3.3.7"),
    ("“告知通过其他途径办理”", "3.3.8"),
)
GROUNDS = (
    ("涉及国家秘密", "3.3.4.1"),
    ("涉及商业秘密", "3.3.4.2"),
    ("涉及个人隐私", "3.3.4.3"),
    ("危及国家安全、公共安全、经济安全和社会稳定", "3.3.4.4"),
    ("不是《条例》所指政府信息", "3.3.4.5"),
    ("法律法规规定的其他情形", "3.3.4.6"),
)
WAYS = (
    ("通过政府公报公开政府信息", "1.2.1"),
    ("通过政府网站公开政府信息", "1.2.2"),
    ("通过政务微博公开政府信息", "1.2.3"),
    ("通过政务微信公开政府信息", "1.2.4"),
    ("通过其他方式公开政府信息", "1.2.5"),
)


def proactive(facts: Facts) -> str:
    """三、主动公开政府信息情况"""
    return paragraphs(
        told("全年主动公开政府信息{n}条", facts, "1.1", "条"),
        "".join(told(f"{name}{{n}}条", facts, cells, "条") for name, cells in WAYS),
        told("回应公众关注热点或重大舆情{n}次", facts, "2.1", "次"),
        told("参加或举办新闻发布会{n}次", facts, "2.2.1", "次"),
        told("发布政策解读稿件{n}篇", facts, "2.2.3", "篇"),
    )


def requests(facts: Facts) -> str:
    """四、政府信息依申请公开情况"""
    if not facts.n("3.1") and not facts.n("3.2"):
        return "本年度未收到政府信息公开申请。"
    return paragraphs(
        section("（一）受理申请的数量", received(facts)),
        section("（二）对申请的办理情况", concluded(facts)),
        section("（三）“不予公开”的政府信息情况", refusals(facts)),
    )


def received(facts: Facts) -> str:
    number = facts.n("3.1")
    if not number:
        return "本年度未收到政府信息公开申请。"
    found = parts(facts, *CHANNELS)
    ways = divided(found, number, opening="提交申请的方式包括：")
    untold = number - sum(part.number for part in found)
    if found and untold:
        ways = f"{ways[:-1]}；未登记申请方式的{plain(untold)}件。"
    return (
        f"共收到政府信息公开申请{plain(number)}件{compared(facts, '3.1')}"
        + ("，" if ways.startswith(("均为", "为")) else "。")
        + ways
    )


def concluded(facts: Facts) -> str:
    number, answered = facts.n("3.2"), facts.n("3.3")
    if not number:
        return "本年度没有办结的申请。"
    on_time, extended = facts.n("3.2.1") or 0, facts.n("3.2.2") or 0
    how = "均按时办结" if on_time == number > 1 else ""
    how = how or "，".join(
        f"{name}{plain(n)}件" for name, n in (("按时办结", on_time), ("延期办结", extended)) if n
    )  # fmt: skip
    text = f"依法依规办结政府信息公开申请{plain(number)}件{compared(facts, '3.2')}"
    text += f"，{'' if how.startswith('均') else '其中'}{how}。" if how else "。"
    if not answered:
        return text
    return f"{text}共答复申请{plain(answered)}件。{replies(facts)}"


def replies(facts: Facts) -> str:
    answered = facts.n("3.3") or 0
    named = tuple(name for name, cells in ELSEWHERE if facts.n(cells))
    others = (
        f"以{'、'.join(named)}等形式答复的",
        " + ".join(c for n, c in ELSEWHERE if n in named),
    )
    found = parts(facts, *REPLIES, *([others] if named else []))
    text = divided(found, answered)
    return f"答复{text}" if text.startswith(("均为", "为")) else text


def refusals(facts: Facts) -> str:
    """Grounds from the most frequent down, so that the text cannot misname the largest."""
    number, found = facts.n("3.3.4"), most_frequent(parts(facts, *GROUNDS))
    if not number or not found:
        return ""
    each = "；".join(
        f"{p.name}的{plain(p.number)}件，占{share(p.number, number)}" for p in found
    )
    if len(found) == 1:
        return f"不同意公开答复{plain(number)}件，理由{'' if number == 1 else '均'}为{found[0].name}。"
    return (
        f"涉及的主要为{the_largest(found)}。"
        f"不同意公开答复{plain(number)}件。其中，{each}。"
    )


def reconsiderations(facts: Facts) -> str:
    return cases(
        facts, "行政复议", "4",
        ("维持具体行政行为", "4.1"), ("被依法纠错", "4.2"), ("其他情形", "4.3"),
    )  # fmt: skip


def suits(facts: Facts) -> str:
    return cases(
        facts, "行政诉讼", "5",
        ("维持具体行政行为或者驳回原告诉讼请求", "5.1"), ("被依法纠错", "5.2"), ("其他情形", "5.3"),
    )  # fmt: skip


def cases(facts: Facts, name: str, cells: str, *results: tuple[str, str]) -> str:
    number = facts.n(cells)
    if not number:
        return f"本年度没有审结的因依申请公开引起的{name}案件。"
    found = parts(facts, *results)
    opening = f"审结因依申请公开引起的{name}共{plain(number)}件{compared(facts, cells)}"
    if len(found) == 1 and found[0].number == number:
        return f"{opening}，结果{'' if number == 1 else '均'}为{found[0].name}。"
    each = "，".join(f"{part.name}{plain(part.number)}件" for part in found)
    return f"{opening}。其中，{each}。" if found else f"{opening}。"


def appeals(facts: Facts) -> str:
    """五、因政府信息公开申请行政复议、提起行政诉讼情况"""
    return paragraphs(
        section("（一）行政复议", reconsiderations(facts)),
        section("（二）行政诉讼", suits(facts)),
    )


def fees(facts: Facts) -> str:
    """六、政府信息公开的收费及减免情况"""
    number = facts.n("7")
    if not number:
        return "在提供、公开政府信息时未收取任何费用。"
    return (
        f"依申请公开信息共收取费用{plain(number)}万元{compared(facts, '7', '万元')}。"
    )


def office(facts: Facts) -> str:
    """七、政务公开工作组织机构及人员、经费保障情况"""
    return paragraphs(
        told("共有政府信息公开专门机构{n}个", facts, "8.1", "个"),
        told("设置政府信息公开查阅点{n}个", facts, "8.2", "个"),
        told("从事政府信息公开工作人员{n}人", facts, "8.3", "人"),
        told("政府信息公开专项经费{n}万元", facts, "8.4", "万元"),
        told("举办各类培训班{n}次", facts, "9.2", "次"),
        told("接受培训人员{n}人次", facts, "9.3", "人次"),
    )


def told(sentence: str, facts: Facts, cells: str, unit: str) -> str:
    """An entered figure: nothing where nobody entered it, or nothing is to be told."""
    number = facts.n(cells)
    if not number:
        return ""
    return f"{sentence.format(n=plain(number))}{compared(facts, cells, unit)}。"


CHAPTERS = (
    Chapter(numeral="一", title="概述"),
    Chapter(numeral="二", title="基层政务公开标准化规范化试点工作情况"),
    Chapter(numeral="三", title="主动公开政府信息情况", write=proactive),
    Chapter(numeral="四", title="政府信息依申请公开情况", write=requests),
    Chapter(
        numeral="五",
        title="因政府信息公开申请行政复议、提起行政诉讼情况",
        write=appeals,
    ),
    Chapter(numeral="六", title="政府信息公开的收费及减免情况", write=fees),
    Chapter(
        numeral="七", title="政务公开工作组织机构及人员、经费保障情况", write=office
    ),
    Chapter(numeral="八", title="存在问题和改进措施"),
    Chapter(numeral="九", title="需要说明的其他事项"),
)
