"""An office's own text: what stands in braces is told from the cells, or refused by name."""

import pytest

from reporting.formats.national_2018 import FORM
from reporting.narrative.placeholders import NotBound, check, resolve, unfilled
from reporting.narrative.prose import Facts
from tests.reporting.narrative.texts import ANNEX

BEFORE = {
    ("3.1", "count"): 3200,
    ("3.1.1", "count"): 640,
    ("4.1", "count"): 0,
    ("5.2", "count"): 9,
}
FACTS = Facts(column="count", cells={**ANNEX, ("2.1", "count"): None}, before=BEFORE)

# fmt: off
TOLD = [
    ("共收到{3.1}件。", "共收到3605件。"),
    ("经费{8.4}万元。", "经费4804.47万元。"),
    ("线上线下共{3.1.1 + 3.1.3}件", "线上线下共2271件"),
    ("当面{3.1.1:count}件", "当面740件"),
    ("占{3.1.1/3.1 %}", "占20.53%"),
    ("占{ 3.1.1 ／ 3.1％ }", "占20.53%"),
    ("占{3.1.1+3.1.2/3.1 %}", "占21.80%"),
    ("上年{3.1 上年}件", "上年3200件"),
    ("比上年{3.1 同比}", "比上年增长12.66%"),
    ("与上年{5.2 同比}", "与上年持平"),
    ("占比{3.1.1/3.1 百分点}", "占比提高0.53个百分点"),
    ("{自动段落}\n另外。", "数字写成的。\n另外。"),
    ("没有占位符。", "没有占位符。"),
    # what nobody can tell stays as it is: blank, no last year, growth from nothing
    ("{2.1}", "{2.1}"),
    ("{3.2 上年}", "{3.2 上年}"),
    ("{4.1 同比}", "{4.1 同比}"),
    ("{3.1.1/2.1 %}", "{3.1.1/2.1 %}"),
]
REFUSED = {
    "{9.9}": "没有 9.9:count 这一格",
    "{3.1:total}": "没有 3.1:total 这一格",
    "{3.1.1/3.9 %}": "没有 3.9:count 这一格",
    "{收到申请数}": "看不懂 {收到申请数}",
    "{3.1.1/3.1}": "看不懂 {3.1.1/3.1}",
    "{3.1 %}": "看不懂 {3.1 %}",
    "{}": "看不懂 {}",
    "{3.1": "没有成对",
    "3.1}": "没有成对",
}
# fmt: on


@pytest.mark.parametrize(("typed", "told"), TOLD)
def test_what_is_printed(typed, told):
    check(typed, "count", FORM.cells)
    assert resolve(typed, FACTS, "数字写成的。") == told


@pytest.mark.parametrize(("typed", "named"), REFUSED.items())
def test_what_cannot_be_bound_is_named(typed, named):
    with pytest.raises(NotBound) as error:
        check(typed, "count", FORM.cells)
    assert named in str(error.value)


def test_a_chapter_without_generated_paragraphs_leaves_no_empty_line():
    assert resolve("{自动段落}\n另外。", FACTS) == "另外。"


def test_what_is_left_to_be_filled_is_found():
    assert list(unfilled(resolve("{3.1}、{2.1}、{3.2 上年}", FACTS))) == [
        "{2.1}", "{3.2 上年}",
    ]  # fmt: skip


def test_a_form_that_has_lost_a_cell_leaves_the_placeholder_standing():
    assert resolve("{9.9}", FACTS) == "{9.9}"
