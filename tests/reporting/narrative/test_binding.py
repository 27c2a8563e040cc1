"""Phrases → cells, whatever the order of the words."""

from dataclasses import replace

import pytest

from tests.reporting.narrative.texts import IN_2018, IN_2023, reading


def told(text, known):
    """Number → the cells it is bound to, as a person writes them."""
    read = reading(text, known)
    return {
        int(read.found[place].value): "+".join(map(written, bound.sums[0]))
        for place, bound in read.bound.items()
    }


def written(term):
    line, column = term
    return line if column in ("total", "count") else f"{line}:{column}"


REFUSED = "+".join(f"3.3.3.{n}" for n in range(1, 9))
ORGANISATIONS = "+".join(
    f"3.1:org.{kind}"
    for kind in ("company", "research", "ngo", "legal_service", "other")
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共收到政府信息公开申请11件", {11: "3.1"}),
        ("全市收到11件政府信息公开申请", {11: "3.1"}),
        ("新收申请11件，上年结转5件", {11: "3.1", 5: "3.2"}),
        ("收到申请11件，其中自然人8件、法人或其他组织3件",
         {11: "3.1", 8: "3.1:natural_person", 3: ORGANISATIONS}),
        ("收到申请11件，其中8件为自然人申请", {11: "3.1", 8: "3.1:natural_person"}),
        ("予以公开9件，其中自然人7件", {9: "3.3.1", 7: "3.3.1:natural_person"}),
        ("其中商业企业4件，法律服务机构2件，其他1件",
         {4: "3.1:org.company", 2: "3.1:org.legal_service", 1: "3.1:org.other"}),
        ("不予公开6件", {6: REFUSED}),
        ("另有72件申请按规定顺延到下年度答复", {72: "3.4"}),
        ("予以公开及部分公开14件", {14: "3.3.2+3.3.1"}),
        ("予以公开、部分公开分别为10件、4件", {10: "3.3.1", 4: "3.3.2"}),
        ("行政复议10件，维持6件，纠正2件，其他1件，尚未审结1件",
         {10: "4.1", 6: "4.1:upheld", 2: "4.1:corrected", 1: "4.1:pending"}),
        ("行政诉讼7件，其中维持3件", {7: "4.2+4.3", 3: "4.2:upheld+4.3:upheld"}),
        ("未经复议直接起诉2件，复议后起诉4件，其中维持3件",
         {2: "4.2", 4: "4.3", 3: "4.3:upheld"}),
        ("作出行政处罚决定560件，公开行政处罚决定72件", {560: "2.6.1:c1"}),
        ("其中，县区收到申请80件，市直部门收到申请20件", {}),
        ("市公安局收到申请20件", {}),
        ("其中涉及征地50件、拆迁30件、其他20件", {}),
        ("2022年收到申请90件", {90: "3.1"}),
        ("召开工作会议3次，培训12场", {}),
    ],
)  # fmt: skip
def test_the_phrases_of_the_later_forms(text, expected):
    assert told(text, IN_2023) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全省共收到依申请公开11件", {11: "3.1"}),
        ("当面申请（8件）、网络申请（3件）", {8: "3.1.1", 3: "3.1.3"}),
        ("“同意公开”的7件；“同意部分公开”的2件；不同意公开答复总数4件",
         {7: "3.3.2", 2: "3.3.3", 4: "3.3.4"}),
        ("以“不属于本行政机关公开”、“申请信息不存在”等形式答复的6件", {6: "3.3.6+3.3.5"}),
        ("行政诉讼案件共9件。其中，维持具体行政行为或者驳回原告诉讼请求5件，"
         "被依法纠错3件，其他情形1件", {9: "5", 5: "5.1", 3: "5.2", 1: "5.3"}),
        ("通过政务微博发布政府信息99条", {99: "1.2.3"}),
        ("省直部门发布99条", {}),
        ("共召开新闻发布会11次，其中省级新闻发布会3次", {11: "2.2.1"}),
        ("共发布政策解读稿件85篇", {85: "2.2.3"}),
        ("共有政府信息公开查阅点96个", {96: "8.2"}),
        ("拥有14714名工作人员", {}),
    ],
)  # fmt: skip
def test_the_phrases_of_the_2018_form(text, expected):
    assert told(text, IN_2018) == expected


def test_the_office_whose_report_it_is_speaks_for_itself():
    known = replace(IN_2023, office="某市公安局")
    assert told("市公安局收到申请20件", known) == {20: "3.1"}
