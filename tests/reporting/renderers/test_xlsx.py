"""The workbook, opened by openpyxl."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from reporting.grid import Grid
from reporting.renderers.xlsx import XlsxRenderer
from tests.reporting.renderers.documents import (
    ANNEX,
    DEPTHS,
    LONG,
    ROWS,
    TABLES,
    TWO_TABLES,
    head,
    numbers,
    of,
)

TOP = 5  # the row of the annex's head: banner, title, year, agency stand above it


def opened(document):
    content = XlsxRenderer().render(document)
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def annex():
    return opened(ANNEX).active


@pytest.fixture(scope="module")
def two():
    return opened(TWO_TABLES)


def as_printed(value):
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return "" if value is None else str(value)


def filled(sheet, first, last):
    """Rows of texts; a merged box stands in each that it covers."""
    boxes = {
        (row, column): as_printed(sheet.cell(row, column).value)
        for row in range(first, last + 1)
        for column in range(1, sheet.max_column + 1)
    }
    for area in sheet.merged_cells.ranges:
        for row, column in area.cells:
            if (row, column) in boxes:
                boxes[row, column] = boxes[area.min_row, area.min_col]
    columns = range(1, sheet.max_column + 1)
    return [[boxes[row, c] for c in columns] for row in range(first, last + 1)]


def test_the_annex_line_by_line(annex):
    rows = list(annex.iter_rows(min_row=TOP, values_only=True))
    assert rows[0] == ("统计指标", "单位", "统计数")
    assert [tuple(map(as_printed, row)) for row in rows[1:]] == ROWS


def test_numbers_are_numbers_and_a_heading_has_none(annex):
    found = {row[0].value: row[2] for row in annex.iter_rows(min_row=TOP + 1)}
    kinds = {label: (c.data_type, c.value is None) for label, c in found.items()}
    assert kinds == {label: ("n", number == "") for label, _, number in ROWS}


def test_what_stands_above_the_table(annex):
    assert [annex.cell(row, 1).value for row in range(1, TOP)] == [
        "演示数据",
        "政府信息公开情况统计表",
        "（2018年度）",
        "云南省人民政府",
    ]


def test_labels_are_indented_by_their_depth(annex):
    found = {
        row[0].value: int(row[0].alignment.indent)
        for row in annex.iter_rows(min_row=TOP + 1)
    }
    assert found == DEPTHS


def test_the_printed_page(annex):
    setup = annex.page_setup
    assert (setup.paperSize, setup.orientation) == (9, "portrait")
    assert annex.sheet_properties.pageSetUpPr.fitToPage is True
    assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0), "1 is the default"
    assert annex.print_title_rows == f"${TOP}:${TOP}"
    assert annex.oddHeader.right.text == "演示数据"
    assert annex.oddFooter.center.text == "第 &P 页 / 共 &N 页"
    assert annex.freeze_panes == f"A{TOP + 1}"
    first, last = re.findall(r"\d+", annex.print_area)
    assert (int(first), int(last)) == (2, TOP + 65), (
        "the banner's row is for the screen"
    )


def test_the_fonts_are_named_and_their_stand_in_too():
    book = opened(ANNEX)
    sheet = book.active
    assert sheet["A2"].font.name == "方正小标宋简体"
    body = {c.font.name for row in sheet.iter_rows(min_row=TOP) for c in row}
    assert body == {"仿宋_GB2312"}
    assert {sheet["A2"].font.charset, sheet.cell(TOP, 1).font.charset} == {134}
    assert book._fonts[0].name == "宋体"


def test_two_tables_have_a_sheet_each_with_its_own_head_and_caption(two):
    first, second = two.worksheets
    assert filled(first, 6, 15) == TABLES[0]
    assert filled(second, 6, 9) == TABLES[1]
    assert [first["A5"].value, second["A5"].value] == [
        "一、收到和处理申请情况",
        "二、行政复议、行政诉讼情况",
    ]
    assert [s.print_title_rows for s in two.worksheets] == ["$6:$8", "$6:$8"]
    assert {s.page_setup.orientation for s in two.worksheets} == {"landscape"}
    assert {s.oddHeader.right.text for s in two.worksheets} == {"演示数据"}
    assert first["A16"].value == "@各项数据核定时间点为报告年度的12月31日。"
    assert second["A10"].value == "-复议机关作为共同被告的，只计原行为主体。"


def test_a_blank_is_a_blank_and_not_a_nought(two):
    sheet = two.worksheets[0]
    assert [sheet.cell(10, column).value for column in (4, 5, 6)] == [2, None, 0]


def test_a_row_is_as_high_as_its_longest_label(two):
    sheet = two.worksheets[0]
    heights = {
        sheet.cell(row, 3).value: sheet.row_dimensions[row].height
        for row in range(12, 14)
    }
    assert heights["=1+1，属于国家秘密"] == 20.25
    assert heights[LONG] >= 20.25 + 2 * 16.5


def test_a_table_without_a_head_repeats_nothing():
    document = of("数")
    (grid,) = document.grids
    sheet = opened(replace(document, grids=(replace(grid, head=()),))).active
    assert sheet.print_title_rows is None
    assert [c.value for c in sheet[3]] == ["数", "件", 7]


def test_four_characters_fit_the_narrowest_column():
    narrow = Grid(
        head=(tuple(head("结果维持") for _ in range(15)),),
        body=(numbers(*range(15)),),
        widths=(1 / 15,) * 15,
    )
    sheet = opened(replace(of("数"), grids=(narrow,))).active
    assert {c.width >= 8 for c in sheet.column_dimensions.values()} == {True}
    assert sheet.row_dimensions[3].height == 20.25


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_text_becomes_a_formula(first):
    text = f"{first}1+1"
    content = XlsxRenderer().render(
        of(text, title=text, agency=text, banner=text, notes=(text,))
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    found = [c for row in sheet.iter_rows() for c in row if c.value == text]
    assert [c.data_type for c in found] == ["s"] * 5
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_drawn_twice_it_is_the_same_file():
    first, second = (XlsxRenderer().render(TWO_TABLES) for _ in range(2))
    assert first == second
