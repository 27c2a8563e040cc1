import io
import zipfile
from datetime import datetime

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Cm

from reporting.grid import Document
from reporting.renderers.docx_table import CENTRE, LEFT, RIGHT, field, paragraph, run
from reporting.renderers.docx_table import table as table_of

TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a file's bytes must not depend on the day)
MARGIN_CM = 2.4


class DocxRenderer:
    """A document that an office goes on editing: real tables, heads that repeat."""

    ending = ".docx"
    content_type = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )

    def render(self, document: Document) -> bytes:
        made = docx.Document()
        properties = made.core_properties
        properties.title, properties.author = document.title, document.agency
        properties.created = properties.modified = FIXED
        page(made.sections[0], document)
        for element in body(document):
            made.element.body.insert_element_before(element, "w:sectPr")
        out = io.BytesIO()
        made.save(out)
        return in_order(out.getvalue())


def body(document: Document):
    yield paragraph(run(document.title, size=20, font=TITLE_FONT), align=CENTRE)
    yield paragraph(run(document.subtitle, size=14), align=CENTRE)
    if document.agency:
        yield paragraph(run(document.agency, size=11), align=LEFT)
    width_cm = (29.7 if document.landscape else 21) - 2 * MARGIN_CM
    for grid in document.grids:
        if grid.caption:
            yield paragraph(
                run(grid.caption, size=14, bold=True), align=LEFT, keep=True
            )
        yield table_of(grid, width_cm)
        for note in grid.notes:
            yield paragraph(run(note, size=10.5), align=LEFT)
        yield paragraph(align=LEFT)  # two tables that touch would become one
    for note in document.notes:
        yield paragraph(run(note, size=10.5), align=LEFT)


def page(section, document: Document) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(2.2)
    replace(section.header, paragraph(run(document.banner, size=12), align=RIGHT))
    counted = (
        run("第 ", size=10),
        field("PAGE"),
        run(" 页 / 共 ", size=10),
        field("NUMPAGES"),
        run(" 页", size=10),
    )
    replace(section.footer, paragraph(*counted, align=CENTRE))


def replace(part, element) -> None:
    first = part.paragraphs[0]._p
    first.getparent().replace(first, element)


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
