"""Chapters 四 to 六 of the yearly report, in the manner of the 2018 report; every number is
a cell of the table, every share is computed from two of them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from reporting.tables import Chapter, Number

Figures = Mapping[str, Number | None]


def share(part: Number | None, whole: Number | None) -> str:
    """A percentage with two decimals, rounded half up; empty for a share of nothing."""
    if not whole or part is None:
        return ""
    exact = Decimal(part) * 100 / Decimal(whole)
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def counted(name: str, figures: Figures, code: str, whole: str) -> str:
    """当面申请740件，占20.53%"""
    percent = share(figures[code], figures[whole])
    return f"{name}{figures[code]}件" + (f"，占{percent}" if percent else "")


def requests(figures: Figures) -> str:
    """四、政府信息依申请公开情况"""
    if not figures["3.1"] and not figures["3.2"]:
        return "本年度未收到政府信息公开申请。"
    other = sum(figures[code] or 0 for code in ("3.3.5", "3.3.6", "3.3.7", "3.3.8"))
    figures = {**figures, "elsewhere": other}
    channels = "；".join(
        counted(name, figures, code, "3.1")
        for name, code in (
            ("当面申请", "3.1.1"),
            ("传真申请", "3.1.2"),
            ("网络申请", "3.1.3"),
            ("信函申请", "3.1.4"),
        )
    )
    replies = "；".join(
        counted(name, figures, code, "3.3")
        for name, code in (
            ("“属于已主动公开范围”的", "3.3.1"),
            ("“同意公开”的", "3.3.2"),
            ("“同意部分公开”的", "3.3.3"),
            ("不同意公开答复", "3.3.4"),
            (
                "以“不属于本行政机关公开”“申请信息不存在”“告知作出更改补充”"
                "“告知通过其他途径办理”等形式答复的",
                "elsewhere",
            ),
        )
    )
    return (
        f"共收到政府信息公开申请{figures['3.1']}件。提交申请的方式包括：{channels}。"
        f"共办结申请{figures['3.2']}件，其中按时办结{figures['3.2.1']}件，"
        f"延期办结{figures['3.2.2']}件；答复{figures['3.3']}件。其中，{replies}。"
        + refusals(figures)
    )


GROUNDS = {
    "3.3.4.1": "涉及国家秘密",
    "3.3.4.2": "涉及商业秘密",
    "3.3.4.3": "涉及个人隐私",
    "3.3.4.4": "危及国家安全、公共安全、经济安全和社会稳定",
    "3.3.4.5": "不是《条例》所指政府信息",
    "3.3.4.6": "法律法规规定的其他情形",
}


def refusals(figures: Figures) -> str:
    """Grounds from the most frequent down, so that the text cannot misname the largest."""
    given = sorted(
        ((figures[code] or 0, name) for code, name in GROUNDS.items() if figures[code]),
        reverse=True,
    )
    if not given:
        return ""
    listed = "；".join(f"{name}{number}件" for number, name in given)
    return f"不予公开的理由依次为：{listed}。"


def appeals(figures: Figures) -> str:
    """五、因政府信息公开申请行政复议、提起行政诉讼情况"""
    return (
        f"因依申请公开引起的行政复议共{figures['4']}件。其中，"
        f"维持具体行政行为{figures['4.1']}件，被依法纠错{figures['4.2']}件，"
        f"其他情形{figures['4.3']}件。"
        f"因依申请公开引起的行政诉讼共{figures['5']}件。其中，"
        f"维持具体行政行为或者驳回原告诉讼请求{figures['5.1']}件，"
        f"被依法纠错{figures['5.2']}件，其他情形{figures['5.3']}件。"
    )


def fees(figures: Figures) -> str:
    """六、政府信息公开的收费及减免情况"""
    if not figures["7"]:
        return "在提供政府信息时未收取任何费用。"
    return f"依申请公开信息共收取费用{figures['7']}万元。"


CHAPTERS = (
    Chapter(numeral="四", title="政府信息依申请公开情况", write=requests),
    Chapter(
        numeral="五",
        title="因政府信息公开申请行政复议、提起行政诉讼情况",
        write=appeals,
    ),
    Chapter(numeral="六", title="政府信息公开的收费及减免情况", write=fees),
)
