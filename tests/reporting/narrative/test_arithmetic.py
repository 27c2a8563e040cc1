"""Shares, growth, sums and what the words alone claim; numbers of an invented office.

The office's 2023 (texts.py): received 100, carried in 6, concluded 101, carried out 5;
granted 37, partly 12, refused 10, unable 31, unhandled 9, otherwise 2.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporting.narrative.check import check
from tests.reporting.narrative.texts import IN_2018, IN_2023, OFFICE, found

LAST_YEAR = replace(
    IN_2023,
    before={**OFFICE, ("3.1", "total"): 80, ("3.3.1", "total"): 40, ("3.3.7", "total"): 80},
)  # fmt: skip
FROM_NOTHING = replace(IN_2023, before={**OFFICE, ("3.1", "total"): 0})


@pytest.mark.parametrize(
    "text",
    [
        "收到申请100件，其中自然人80件，占80%。",
        "办结101件，其中予以公开37件，占36.63%；部分公开12件，占11.9%。",
        "予以公开37件，占36.63%。",
        "予以公开37件，占办结总数的36.63%。",
        "自然人申请占80.00%。",
        "予以公开、部分公开分别为37件和12件，分别占36.63%、11.88%。",
        "涉及征地60件，占申请总量的60%。",
        "发布信息500条，微信300条，占60%。",
        "满意率97.15%，好评数占评价总数的99.58%。",
        "不予公开10件，约占10%。",
    ],
)
def test_a_right_share_is_quiet(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请100件，其中自然人80件，占81%。", [("share", "81%", 81, 80)]),
        ("予以公开37件，占36.64%。", [("share", "36.64%", 36.64, 36.63)]),
        ("部分公开12件，占12%。", []),  # of what was received
        ("部分公开12件，占办结总数的12%。", []),  # 11.88% to the place printed
        ("部分公开12件，占办结总数的12.0%。", [("share", "12.0%", 12, 11.88)]),
        ("收到申请100件。办结申请101件。办理结果中，部分公开12件，占11.88%。", []),
        (
            "收到申请100件。办结申请101件。办理结果中，予以公开37件，占36.63%；部分公开12件，占12.00%。",
            [("share", "12.00%", 12, 11.88)],
        ),
        ("办结申请101件。", []),
        ("办结申请100件。", [("cell", "100", 100, 101)]),  # what was received
        ("全年办结申请106件。", [("cell", "106", 106, 101)]),  # and carried in
        ("办理结果总计100件。", [("cell", "100", 100, 101)]),
        ("自然人申请占83%。", [("share", "83%", 83, 80)]),
        ("分别为37件和12件", []),
        ("予以公开、部分公开分别为37件和12件，分别占36.63%、11.98%。",
         [("share", "11.98%", 11.98, 11.88)]),
        ("涉及征地60件，占申请总量的61%。", [("share", "61%", 61, 60)]),
        ("共公开信息12条，其中指南1条，占8.33%，公文5条，占41%。", [("share", "41%", 41, 41.67)]),
    ],
)  # fmt: skip
def test_a_wrong_share_is_told_with_the_right_one(text, expected):
    assert found(text) == expected


def test_a_misprinted_count_is_not_told_again_in_its_share():
    text = "收到申请100件，其中自然人83件，占80%。"
    assert found(text) == [("cell", "83", 83, 80)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布信息150条，比2022年（120条）增长25%。", []),
        ("发布信息90条，比上年（120条）下降25%。", []),
        ("发布信息150条，比2022年（120条）增长20%。", [("growth", "120条）增长20%", 20, 25)]),
        ("发布信息90条，比上年（120条）增长25%。", [("growth", "120条）增长25%", 25, -25)]),
        ("信息由上年的120条增加到150条，增长25.5%。", [("growth", "120条增加到150条，增长25.5%", 25.5, 25)]),
        ("发布信息150条，增长30%（上年为120条）。", [("growth", "30%", 30, 25)]),
        ("发布信息150条，较上年增加30条，增长25%。", []),
        ("发布信息150条，较上年增加30条，增长26%。", [("growth", "30条，增长26%", 26, 25)]),
        ("发布信息150条，比上年（120条）增加40条。", [("change", "40", 40, 30)]),
        ("发布信息150条，同比增长25%。", []),
        ("发布信息150条，比上年（0条）增长100%。", [("growth", "100%", 100, None)]),
    ],
)  # fmt: skip
def test_growth_against_last_years_number_in_the_text(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请100件，同比增长25%。", []),
        ("收到申请100件，较上年增加20件，增长25.00%。", []),
        ("收到申请100件，同比增长20%。", [("growth", "20%", 20, 25)]),
        ("收到申请100件，同比增加22件。", [("change", "22", 22, 20)]),
        ("上年收到申请80件。", []),
        ("上年收到申请81件。", [("cell", "81", 81, 80)]),
        ("予以公开37件，占36.63%，比上年下降13.37个百分点。", []),
        (
            "予以公开37件，占36.63%，比上年下降12个百分点。",
            [("points", "12", 12, 13.37)],
        ),
    ],
)
def test_growth_against_last_years_report(text, expected):
    assert found(text, LAST_YEAR) == expected


def test_there_is_no_growth_from_nothing():
    text = "收到申请100件，同比增长100%。"
    assert found(text, FROM_NOTHING) == [("growth", "100%", 100, None)]


def test_the_wrong_base_is_named():
    text = "发布信息150条，比上年（120条）增长20%。"
    (told,) = check(text, IN_2023)
    assert "误以本年数为基数" in told.message


@pytest.mark.parametrize(
    "text",
    [
        "处置181起，其中自然灾害39起、事故灾难78起、公共卫生事件5起、社会安全事件59起。",
        "共发布90条（其中，县区50条，市直部门40条），回应3次。",
        "培训100人，其中局机关60人、其他40人。",
        "举办活动20次，其中座谈8次、参观5次。",
        "发布100条，其中微博60条，占60%；微信30条，占30%。",
    ],
)
def test_parts_that_need_not_add_up_or_do(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("处置181起，其中自然灾害39起、事故灾难78起、公共卫生事件5起、社会安全事件58起。",
         [("sum", "181起，其中自然灾害39起、事故灾难78起、公共卫生事件5起、社会安全事件58", 181, 180)]),
        ("培训100人，其中局机关60人、其他50人。", [("sum", "100人，其中局机关60人、其他50", 100, 110)]),
        ("发布100条，其中微博60条，占60%；微信41条，占40%。",
         [("sum", "100条，其中微博60条，占60%；微信41", 100, 101)]),
        ("收到申请100件，其中县区70件、市直部门40件。", [("sum", "70件、市直部门40", 100, 110)]),
    ],
)  # fmt: skip
def test_parts_that_mean_to_be_all_add_up(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省本级共投入1585万元，各州、市和省直各部门共投入3219.47万元。", []),
        ("省本级共投入1586万元，各州、市和省直各部门共投入3219.47万元。",
         [("sum", "1586万元，各州、市和省直各部门共投入3219.47", 4805.47, 4804.47)]),
    ],
)  # fmt: skip
def test_two_neighbours_given_for_their_sum(text, expected):
    assert found(text, IN_2018) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不予公开的主要为保护第三方合法权益。", []),
        ("不予公开的理由主要是属于四类过程性信息。",
         [("largest", "主要是属于四类过程性信息", 3, 7)]),
        ("申请内容主要涉及征地拆迁、城市规划等。", []),
        ("无法提供的主要为本机关不掌握相关政府信息。", []),
        ("2023年未收到政府信息公开申请。", [("nothing", "未收到政府信息公开申请", 0, 100)]),
        ("未发生因政府信息公开引发的行政诉讼案件。",
         [("nothing", "未发生因政府信息公开引发的行政诉讼案件", 0, 6)]),
        ("未发生行政诉讼败诉案件。", []),
    ],
)  # fmt: skip
def test_what_the_words_alone_claim(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全市共建成政务公开专区15个。\n全市共建成政务公开专区16个。",
            [("itself", "16", 16, 15)],
        ),
        ("全市共建成政务公开专区15个。\n全市共建成政务公开专区15个。", []),
        ("省直部门发布30条。\n省直部门发布40条。", []),
    ],
)
def test_a_fact_stated_twice(text, expected):
    assert found(text) == expected


def test_a_fact_whose_cell_is_blank_is_held_against_itself():
    blank = replace(IN_2023, cells={("3.1", "total"): None})
    text = "收到申请100件。\n全年共收到政府信息公开申请101件。"
    assert found(text, blank) == [("itself", "101", 101, 100)]


def test_cells_of_every_unit_are_compared():
    text = "行政事业性收费85.3万元，作出行政许可决定1.2万件，行政处罚决定561件。"
    assert found(text) == [
        ("cell", "85.3", 85.3, float(Decimal("85.2"))),
        ("cell", "561", 561, 560),
    ]
