"""The printed pages, read by pypdfium2: each number in the row and column of its label."""

from dataclasses import replace

import pypdfium2
import pytest

from reporting.dependencies import Unprintable
from reporting.renderers.pdf import PdfRenderer
from tests.reporting.renderers.documents import (
    ANNEX,
    DEPTHS,
    HEADINGS,
    ROWS,
    TABLES,
    TWO_TABLES,
    of,
    tall,
)
from tests.reporting.renderers.ruled import Page, fonts

HEAD = ["统计指标", "单位", "统计数"]
A4, A4_LANDSCAPE = (595, 842), (842, 595)


@pytest.fixture(scope="module")
def annex():
    return pages(ANNEX)


@pytest.fixture(scope="module")
def two():
    return pages(TWO_TABLES)


def pages(document):
    return [
        Page(page) for page in pypdfium2.PdfDocument(PdfRenderer().render(document))
    ]


def lines(pages):
    """The rows of every page's table without the repeated head."""
    return [tuple(row) for page in pages for row in page.tables()[0][1:]]


def test_the_annex_line_by_line(annex):
    assert lines(annex) == ROWS


def test_the_head_is_repeated_on_each_page(annex):
    assert len(annex) > 1
    assert [page.tables()[0][0] for page in annex] == [HEAD] * len(annex)


def test_each_page_says_its_number_and_that_it_is_a_demonstration(annex):
    said = [page.text.split() for page in annex]
    assert [(words[0], "".join(words[-7:])) for words in said] == [
        ("演示数据", f"第{n}页/共{len(annex)}页") for n in range(1, len(annex) + 1)
    ]


def test_what_stands_above_the_table(annex):
    assert annex[0].text.split()[1:4] == [
        "政府信息公开情况统计表",
        "（2018年度）",
        "云南省人民政府",
    ]


def test_labels_are_indented_by_their_depth(annex):
    """A level is one and a half characters of 12 points; a bracket's ink begins late."""
    found = {
        box.text: (box.indent - 6) / 18
        for page in annex
        for box in page.boxes
        if box.text in DEPTHS
    }
    assert found.keys() == DEPTHS.keys()
    assert {label: int(depth + 0.2) for label, depth in found.items()} == DEPTHS


def test_no_heading_ends_a_page():
    """Wherever the page breaks: the annex pushed down by a title of one, two, … lines."""
    for lower in range(1, 8):
        found = pages(replace(ANNEX, title="\n".join(["表"] * lower)))
        last = [page.tables()[0][-1][0] for page in found]
        assert HEADINGS.isdisjoint(last), f"{last} with {lower} lines of title"
        assert lines(found) == ROWS


def test_two_tables_with_heads_of_several_rows_and_spans(two):
    assert [table for page in two for table in page.tables()] == TABLES


def test_captions_and_notes_stand_where_they_belong(two):
    told = "".join(page.text for page in two)
    places = [
        told.index(text)
        for text in (
            "一、收到和处理申请情况",
            "12.345678",
            "@各项数据核定时间点",
            "二、行政复议、行政诉讼情况",
            "-复议机关作为共同被告的",
        )
    ]
    assert places == sorted(places)


def test_the_paper(annex, two):
    assert {page.size for page in annex} == {A4}
    assert {page.size for page in two} == {A4_LANDSCAPE}


def test_a_label_beside_many_rows_runs_on_over_the_page():
    """三、本年度办理结果 over 80 rows: every row is there, the head on each page."""
    found = pages(tall(80))
    rows = [row for page in found for row in page.tables()[0][1:]]
    assert len(found) > 1
    assert [(row[1], row[2]) for row in rows] == [
        (f"第{n}项", str(n)) for n in range(80)
    ]


@pytest.mark.parametrize(("rows", "expected"), [(20, [20]), (25, [25])])
def test_rows_that_a_label_groups_stay_on_one_page_where_they_fit(rows, expected):
    """The same table twice: no page has room for both."""
    document = tall(rows)
    found = pages(replace(document, grids=document.grids * 2))
    assert [len(page.tables()[0]) - 1 for page in found] == expected * 2


def test_a_table_without_a_head_begins_with_its_first_row():
    document = of("数")
    (grid,) = document.grids
    (page,) = pages(replace(document, grids=(replace(grid, head=()),)))
    assert page.tables() == [[["数", "件", "7"]]]


def test_the_file_carries_its_fonts():
    content = PdfRenderer().render(ANNEX)
    found = fonts(pypdfium2.PdfDocument(content))
    assert {embedded for _, embedded in found} == {True}
    assert {name.split("-")[-1] for name, _ in found} == {"Regular", "Bold"}


def test_it_says_what_it_is():
    told = pypdfium2.PdfDocument(PdfRenderer().render(ANNEX)).get_metadata_dict()
    assert (told["Title"], told["Author"]) == (ANNEX.title, ANNEX.agency)
    assert told["CreationDate"].startswith("D:20000101")


@pytest.mark.parametrize("where", ["label", "title", "agency", "banner"])
def test_a_character_without_a_glyph_is_named(where):
    document = of("𠮷") if where == "label" else of("数", **{where: "𠮷"})
    with pytest.raises(Unprintable, match=r"没有这些字：𠮷 \(U\+20BB7\)"):
        PdfRenderer().render(document)


@pytest.mark.parametrize("name", ["鄠邑区", "猇亭区", "二〇一八年", "㳇河乡", "婼羌县"])
def test_places_are_printed_by_their_names(name):
    (page,) = pages(of("数", agency=name))
    assert name in page.text


@pytest.mark.parametrize("text", ["#pagebreak()", "*重*", "$x$", "= 题", "@某", "//"])
def test_text_is_text_and_not_typst(text):
    (page,) = pages(of(text, title=text, notes=(text,)))
    assert page.tables()[0][1] == ["".join(text.split()), "件", "7"]
    assert page.text.count(text) == 3


def test_drawn_twice_it_is_the_same_file():
    first, second = (PdfRenderer().render(TWO_TABLES) for _ in range(2))
    assert first == second
