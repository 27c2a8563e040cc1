"""The page, read by an HTML parser; its fonts by what their own tables say."""

import base64
import io
import re
from html.parser import HTMLParser

import pytest
from fontTools.ttLib import TTFont

from reporting.dependencies import Unprintable
from reporting.renderers.html import HtmlRenderer
from tests.reporting.renderers.documents import (
    ANNEX,
    DEPTHS,
    ROWS,
    TABLES,
    TWO_TABLES,
    of,
)

HEAD = ("统计指标", "单位", "统计数")


class Opened(HTMLParser):
    """Tables as rows of (text, attributes); the other texts by their element's class."""

    def __init__(self, document):
        super().__init__()
        self.tables, self.said, self.path, self.asked, self.style = [], [], [], [], ""
        self.text = HtmlRenderer().render(document).decode()
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.asked += [v for k, v in attrs.items() if k in ("src", "href", "srcset")]
        if tag not in ("meta", "col"):
            self.path.append((tag, attrs))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            within = [name for name, _ in self.path]
            attrs["part"] = "thead" if "thead" in within else "tbody"
            self.tables[-1][-1].append(["", tag, attrs])

    def handle_endtag(self, tag):
        while self.path and self.path.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tag, attrs = self.path[-1]
        if tag in ("td", "th"):
            self.tables[-1][-1][-1][0] += data
        elif tag == "style":
            self.style += data
        elif "class" in attrs:
            self.said.append((attrs["class"], data))


def filled(table):
    """Rows of texts; a box that spans others stands in each that it covers."""
    boxes = {}
    for r, row in enumerate(table):
        for text, _, attrs in row:
            c = next(c for c in range(99) if (r, c) not in boxes)
            for down in range(int(attrs.get("rowspan", 1))):
                for right in range(int(attrs.get("colspan", 1))):
                    boxes[r + down, c + right] = text
    width = 1 + max(c for _, c in boxes)
    return [[boxes.pop((r, c)) for c in range(width)] for r in range(len(table))]


@pytest.fixture(scope="module")
def annex():
    return Opened(ANNEX)


@pytest.fixture(scope="module")
def two():
    return Opened(TWO_TABLES)


def test_the_annex_line_by_line(annex):
    (table,) = annex.tables
    assert [tuple(row) for row in filled(table)] == [HEAD, *ROWS]


def test_what_stands_above_the_table(annex):
    assert annex.said == [
        ("banner", "演示数据"),
        ("title", "政府信息公开情况统计表"),
        ("subtitle", "（2018年度）"),
        ("agency", "云南省人民政府"),
    ]


def test_labels_are_indented_by_their_depth(annex):
    found = {}
    for (text, _, attrs), *_ in annex.tables[0][1:]:
        indent = re.fullmatch(r"padding-left:([\d.]+)em", attrs.get("style", ""))
        found[text] = (float(indent[1]) - 0.5) / 1.5 if indent else 0
    assert found == DEPTHS


def test_two_tables_with_heads_of_several_rows_and_spans(two):
    assert [filled(table) for table in two.tables] == TABLES
    assert two.said[4:] == [
        ("caption", "一、收到和处理申请情况"),
        ("note", "@各项数据核定时间点为报告年度的12月31日。"),
        ("caption", "二、行政复议、行政诉讼情况"),
        ("note", "-复议机关作为共同被告的，只计原行为主体。"),
    ]


def test_a_reader_aloud_hears_which_boxes_a_head_belongs_to(two):
    heads = {
        text: (attrs["part"], attrs["scope"])
        for row in two.tables[0]
        for text, tag, attrs in row
        if tag == "th" and len(text) < 12
    }
    assert heads == {
        "申请人情况": ("thead", "colgroup"),
        "自然人": ("thead", "col"),
        "法人或其他组织": ("thead", "colgroup"),
        "总计": ("thead", "col"),
        "商业企业": ("thead", "col"),
        "科研机构": ("thead", "col"),
        "其他": ("thead", "col"),
        "一、本年新收申请数量": ("tbody", "row"),
        "二、上年结转申请数量": ("tbody", "row"),
        "三、本年度办理结果": ("tbody", "rowgroup"),
        "（一）予以公开": ("tbody", "row"),
        "（二）不予公开": ("tbody", "rowgroup"),
        "=1+1，属于国家秘密": ("tbody", "row"),
        "（三）收费（万元）": ("tbody", "row"),
        "四、结转下年度继续办理": ("tbody", "row"),
    }


def test_it_asks_nothing_of_any_other_host(annex):
    assert annex.asked == []
    assert re.findall(r"url\((?!data:)|@import|https?:", annex.text) == []


@pytest.mark.parametrize("document", [ANNEX, TWO_TABLES], ids=["annex", "two tables"])
def test_it_carries_every_glyph_that_it_prints(document):
    page = Opened(document)
    carried = {"400": set(), "700": set()}
    for weight, data in re.findall(
        r"font-weight:(\d+);src:url\(data:font/woff;base64,(.*?)\)", page.style
    ):
        font = TTFont(io.BytesIO(base64.b64decode(data)))
        carried[weight] |= {chr(code) for code in font.getBestCmap()}
    printed = {"400": set("第 1234567890 页 / 共 页"), "700": set()}
    bold = ("banner", "title", "caption", "chapter", "column_head")
    texts = [(kind, text) for kind, text in page.said]
    texts += [
        (a["class"], t) for rows in page.tables for row in rows for t, _, a in row
    ]
    for kind, text in texts:
        printed["700" if kind in bold else "400"] |= set(text)
    assert {w: printed[w] - carried[w] for w in carried} == {"400": set(), "700": set()}


def test_each_printed_sheet_says_its_number_and_that_it_is_a_demonstration(annex):
    (page,) = re.findall(r"@page\{.*?\}\}", annex.style)
    (banner,) = re.findall(r"@top-right\{content:'(.*?)'", page)
    codes = re.findall(r"\\([0-9a-f]+) ", banner)
    assert "".join(chr(int(code, 16)) for code in codes) == "演示数据"
    assert "counter(page) ' 页 / 共 ' counter(pages)" in page
    assert "thead { display: table-header-group; }" in annex.style
    assert "tr { break-inside: avoid; }" in annex.style


def test_the_paper(annex, two):
    papers = [re.findall(r"@page\{size:(.*?);", page.style) for page in (annex, two)]
    assert papers == [["A4 portrait"], ["A4 landscape"]]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</style><b>", "&lt;'\""]
)
def test_text_is_text_and_not_markup(text):
    page = Opened(of(text, title=text, agency=text, banner=text, notes=(text,)))
    assert page.tables[0][1][0][0] == text
    said = "".join(data for kind, data in page.said if kind != "subtitle")
    assert said == text * 4
    assert {"script", "b"}.isdisjoint(re.findall(r"<(\w+)", page.text))


def test_a_character_without_a_glyph_is_named():
    with pytest.raises(Unprintable, match=r"没有这些字：𠮷 \(U\+20BB7\)"):
        HtmlRenderer().render(of("𠮷"))


def test_drawn_twice_it_is_the_same_file():
    first, second = (HtmlRenderer().render(TWO_TABLES) for _ in range(2))
    assert first == second
