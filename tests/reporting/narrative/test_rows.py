"""A table printed within the text."""

import pytest

from reporting.narrative.check import check
from reporting.narrative.reader import Known
from reporting.narrative.rows import PrintedLine
from tests.reporting.narrative.texts import ANNEX, IN_2018, IN_2023, LINES_2018

MATRIX = (PrintedLine("3.1", "一、本年新收政府信息公开申请数量", ("a", "b", "total")),)


def told(text, lines=LINES_2018, known=IN_2018):
    return [(text[f.start : f.end], f.left, f.right) for f in check(text, known, lines)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. 当面申请数\t件\t740", []),
        ("1. 当面申请数\t件\t741", [("741", 741, 740)]),
        ("| 当面 | 741 |", []),
        ("1.当面申请数\t件\t", []),
        ("(一) 收到申请数\t件\t3,604", [("3,604", 3604, 3605)]),
        ("其中：涉及国家秘密\t件\t12\n涉及商业秘密\t件\t18", [("18", 18, 17)]),
    ],
)
def test_each_number_is_held_against_its_line(text, expected):
    assert told(text) == expected


def test_labels_that_recur_are_told_apart_by_their_order():
    text = "四、行政复议数量\t件\t105\n（二）被依法纠错数\t件\t32\n五、行政诉讼数量\t件\t102\n（二）被依法纠错数\t件\t9"
    assert told(text) == []
    assert told(text[:-1] + "8") == [("8", 8, ANNEX["5.2", "count"])]


@pytest.mark.parametrize(
    ("row", "expected"),
    [("8\t0\t8", []), ("8\t0\t9", [("9", 9, 8)]), ("8\t9", [])],
)
def test_a_row_of_several_columns(row, expected):
    cells = {("3.1", "a"): 8, ("3.1", "b"): 0, ("3.1", "total"): 8}
    known = Known(lexicon=IN_2023.lexicon, year=2023, cells=cells, before={})
    text = f"一、本年新收政府信息公开申请数量\t{row}"
    assert told(text, MATRIX, known) == expected
