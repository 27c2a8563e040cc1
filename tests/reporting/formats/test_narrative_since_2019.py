"""一、总体情况 of the later forms: of an office's year, an empty year, and any numbers."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.formats.narrative_since_2019 import ABOUT, CHAPTERS_2019, CHAPTERS_2021
from reporting.formats.phrases_since_2019 import LEXICON_2019, LEXICON_2021
from reporting.narrative.check import check
from reporting.narrative.prose import Facts
from reporting.narrative.reader import Known
from reporting.tables import silent
from tests.reporting.narrative.texts import APPEALS, KINDS, LINES, OFFICE, RESULTS

OUT = tuple(code for code in LINES if code.startswith("3.3.") and code != "3.3.7")


def told(cells, before=(), chapters=CHAPTERS_2021):
    facts = Facts(column="total", cells=cells, before=dict(before))
    return {c.numeral: c.write(facts) for c in chapters if c.write is not silent}


def table(rows, appeals):
    """A table that adds up, of {line: per kind} and {procedure: per result}."""
    rows = {line: rows.get(line, (0,) * 6) for line in LINES}
    rows["3.3.7"] = tuple(map(sum, zip(*(rows[line] for line in OUT), strict=True)))
    cells = {
        (line, kind): n
        for line, row in rows.items()
        for kind, n in zip(KINDS, row, strict=True)
    }
    cells |= {(line, "total"): sum(row) for line, row in rows.items()}
    for line, row in appeals.items():
        cells |= {(line, r): n for r, n in zip(RESULTS, row, strict=True)}
        cells[line, "total"] = sum(row)
    return cells


def test_an_offices_year():
    assert told(OFFICE) == {
        "一": (
            "（一）主动公开。制发行政规范性文件9件，废止行政规范性文件4件，"
            "现行有效行政规范性文件31件，作出行政许可决定12034件，作出行政处罚决定560件，"
            "行政事业性收费85.2万元。\n"
            "（二）依申请公开。新收政府信息公开申请100件。其中，自然人申请80件，占80.00%；"
            "商业企业申请12件，占12.00%；科研机构申请1件，占1.00%；"
            "社会公益组织申请2件，占2.00%；法律服务机构申请4件，占4.00%；"
            "其他组织申请1件，占1.00%。上年结转6件。办结申请101件。办理结果中，"
            "予以公开37件，占36.63%；部分公开12件，占11.88%；不予公开10件，占9.90%；"
            "无法提供31件，占30.69%；不予处理9件，占8.91%；其他处理2件，占1.98%。"
            "结转下年度继续办理5件。\n"
            "（三）行政复议和行政诉讼。因政府信息公开引起的行政复议10件。其中，结果维持6件，"
            "结果纠正2件，其他结果1件，尚未审结1件。因政府信息公开引起的行政诉讼6件。其中，"
            "结果维持3件，结果纠正1件，其他结果1件，尚未审结1件。"
        ),
        "六": "",
    }


@pytest.mark.parametrize(
    ("fees", "expected"),
    [
        (Decimal("0.295"), "本年度收取信息处理费2950元。"),
        (0, "本年度未收取信息处理费。"),
    ],
)
def test_the_processing_fees_are_told_in_yuan(fees, expected):
    cells = {**OFFICE, ("fee_without_line", "total"): fees}
    assert told(cells)["六"] == expected


@pytest.mark.parametrize(
    ("rows", "appeals", "expected"),
    [
        ({}, {}, "（二）依申请公开。本年度未收到政府信息公开申请。本年度没有办结的申请。\n"
                 "（三）行政复议和行政诉讼。本年度没有因政府信息公开引起的行政复议案件。"
                 "本年度没有因政府信息公开引起的行政诉讼案件。"),
        ({"3.1": (1, 0, 0, 0, 0, 0), "3.3.1": (1, 0, 0, 0, 0, 0)},
         {"4.1": (1, 0, 0, 0), "4.2": (0, 2, 0, 0)},
         "（二）依申请公开。新收政府信息公开申请1件。申请人为自然人。办结申请1件。"
         "办理结果为予以公开。\n"
         "（三）行政复议和行政诉讼。因政府信息公开引起的行政复议1件，结果维持。"
         "因政府信息公开引起的行政诉讼2件，均为结果纠正。"),
        ({"3.2": (2, 0, 0, 0, 0, 0), "3.4": (2, 0, 0, 0, 0, 0)}, {},
         "（二）依申请公开。本年度未收到政府信息公开申请，上年结转2件。本年度没有办结的申请。"
         "结转下年度继续办理2件。\n"
         "（三）行政复议和行政诉讼。本年度没有因政府信息公开引起的行政复议案件。"
         "本年度没有因政府信息公开引起的行政诉讼案件。"),
    ],
)  # fmt: skip
def test_a_small_year_reads_well(rows, appeals, expected):
    assert told(table(rows, appeals))["一"] == expected


def test_last_year_is_compared_in_percent_and_in_points():
    before = {
        **OFFICE,
        ("3.1", "total"): 80,
        ("3.3.1", "total"): 40,
        ("3.3.7", "total"): 80,
    }
    text = told(OFFICE, before.items())["一"]
    assert "新收政府信息公开申请100件，比上年（80件）增长25.00%。" in text
    assert "办结申请101件，比上年（80件）增长26.25%。" in text
    assert "予以公开占比比上年降低13.37个百分点。" in text


def test_the_form_of_2019_has_one_line_for_other_handling():
    cells = {cell: n for cell, n in OFFICE.items() if not cell[0].startswith("3.3.6")}
    cells["3.3.6", "total"] = 2
    text = told(cells, chapters=CHAPTERS_2019)["一"]
    assert "其他处理2件，占1.98%" in text
    known = Known(lexicon=LEXICON_2019, year=2019, cells=cells, before={})
    assert [f.as_json(text) for f in check(text, known)] == []


rows = st.dictionaries(
    st.sampled_from([code for code in LINES if code != "3.3.7"]),
    st.tuples(*[st.one_of(st.integers(0, 2), st.integers(0, 3000))] * 6),
)
appeals = st.fixed_dictionaries(
    {line: st.tuples(*[st.integers(0, 50)] * 4) for line in APPEALS}
)
tables = st.builds(table, rows, appeals)


@settings(max_examples=30, deadline=None)
@given(now=tables, before=st.one_of(st.just({}), tables))
def test_whatever_the_numbers_the_text_agrees_with_them(now, before):
    text = told(now, before.items())["一"]
    known = Known(lexicon=LEXICON_2021, year=2023, cells=now, before=before)
    assert [f.as_json(text) for f in check(text, known)] == []
    assert not re.search(r"(?<![\d.])0(?:\.00)?%|(?<![\d.])0件，占|None", text)
    assert len(text) <= ABOUT
