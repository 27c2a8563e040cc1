"""How each form is laid out: heads of several rows, labels before their lines."""

from decimal import Decimal

import pytest

from reporting.formats import fujian_legacy, national_2018, national_2019, national_2021
from reporting.grid import Role
from reporting.layout import NOTHING, UNWRITTEN, document
from tests.reporting.published import published


def drawn(form, table):
    return document(form, table, agency="某市人民政府", banner="草稿")


def shape(cell):
    return cell.text, cell.columns, cell.rows


SUQIAN = drawn(national_2021.FORM, published("suqian-2023"))
PINGTAN = drawn(national_2019.FORM, published("pingtan-2020"))


def test_the_captions_and_the_paper_of_the_later_forms():
    for document_, year in ((SUQIAN, 2023), (PINGTAN, 2020)):
        assert document_.landscape
        assert document_.subtitle == f"（{year}年度）"
        assert [grid.caption for grid in document_.grids] == [
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
        ]
    assert SUQIAN.notes == ("各项数据核定时间点为报告年度的12月31日。",)


def test_proactive_disclosure_is_bands_with_heads_of_their_own():
    rows = [[shape(cell)[:2] for cell in row] for row in SUQIAN.grids[0].body]
    assert rows[:3] == [
        [("第二十条第（一）项", 4)],
        [("信息内容", 1), ("本年制发件数", 1), ("本年废止件数", 1), ("现行有效件数", 1)],
        [("规章", 1), ("", 1), ("", 1), ("", 1)],
    ]  # fmt: skip
    assert rows[-2:] == [
        [("信息内容", 1), ("本年收费金额（单位：万元）", 3)],
        [("行政事业性收费", 1), ("", 3)],
    ]
    assert SUQIAN.grids[0].body[-1][1].number == Decimal("59237.2449")
    assert PINGTAN.grids[0].body[-2][2].columns == 2  # 采购总金额


def test_the_heads_over_the_applicants_are_three_rows():
    assert [[shape(cell) for cell in row] for row in SUQIAN.grids[1].head] == [
        [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
         ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [("商业企业", 1, 1), ("科研机构", 1, 1), ("社会公益组织", 1, 1),
         ("法律服务机构", 1, 1), ("其他", 1, 1)],
    ]  # fmt: skip


def labels(grid):
    return [
        [shape(cell) for cell in row if cell.role is Role.LABEL] for row in grid.body
    ]


def test_a_heading_stands_before_the_lines_under_it():
    rows = labels(SUQIAN.grids[1])
    assert len(rows) == 25
    assert rows[0] == [("一、本年新收政府信息公开申请数量", 3, 1)]
    assert rows[2] == [("三、本年度办理结果", 1, 22), ("（一）予以公开", 2, 1)]
    assert rows[4] == [("（三）不予公开", 1, 8), ("1.属于国家秘密", 1, 1)]
    assert rows[5] == [("2.其他法律行政法规禁止公开", 1, 1)]
    assert rows[-2:] == [[("（七）总计", 2, 1)], [("四、结转下年度继续办理", 3, 1)]]
    assert labels(PINGTAN.grids[1])[-3:-1] == [
        [("（六）其他处理", 2, 1)], [("（七）总计", 2, 1)],
    ]  # fmt: skip


def test_the_cases_stand_side_by_side():
    grid = SUQIAN.grids[2]
    assert [[shape(cell) for cell in row] for row in grid.head[:2]] == [
        [("行政复议", 5, 2), ("行政诉讼", 10, 1)],
        [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
    ]
    assert [cell.text for cell in grid.head[2]] == [
        "结果维持", "结果纠正", "其他结果", "尚未审结", "总计",
    ] * 3  # fmt: skip
    assert [cell.number for cell in grid.body[0]] == [
        309, 17, 88, 26, 440, 1, 1, 16, 6, 24, 13, 0, 67, 9, 89,
    ]  # fmt: skip


def test_every_box_with_a_number_knows_its_cell():
    for form, document_ in (
        (national_2021.FORM, SUQIAN),
        (national_2019.FORM, PINGTAN),
    ):
        places = [c.at for g in document_.grids for c in g.cells() if c.at]
        assert sorted(places) == sorted(form.cells)


def test_lists_have_a_column_for_each_of_the_forms():
    for form, heads in (
        (national_2018.FORM, ["统计指标", "单位", "统计数"]),
        (fujian_legacy.FORM, ["指标名称", "计量单位", "本年度", "历年累计"]),
    ):
        (grid,) = drawn(form, {"year": 2018, "cells": {}}).grids
        assert [cell.text for cell in grid.head[0]] == heads
        assert len(grid.body) == len(form.lines)


@pytest.mark.parametrize(("signed", "said"), [(False, UNWRITTEN), (True, NOTHING)])
def test_every_heading_of_the_outline_is_printed(signed, said):
    told = {"year": 2021, "cells": {}, "narrative": {"一": "甲", "六": "乙"}}
    paper = document(national_2021.FORM, told, agency="丙", signed=signed)
    assert [(p.heading, p.text, p.before) for p in paper.prose] == [
        ("一、总体情况", "甲", 0),
        ("五、存在的主要问题及改进情况", said, 3),
        ("六、其他需要报告的事项", "乙", 3),
    ]


def test_the_outline_of_2018_is_whole_before_anybody_wrote():
    told = {"year": 2018, "cells": {}, "narrative": {"四": "甲"}}
    paper = document(national_2018.FORM, told, agency="丙")
    assert [p.heading[0] for p in paper.prose] == list("一二三四五六七八九")


def test_a_quarter_has_no_outline():
    told = {"year": 2018, "from": "2018-01-01", "to": "2018-03-31", "cells": {},
            "narrative": {}}  # fmt: skip
    assert document(national_2018.FORM, told, agency="丙").prose == ()
