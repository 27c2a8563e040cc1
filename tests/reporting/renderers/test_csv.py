"""The text file, read by csv."""

import csv

import pytest

from reporting.grid import Cell, Document, Grid, Role
from reporting.renderers.csv_ import CsvRenderer
from tests.reporting.renderers.documents import ANNEX, LONG, NOTE, ROWS, TWO_TABLES, of


def rows(document):
    content = CsvRenderer().render(document)
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 by its mark"
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


def test_the_annex_line_by_line():
    assert [tuple(row) for row in rows(ANNEX)] == [
        ("演示数据", "", ""),
        ("政府信息公开情况统计表", "", ""),
        ("（2018年度）", "", ""),
        ("云南省人民政府", "", ""),
        ("统计指标", "单位", "统计数"),
        *ROWS,
    ]


def test_two_tables_one_under_the_other():
    """What spans several boxes stands in the first, as a spreadsheet would save it."""
    told = [",".join(row).rstrip(",") for row in rows(TWO_TABLES)]
    assert told == [
        "演示数据",
        "政府信息公开工作年度报告",
        "（2023年度）",
        "示例市人民政府",
        "一、收到和处理申请情况",
        f"{NOTE},,,申请人情况",
        ",,,自然人,法人或其他组织,,,总计",
        ",,,,商业企业,科研机构,其他",
        "一、本年新收申请数量,,,12,3,0,1,16",
        "二、上年结转申请数量,,,2,,0,0",
        "三、本年度办理结果,（一）予以公开,,9,2,0,1,12",
        ",（二）不予公开,'=1+1，属于国家秘密,1,0,0,0,1",
        f",,{LONG},2,1,0,0,3",
        ",（三）收费（万元）,,0.000001,12.345678,0,,12.345679",
        "四、结转下年度继续办理,,,2,0,0,0,2",
        "'@各项数据核定时间点为报告年度的12月31日。",
        "二、行政复议、行政诉讼情况",
        "行政复议,,行政诉讼",
        ",,未经复议直接起诉,,复议后起诉",
        "结果维持,总计,结果维持,总计,结果维持,总计",
        "31,42,53,64,75,86",
        "'-复议机关作为共同被告的，只计原行为主体。",
    ]


def test_every_row_is_equally_wide():
    assert {len(row) for row in rows(TWO_TABLES)} == {8}


@pytest.mark.parametrize(
    "first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
)
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(first):
    text = f"{first}1+1"
    content = CsvRenderer().render(
        of(text, title=text, agency=text, banner=text, notes=(text,))
    )
    assert content.decode("utf-8-sig").count(f"'{text}") == 5


def test_a_negative_number_stays_a_number():
    fewer = Cell(role=Role.NUMBER, number=-3)
    grid = Grid(head=(), body=((fewer,),), widths=(1,))
    assert rows(Document(title="表", subtitle="年", grids=(grid,)))[-1] == ["-3"]


def test_drawn_twice_it_is_the_same_file():
    assert CsvRenderer().render(TWO_TABLES) == CsvRenderer().render(TWO_TABLES)
