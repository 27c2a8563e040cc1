"""Which numbers of a sentence count something, and what."""

from decimal import Decimal

import pytest

from reporting.narrative.numbers import mentions, rounded, says


def told(text):
    return [(m.value, m.unit, m.sort) for m in mentions(text, 2023)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请3605件", [(3605, "件", "count")]),
        ("办结业务872.6万件", [(8726000, "件", "count")]),
        ("投入1585万元", [(1585, "万元", "count")]),
        ("收费2950元", [(Decimal("0.295"), "万元", "count")]),
        ("投资3.2亿元", [(32000, "万元", "count")]),
        ("当面申请740件，占20.53%", [(740, "件", "count"), (Decimal("20.53"), "%", "share")]),
        ("占比为5%", [(5, "%", "share")]),
        ("满意率97.15%", [(Decimal("97.15"), "%", "aside")]),
        ("比上年增长13.5%", [(Decimal("13.5"), "%", "growth")]),
        ("增长率为-5%", [(-5, "%", "growth")]),
        ("较上年增加23件", [(23, "件", "change")]),
        ("提高3.2个百分点", [(Decimal("3.2"), "个百分点", "points")]),
        ("比2022年（1030场）", [(1030, "场", "before")]),
        ("上年为80件", [(80, "件", "before")]),
        ("2023年收到80件", [(80, "件", "count")]),
        ("上年结转96件", [(96, "件", "count")]),
        ("2022年结转96件", [(96, "件", "count")]),
        ("收到一百二十三件", [(123, "件", "count")]),
        ("收到一千零五十件", [(1050, "件", "count")]),
        ("收到两万三千六百零五件", [(23605, "件", "count")]),
        ("当面申请十二件，占百分之五点三", [(12, "件", "count"), (Decimal("5.3"), "%", "share")]),
        ("增长百分之五", [(5, "%", "growth")]),
        ("完成率百分之百", [(100, "%", "aside")]),
        ("占两成", [(20, "%", "share")]),
        ("比上年增长近三成", [(30, "%", "growth")]),
        ("提高两个百分点", [(2, "个百分点", "points")]),
        ("当面申请十二件、传真申请6件", [(12, "件", "count"), (6, "件", "count")]),
        ("分别占50%、30%和20%", [(50, "%", "share"), (30, "%", "share"), (20, "%", "share")]),
    ],
)  # fmt: skip
def test_a_number_is_of_a_sort(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023年1月31日",
        "截至12月25日零时",
        "国办公开办函〔2021〕30号",
        "根据《条例》第36条第2款",
        "电话0871—63609686",
        "电话0527-84368888",
        "第5届暨第25届",
        "7个工作日内、24小时内、3个月内",
        "IPv6、H5",
        "三十六条、五公开、一件事、每一件",
        "三五件、七八件、一百五件、十七八件、数百件、几十件",
        "二十件民生实事、第十二件",
        "由三成员组成、建成一成不变",
        "百分之几、二分之一、百分之五十几",
        "1.领导高度重视",
        "做好工作；2.狠抓落实",
        "2023-12-31",
    ],
)
def test_what_counts_nothing_is_no_number(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("3605件", 3605, True),
        ("3605件", 3604, False),
        ("1.2万件", 11950, True),
        ("1.2万件", 12600, False),
        ("占34.4%", Decimal("34.3967"), True),
        ("占5.2%", Decimal("5.25"), False),
        ("近200个", 196, True),
        ("一百余件", 104, True),
        ("占两成", 21, True),
        ("占两成", 26, False),
        ("增长近三成", Decimal("29.3"), True),
        ("增长近三成", 31, False),
        ("近200个", 203, False),
        ("887900余条", 887912, True),
        ("887900余条", 887899, False),
        ("超过80%", 85, True),
        ("约100件", 98, True),
        ("约100件", 300, False),
        ("100件左右", 104, True),
    ],
)
def test_how_exactly_a_number_is_meant(text, value, expected):
    (mention,) = mentions(text, 2023)
    assert says(mention, value) is expected


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [("20.525", "0.01", "20.53"), ("2.5", "1", "3"), ("0.005", "0.01", "0.01")],
)
def test_halves_are_rounded_up(value, step, expected):
    assert rounded(Decimal(value), Decimal(step)) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到100件，其中自然人80件", ["收到", "，其中自然人"]),
        ("当面申请（740件）、传真申请（46件）", ["当面申请", "、传真申请"]),
        ("政府公报（政报）公开信息7451条", ["政府公报公开信息"]),
        ("甲。乙10件", ["乙"]),
    ],
)
def test_the_words_before_a_number(text, expected):
    assert [m.label for m in mentions(text, 2023)] == expected
