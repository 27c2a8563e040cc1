"""What the suites draw: the source document's own annex, and a made-up report of two
tables with everything that a form of today asks of paper."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from reporting.demo import office
from reporting.formats.national_2018 import FORM
from reporting.grid import Cell, Document, Grid, Prose, Role
from reporting.layout import document

CELLS = {code: {"count": value} for code, value in office.CELLS.items()}
ANNEX = document(
    FORM, {"year": 2018, "cells": CELLS}, agency="云南省人民政府", banner="演示数据"
)
#: depth, label, unit, number of the printed annex, copied from the source document
with (Path(__file__).parent / "annex.tsv").open(encoding="utf-8", newline="") as paper:
    PRINTED = [tuple(row) for row in csv.reader(paper, delimiter="\t")][1:]
ROWS = [(label, unit, number) for _depth, label, unit, number in PRINTED]
HEADINGS = {label for _, label, unit, _ in PRINTED if not unit}
DEPTHS = {label: int(depth) for depth, label, _unit, _number in PRINTED}


def head(text: str, **span: int) -> Cell:
    return Cell(role=Role.COLUMN_HEAD, text=text, **span)


def label(text: str, **how: int) -> Cell:
    return Cell(role=Role.LABEL, text=text, **how)


def numbers(*found: int | Decimal | None) -> tuple[Cell, ...]:
    return tuple(Cell(role=Role.NUMBER, number=number) for number in found)


LONG = (
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    "（经两次告知仍不明确的，计入第（四）项，不计本项）"
)
# fmt: off
APPLICANTS = Grid(
    caption="一、收到和处理申请情况",
    widths=(0.08, 0.1, 0.3, 0.12, 0.1, 0.1, 0.1, 0.1),
    head=(
        (Cell(role=Role.CORNER, text="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", columns=3, rows=3), head("申请人情况", columns=5)),
        (head("自然人", rows=2), head("法人或其他组织", columns=3), head("总计", rows=2)),
        (head("商业企业"), head("科研机构"), head("其他")),
    ),
    body=(
        (label("一、本年新收申请数量", columns=3), *numbers(12, 3, 0, 1, 16)),
        (label("二、上年结转申请数量", columns=3), *numbers(2, None, 0, 0, None)),
        (label("三、本年度办理结果", rows=4), label("（一）予以公开", columns=2), *numbers(9, 2, 0, 1, 12)),
        (label("（二）不予公开", rows=2), label("=1+1，属于国家秘密"), *numbers(1, 0, 0, 0, 1)),
        (label(LONG), *numbers(2, 1, 0, 0, 3)),
        (label("（三）收费（万元）", columns=2), *numbers(Decimal("0.000001"), Decimal("12.345678"), 0, None, Decimal("12.345679"))),
        (label("四、结转下年度继续办理", columns=3), *numbers(2, 0, 0, 0, 2)),
    ),
    notes=("@各项数据核定时间点为报告年度的12月31日。",),
)
APPEALS = Grid(
    caption="二、行政复议、行政诉讼情况",
    widths=(0.2, 0.2, 0.15, 0.15, 0.15, 0.15),
    head=(
        (head("行政复议", columns=2, rows=2), head("行政诉讼", columns=4)),
        (head("未经复议直接起诉", columns=2), head("复议后起诉", columns=2)),
        tuple(map(head, ("结果维持", "总计") * 3)),
    ),
    body=(numbers(31, 42, 53, 64, 75, 86),),
)
# fmt: on
TWO_TABLES = Document(
    title="政府信息公开工作年度报告",
    subtitle="（2023年度）",
    agency="示例市人民政府",
    grids=(APPLICANTS, APPEALS),
    notes=("-复议机关作为共同被告的，只计原行为主体。",),
    banner="演示数据",
    landscape=True,
)

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
#: the two tables box by box: what spans several boxes stands in each
TABLES = [
    [
        [
            {"勾稽": NOTE, "LONG": LONG}.get(text.strip(), text.strip())
            for text in line.split("|")
        ]
        for line in table.strip().splitlines()
    ]
    for table in (
        """
勾稽               |勾稽              |勾稽               |申请人情况|申请人情况    |申请人情况    |申请人情况    |申请人情况
勾稽               |勾稽              |勾稽               |自然人   |法人或其他组织|法人或其他组织|法人或其他组织|总计
勾稽               |勾稽              |勾稽               |自然人   |商业企业     |科研机构      |其他        |总计
一、本年新收申请数量 |一、本年新收申请数量|一、本年新收申请数量 |12      |3          |0           |1          |16
二、上年结转申请数量 |二、上年结转申请数量|二、上年结转申请数量 |2       |           |0           |0          |
三、本年度办理结果   |（一）予以公开     |（一）予以公开      |9       |2          |0           |1          |12
三、本年度办理结果   |（二）不予公开     |=1+1，属于国家秘密  |1       |0          |0           |0          |1
三、本年度办理结果   |（二）不予公开     |LONG             |2       |1          |0           |0          |3
三、本年度办理结果   |（三）收费（万元）  |（三）收费（万元）   |0.000001|12.345678  |0           |           |12.345679
四、结转下年度继续办理|四、结转下年度继续办理|四、结转下年度继续办理|2    |0          |0           |0          |2
""",
        """
行政复议|行政复议|行政诉讼       |行政诉讼       |行政诉讼 |行政诉讼
行政复议|行政复议|未经复议直接起诉|未经复议直接起诉|复议后起诉|复议后起诉
结果维持|总计   |结果维持       |总计          |结果维持 |总计
31     |42    |53           |64           |75     |86
""",
    )
]


def of(text: str, **also: str | tuple[str, ...]) -> Document:
    """A document whose one label is this text."""
    row = (label(text), Cell(role=Role.UNIT, text="件"), *numbers(7))
    grid = Grid(
        head=(tuple(map(head, ("统计指标", "单位", "统计数"))),),
        body=(row,),
        widths=(0.6, 0.2, 0.2),
    )
    return Document(
        **{"title": "表", "subtitle": "（2018年度）", "grids": (grid,)} | also
    )


def tall(rows: int) -> Document:
    """A label beside more rows than a page holds."""
    first = (label("三、本年度办理结果", rows=rows), label("第0项"), *numbers(0))
    others = [(label(f"第{n}项"), *numbers(n)) for n in range(1, rows)]
    grid = Grid(
        head=((head("指标", columns=2), head("数")),),
        body=(first, *others),
        widths=(0.2, 0.6, 0.2),
    )
    return Document(title="表", subtitle="（2018年度）", grids=(grid,))


#: the same two tables with a report's text around them
REPORT = replace(
    TWO_TABLES,
    prose=(
        Prose(heading="一、总体情况", text="新收申请16件。\n予以公开12件。", before=0),
        Prose(heading="五、存在的主要问题", text="无<script>。", before=2),
    ),
)
#: and the annex of 2018 behind its report
WHOLE_2018 = replace(
    ANNEX,
    annexed_to="政府信息公开工作报告",
    prose=(Prose(heading="一、概述", text="收到3605件。", before=0),),
)
IN_ORDER = ["一、总体情况", "新收申请16件。", "予以公开12件。", "一、收到和处理申请情况", "二、行政复议、行政诉讼情况", "五、存在的主要问题", "无<script>。"]  # fmt: skip
IN_ORDER_2018 = ["政府信息公开工作报告", "一、概述", "收到3605件。", "附件", "政府信息公开情况统计表", "统计指标"]  # fmt: skip


def places(text: str, words: list[str]) -> list[int]:
    """Where each stands, for a test that they follow one another."""
    found, start = [], 0
    for word in words:
        start = text.index(word, start)
        found.append(start)
    return found
