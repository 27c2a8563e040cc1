"""What the chapters say: of the published numbers, of an empty year, of any numbers."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.formats.national_2018 import FORM
from reporting.narrative.check import check
from reporting.narrative.prose import Facts
from reporting.narrative.reader import Known
from tests.reporting.narrative.texts import ANNEX

TOTALS = {
    "3.1": ("3.1.1", "3.1.2", "3.1.3", "3.1.4"),
    "3.2": ("3.2.1", "3.2.2"),
    "3.3.4": tuple(f"3.3.4.{n}" for n in range(1, 7)),
    "3.3": tuple(f"3.3.{n}" for n in range(1, 9)),
    "4": ("4.1", "4.2", "4.3"),
    "5": ("5.1", "5.2", "5.3"),
}


def cells(**given):
    """A table that adds up: the lines not given are 0, totals are the sums of their parts."""
    counted = {line.code: 0 for line in FORM.data_lines()} | {
        code.replace("_", "."): n for code, n in given.items()
    }
    for whole in ("3.3.4", "3.3", "3.1", "3.2", "4", "5"):
        total = sum(counted[part] for part in TOTALS[whole])
        counted[whole] = counted[whole] or total
    return {(code, "count"): n for code, n in counted.items()}


def told(cells, before=()):
    facts = Facts(column="count", cells=cells, before=dict(before))
    return {c.numeral: c.write(facts) for c in FORM.narrative}


def test_the_published_numbers():
    assert told(ANNEX)["四"] == (
        "（一）受理申请的数量\n"
        "共收到政府信息公开申请3605件。提交申请的方式包括：当面申请740件，占20.53%；"
        "传真申请46件，占1.28%；网络申请1531件，占42.47%；信函申请1288件，占35.73%。\n"
        "（二）对申请的办理情况\n"
        "依法依规办结政府信息公开申请3605件，其中按时办结3548件，延期办结57件。"
        "共答复申请3605件。其中，“属于已主动公开范围”的1140件，占31.62%；"
        "“同意公开”的1240件，占34.40%；“同意部分公开”的146件，占4.05%；"
        "不同意公开答复261件，占7.24%；以“不属于本行政机关公开”、“申请信息不存在”、"
        "“告知作出更改补充”、“告知通过其他途径办理”等形式答复的818件，占22.69%。\n"
        "（三）“不予公开”的政府信息情况\n"
        "涉及的主要为危及国家安全、公共安全、经济安全和社会稳定。不同意公开答复261件。其中，"
        "危及国家安全、公共安全、经济安全和社会稳定的109件，占41.76%；"
        "涉及个人隐私的45件，占17.24%；不是《条例》所指政府信息的41件，占15.71%；"
        "法律法规规定的其他情形的37件，占14.18%；涉及商业秘密的17件，占6.51%；"
        "涉及国家秘密的12件，占4.60%。"
    )
    assert told(ANNEX)["五"] == (
        "（一）行政复议\n"
        "审结因依申请公开引起的行政复议共105件。其中，维持具体行政行为42件，被依法纠错32件，"
        "其他情形31件。\n"
        "（二）行政诉讼\n"
        "审结因依申请公开引起的行政诉讼共102件。其中，维持具体行政行为或者驳回原告诉讼请求48件，"
        "被依法纠错9件，其他情形45件。"
    )
    assert told(ANNEX)["六"] == "在提供、公开政府信息时未收取任何费用。"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "本年度未收到政府信息公开申请。"),
        (
            {"3_1_3": 1, "3_2_1": 1, "3_3_2": 1},
            "（一）受理申请的数量\n共收到政府信息公开申请1件，为网络申请。\n"
            "（二）对申请的办理情况\n依法依规办结政府信息公开申请1件，其中按时办结1件。"
            "共答复申请1件。答复为“同意公开”的。",
        ),
        (
            {"3_1_1": 3, "3_2_1": 3, "3_3_4_3": 3},
            "（一）受理申请的数量\n共收到政府信息公开申请3件，均为当面申请。\n"
            "（二）对申请的办理情况\n依法依规办结政府信息公开申请3件，均按时办结。"
            "共答复申请3件。答复均为不同意公开答复。\n"
            "（三）“不予公开”的政府信息情况\n不同意公开答复3件，理由均为涉及个人隐私。",
        ),
        (
            {"3_1": 3, "3_1_1": 2},
            "（一）受理申请的数量\n共收到政府信息公开申请3件。提交申请的方式包括：当面申请2件，"
            "占66.67%；未登记申请方式的1件。\n"
            "（二）对申请的办理情况\n本年度没有办结的申请。",
        ),
        (
            {"3_2_2": 1, "3_2": 1},
            "（一）受理申请的数量\n本年度未收到政府信息公开申请。\n"
            "（二）对申请的办理情况\n依法依规办结政府信息公开申请1件，其中延期办结1件。",
        ),
    ],
)
def test_a_small_year_reads_well(given, expected):
    assert told(cells(**given))["四"] == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (3605, 3200, "3605件，比上年（3200件）增长12.66%。"),
        (90, 120, "90件，比上年（120件）下降25.00%。"),
        (90, 90, "90件，与上年持平。"),
        (90, 0, "90件，上年为0件。"),
        (90, None, "90件。"),
    ],
)
def test_last_year_is_compared_and_nothing_grows_from_nothing(now, before, expected):
    text = told(cells(**{"3_1": now}), {("3.1", "count"): before}.items())["四"]
    assert text.splitlines()[1] == f"共收到政府信息公开申请{expected}"


def test_the_largest_grounds_are_all_named_where_several_are_equal():
    text = told(cells(**{"3_1_1": 5, "3_2_1": 5, "3_3_4_1": 2, "3_3_4_3": 2}))["四"]
    assert "涉及的主要为涉及国家秘密、涉及个人隐私。" in text


def test_nothing_is_said_of_figures_that_nobody_entered():
    blank = {cell: None for cell in cells() if cell[0][0] in "1289"}
    assert [told(cells() | blank)[numeral] for numeral in "三七"] == ["", ""]


counts = st.one_of(st.integers(0, 3), st.integers(0, 100_000))
LEAVES = tuple(
    line.code for line in FORM.data_lines() if line.code not in {*TOTALS, "3.3.4"}
)
tables = st.fixed_dictionaries(
    {
        code.replace(".", "_"): st.decimals(0, 9999, places=4)
        if code in ("7", "8.4")
        else counts
        for code in LEAVES
    }
).map(lambda given: cells(**given))


@settings(max_examples=30, deadline=None)
@given(now=tables, before=st.one_of(st.just({}), tables))
def test_whatever_the_numbers_the_text_agrees_with_them(now, before):
    text = "\n".join(told(now, before.items()).values())
    known = Known(lexicon=FORM.lexicon, year=2018, cells=now, before=before)
    assert [f.as_json(text) for f in check(text, known)] == []
    assert not re.search(
        r"(?<![\d.])0(?:\.00)?%|(?<![\d.（为])0件，占|None|E[+-]", text
    )


def test_an_amount_is_written_without_an_exponent():
    table = cells() | {("7", "count"): Decimal("1E+3")}
    assert told(table)["六"] == "依申请公开信息共收取费用1000万元。"
