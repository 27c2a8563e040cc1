"""The pictures of a report in its Word document."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from reporting.grid import Drawing
from reporting.pictures import Mark, Series, bars, trend
from reporting.renderers.docx import DocxRenderer
from tests.reporting.renderers.documents import REPORT, WHOLE_2018

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CM = 360_000  # in the unit of drawings

CHANNELS = Drawing(
    title="申请方式（件）",
    svg=bars("申请方式（件）", [Mark("网络", 3, ""), Mark("信函", 1, "")]),
)
YEARS = Drawing(
    title="历年收到（件）",
    svg=trend(
        "历年收到（件）", [Series("收到", (Mark("2017", 0, ""), Mark("2018", 4, "")))]
    ),
)
AGENCIES = Drawing(
    title="所辖机关收到（件）",
    svg=bars("所辖机关收到（件）", [Mark(f"第{n}局", n, "") for n in range(1, 90)]),
)
RARE = Drawing(
    title="所辖机关（件）", svg=bars("所辖机关（件）", [Mark("𪚥县", 3, "")])
)
TOLD = replace(WHOLE_2018, pictures=(CHANNELS, YEARS))


def opened(document):
    file = zipfile.ZipFile(io.BytesIO(DocxRenderer().render(document)))
    return file, ElementTree.fromstring(file.read("word/document.xml"))


def said(paragraph):
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def test_each_has_its_caption_above_it_and_its_numbers_in_words():
    _, body = opened(TOLD)
    paragraphs = list(body.find(f"{W}body").findall(f"{W}p"))
    found = [
        n for n, p in enumerate(paragraphs) if p.find(f".//{W}drawing") is not None
    ]
    captions = [said(paragraphs[n - 1]) for n in found]
    assert captions == ["图1　申请方式（件）", "图2　历年收到（件）"]
    assert all(paragraphs[n - 1].find(f"{W}pPr/{W}keepNext") is not None for n in found)
    assert [d.get("descr") for d in body.iter(f"{WP}docPr")] == [
        "申请方式（件）：网络 3；信函 1",
        "历年收到（件）：收到 2017 0；收到 2018 4",
    ]
    assert "附图" in [said(p) for p in paragraphs]


def test_each_is_a_picture_of_the_file_and_has_a_number_of_its_own():
    file, body = opened(TOLD)
    relations = ElementTree.fromstring(file.read("word/_rels/document.xml.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations}
    shown = [targets[blip.get(f"{R}embed")] for blip in body.iter(f"{A}blip")]
    contents = [file.read(f"word/{name}") for name in shown]
    assert len(set(contents)) == 2
    assert all(c.startswith(b"\x89PNG") for c in contents)
    numbers = [d.get("id") for d in body.iter(f"{WP}docPr")]
    assert len(set(numbers)) == 2


@pytest.mark.parametrize("report", [WHOLE_2018, REPORT], ids=["upright", "across"])
def test_none_is_wider_or_higher_than_its_page(report):
    _, body = opened(replace(report, pictures=(CHANNELS, AGENCIES)))
    size = body.find(f".//{W}sectPr/{W}pgSz")
    page = [int(size.get(f"{W}{side}")) * 635 for side in "wh"]
    for extent in body.iter(f"{WP}extent"):
        wide, high = (int(extent.get(side)) for side in ("cx", "cy"))
        assert wide <= page[0] - 5.2 * CM + 1000
        assert high <= page[1] - 4.4 * CM - 2 * CM


def test_what_our_fonts_lack_is_said_in_words():
    _, body = opened(replace(TOLD, pictures=(CHANNELS, RARE)))
    assert len(list(body.iter(f"{W}drawing"))) == 1
    assert "所辖机关（件）：𪚥县 3" in [said(p) for p in body.iter(f"{W}p")]


def test_drawn_twice_it_is_the_same_file():
    first, second = (DocxRenderer().render(TOLD) for _ in "12")
    assert first == second


def test_tables_alone_carry_no_picture():
    file, _ = opened(WHOLE_2018)
    assert [n for n in file.namelist() if "media" in n] == []
