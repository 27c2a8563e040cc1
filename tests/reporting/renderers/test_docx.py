"""The Word document, opened as the zip of XML that it is."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from reporting.renderers.docx import DocxRenderer
from tests.reporting.renderers.documents import (
    ANNEX,
    DEPTHS,
    HEADINGS,
    ROWS,
    TABLES,
    TWO_TABLES,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A4 = (11906, 16838)  # twentieths of a point


class Opened:
    def __init__(self, document):
        self.zip = zipfile.ZipFile(io.BytesIO(DocxRenderer().render(document)))
        self.body = self.part("word/document.xml")
        self.tables = list(self.body.iter(f"{W}tbl"))

    def part(self, name):
        return ElementTree.fromstring(self.zip.read(name))

    def parts(self, start):
        names = [n for n in self.zip.namelist() if n.startswith(start)]
        return [self.part(name) for name in names]

    def outside_tables(self):
        """Texts of the paragraphs above, between and under the tables."""
        paragraphs = self.body.find(f"{W}body").findall(f"{W}p")
        return [said(p) for p in paragraphs if said(p)]


@pytest.fixture(scope="module")
def annex():
    return Opened(ANNEX)


@pytest.fixture(scope="module")
def two():
    return Opened(TWO_TABLES)


def said(element):
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def value(element, path, otherwise=None):
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return otherwise if found is None else found.get(f"{W}val", "")


def filled(table):
    """Rows of texts; a box that spans others stands in each that it covers."""
    rows = []
    for row in table.iter(f"{W}tr"):
        boxes = []
        for box in row.iter(f"{W}tc"):
            above = value(box, "tcPr/vMerge") == "continue"
            text = rows[-1][len(boxes)] if above else said(box)
            boxes += [text] * int(value(box, "tcPr/gridSpan", 1))
        rows.append(boxes)
    return rows


def test_the_annex_line_by_line(annex):
    (table,) = annex.tables
    head, *rows = filled(table)
    assert head == ["统计指标", "单位", "统计数"]
    assert [tuple(row) for row in rows] == ROWS


def test_what_stands_above_the_table(annex):
    assert annex.outside_tables() == [
        "政府信息公开情况统计表",
        "（2018年度）",
        "云南省人民政府",
    ]


def test_labels_are_indented_by_their_depth(annex):
    (table,) = annex.tables
    found = {}
    for row in list(table.iter(f"{W}tr"))[1:]:
        indent = row.find(f".//{W}ind")
        found[said(row.find(f"{W}tc"))] = (
            0 if indent is None else int(indent.get(f"{W}left")) / 360
        )
    assert found == DEPTHS


def test_two_tables_with_their_captions_and_notes(two):
    assert [filled(table) for table in two.tables] == TABLES
    assert two.outside_tables()[3:] == [
        "一、收到和处理申请情况",
        "@各项数据核定时间点为报告年度的12月31日。",
        "二、行政复议、行政诉讼情况",
        "-复议机关作为共同被告的，只计原行为主体。",
    ]


@pytest.mark.parametrize("document", [ANNEX, TWO_TABLES], ids=["annex", "two tables"])
def test_heads_repeat_and_no_row_is_split(document):
    opened = Opened(document)
    for table, grid in zip(opened.tables, document.grids, strict=True):
        rows = list(table.iter(f"{W}tr"))
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        whole = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows]
        assert repeated == [n < len(grid.head) for n in range(len(rows))]
        assert all(whole)


def test_a_heading_is_kept_with_the_line_below_it(annex):
    (table,) = annex.tables
    kept = {
        said(row.find(f"{W}tc"))
        for row in list(table.iter(f"{W}tr"))[1:]
        if all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p"))
    }
    assert kept == HEADINGS


def test_rows_that_a_label_groups_stay_on_one_page_and_a_note_with_its_table(two):
    kept = [
        [
            all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p"))
            for row in table.iter(f"{W}tr")
        ]
        for table in two.tables
    ]
    assert kept == [[True] * 10, [True] * 3 + [False]]


def test_every_page_says_its_number_and_that_it_is_a_demonstration(annex):
    (header,), (footer,) = annex.parts("word/header"), annex.parts("word/footer")
    assert said(header) == "演示数据"
    fields = [f.get(f"{W}instr") for f in footer.iter(f"{W}fldSimple")]
    assert (said(footer), fields) == ("第 1 页 / 共 1 页", ["PAGE", "NUMPAGES"])


def test_the_paper(annex, two):
    sizes = []
    for opened in (annex, two):
        size = opened.body.find(f".//{W}sectPr/{W}pgSz")
        sizes.append((int(size.get(f"{W}w")), int(size.get(f"{W}h"))))
    assert [tuple(sorted(s)) for s in sizes] == [A4, A4]
    assert [w < h for w, h in sizes] == [True, False]


def test_the_fonts_are_named_and_their_stand_in_too(annex):
    used = {f.get(f"{W}eastAsia") for f in annex.body.iter(f"{W}rFonts")}
    assert used == {"方正小标宋简体", "仿宋_GB2312"}
    fonts = annex.part("word/fontTable.xml").iter(f"{W}font")
    stand_in = {f.get(f"{W}name"): value(f, "altName") for f in fonts}
    assert {name: stand_in[name] for name in used} == dict.fromkeys(used, "宋体")


def test_chinese_is_set_as_chinese(annex):
    spoken = annex.part("word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert spoken.get(f"{W}eastAsia") == "zh-CN"


def test_drawn_twice_it_is_the_same_file_in_order_and_undated():
    first, second = (DocxRenderer().render(TWO_TABLES) for _ in range(2))
    assert first == second
    parts = zipfile.ZipFile(io.BytesIO(first)).infolist()
    assert [p.filename for p in parts] == sorted(p.filename for p in parts)
    assert {p.date_time for p in parts} == {(2000, 1, 1, 0, 0, 0)}
