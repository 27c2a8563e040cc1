"""An office's own headings, and which column each is proposed to be."""

import pytest

from requests_app.imports.columns import REQUESTS
from requests_app.imports.proposals import header, headings_of, set_of

CASES = [
    ("登记编号", "number", True),
    ("received_on", "received_on", True),
    ("受理编号", "number", False),
    ("办结时间", "replied_on", False),
    ("申请人的姓名", "applicant_name", False),
    ("来件方式", "channel", False),
    ("备注", "", False),
]


@pytest.mark.parametrize(("text", "column", "known"), CASES)
def test_what_a_heading_is_proposed_to_be(tmp_path, text, column, known):
    file = tmp_path / "a.csv"
    file.write_text(f"受理机关,{text}\n530000,x\n")
    told = [(h.text, h.column, h.known) for h in headings_of(file, REQUESTS)]
    assert told == [("受理机关", "agency", True), (text, column, known)]


def test_no_column_is_proposed_twice(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("受理编号,编号,单位\n1,2,3\n")
    assert [h.column for h in headings_of(file, REQUESTS)] == ["number", "", "agency"]


def test_a_title_above_foreign_headings_is_no_header():
    lines = [(1, ["二〇一八年台账", None]), (2, ["编号", "单位"]), (3, ["1", "2"])]
    assert header(lines, REQUESTS, {}) == ["编号", "单位"]


def test_a_set_of_headings_has_one_name_whatever_the_order(tmp_path):
    names = []
    for n, text in enumerate(("编号,单位", "单位, 编 号", "编号,日期")):
        file = tmp_path / f"{n}.csv"
        file.write_text(f"{text}\n1,2\n")
        names.append(set_of(headings_of(file, REQUESTS)))
    assert [name == names[0] for name in names] == [True, True, False]
