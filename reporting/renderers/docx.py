import io
import zipfile
from datetime import datetime

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.shared import Cm

from reporting.grid import Document, Grid, Prose
from reporting.renderers.docx_pictures import pictures
from reporting.renderers.docx_table import (
    BODY_FONT,
    BOTH,
    CENTRE,
    LEFT,
    RIGHT,
    TITLE_FONT,
    element,
    field,
    new_page,
    paragraph,
    run,
    table,
)

FALLBACK = "宋体"
FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a file's bytes must not depend on the day)
A4_CM = (21, 29.7)
MARGIN_CM = 2.6
TEXT = 14  # points of running text
RED = "B00020"


class DocxRenderer:
    """A document that an office goes on editing: real tables, heads that repeat."""

    ending = ".docx"
    content_type = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )

    def render(self, document: Document) -> bytes:
        made = docx.Document()
        describe(made.core_properties, document)
        speak_chinese(made)
        name_fallback(made)
        page(made.sections[0], document)
        for found in body(document, made.part):
            made.element.body.insert_element_before(found, "w:sectPr")
        out = io.BytesIO()
        made.save(out)
        return in_order(out.getvalue())


def describe(properties, document: Document) -> None:
    properties.title = document.annexed_to or document.title
    properties.author = document.agency
    properties.created = properties.modified = FIXED
    properties.comments, properties.language = "", "zh-CN"


def speak_chinese(made) -> None:
    """A text in no language is set with the punctuation of Taipei."""
    (default,) = made.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    for child in list(default):
        default.remove(child)
    names = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), BODY_FONT)
    default.append(element("rFonts", **names))
    default.append(element("lang", val="en-US", eastAsia="zh-CN"))
    for spoken in made.settings.element.xpath("w:themeFontLang"):
        spoken.set(qn("w:eastAsia"), "zh-CN")


def name_fallback(made) -> None:
    """A machine without these two fonts is told to take 宋体."""
    part = made.part.part_related_by(RELATION.FONT_TABLE)
    fonts = parse_xml(part.blob)
    for name in (TITLE_FONT, BODY_FONT):
        other, gb2312 = element("altName", val=FALLBACK), element("charset", val="86")
        fonts.append(element("font", other, gb2312, name=name))
    part._blob = serialize_part_xml(fonts)


def page(section, document: Document) -> None:
    width, height = map(Cm, A4_CM)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(2.2)
    banner = run(document.banner, size=12, bold=True, colour=RED)
    replace(section.header, paragraph(banner, align=RIGHT))
    counted = (
        run("第 ", size=10.5),
        field("PAGE"),
        run(" 页 / 共 ", size=10.5),
        field("NUMPAGES"),
        run(" 页", size=10.5),
    )
    replace(section.footer, paragraph(*counted, align=CENTRE))


def replace(part, new) -> None:
    first = part.paragraphs[0]._p
    first.getparent().replace(first, new)


def body(document: Document, part: StoryPart):
    yield from titled(document.annexed_to or document.title, document)
    annex = bool(document.annexed_to)
    width = A4_CM[document.landscape] - 2 * MARGIN_CM
    for told in document.in_order():
        if isinstance(told, Prose):
            yield from chapter(told)
            continue
        if annex:
            yield paragraph(new_page(), align=LEFT)
            yield paragraph(run("附件", size=14), align=LEFT, after=4)
            yield from titled(document.title, document)
            annex = False
        yield from drawn(told, width)
    yield from map(noted, document.notes)
    yield from pictures(document, part, width)


def titled(title: str, document: Document):
    yield paragraph(run(title, size=22, font=TITLE_FONT), align=CENTRE, after=4)
    yield paragraph(run(document.subtitle, size=14), align=CENTRE, after=8)
    if document.agency:
        yield paragraph(run(document.agency, size=12), align=LEFT, after=4)


def chapter(prose: Prose):
    heading = run(prose.heading, size=16, bold=True)
    yield paragraph(heading, align=LEFT, after=4, keep=True)
    for text in prose.paragraphs:
        said = run(text, size=TEXT)
        yield paragraph(said, align=BOTH, first=2 * TEXT, line=1.75 * TEXT)
    yield paragraph(align=LEFT)


def drawn(grid: Grid, width: float):
    if grid.caption:
        caption = run(grid.caption, size=14, bold=True)
        yield paragraph(caption, align=LEFT, after=4, keep=True)
    yield table(grid, width)
    yield from map(noted, grid.notes)
    yield paragraph(align=LEFT)  # two tables that touch would become one


def noted(text: str):
    return paragraph(run(text, size=10.5), align=LEFT)


def in_order(content: bytes) -> bytes:
    """The same parts zipped again in order with a fixed date: equal documents, equal
    bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in sorted(made.namelist()):
            part = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            again.writestr(part, made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
