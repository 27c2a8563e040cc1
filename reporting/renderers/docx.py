import io
import zipfile
from datetime import datetime

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reporting.grid import Cell, Grid, Role, plain, positions

TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a file's bytes must not depend on the day)
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
TEXT_WIDTH_CM = 16.0


class DocxRenderer:
    ending = ".docx"
    content_type = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )

    def render(self, grid: Grid) -> bytes:
        document = docx.Document()
        document.core_properties.title = grid.title
        document.core_properties.author = grid.agency
        document.core_properties.created = document.core_properties.modified = FIXED
        page(document, grid)
        said(document, grid.title, font=TITLE_FONT, size=20, align=CENTRE)
        said(document, grid.subtitle, size=14, align=CENTRE)
        said(document, grid.agency, size=11)
        table(document, grid)
        for note in grid.notes:
            said(document, note, size=10.5)
        out = io.BytesIO()
        document.save(out)
        return in_order(out.getvalue())


def page(document, grid: Grid) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if grid.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    header = section.header.paragraphs[0]
    write(header, grid.banner, size=12)
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer = section.footer.paragraphs[0]
    footer.alignment = CENTRE
    write(footer, "第 ", size=10)
    counter(footer, "PAGE")
    write(footer, " 页 / 共 ", size=10)
    counter(footer, "NUMPAGES")
    write(footer, " 页", size=10)


def counter(paragraph, field: str) -> None:
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), field)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    simple.append(run)
    paragraph._p.append(simple)


def said(document, text: str, *, size: float, font: str = BODY_FONT, align=None):
    if text:
        paragraph = document.add_paragraph()
        paragraph.alignment = align
        write(paragraph, text, size=size, font=font)


def write(paragraph, text: str, *, size: float, font: str = BODY_FONT, bold=False):
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    run._element.rPr.rFonts.set(qn("w:hAnsi"), font)


def table(document, grid: Grid) -> None:
    rows = (*grid.head, *grid.body)
    made = document.add_table(rows=len(rows), cols=len(grid.widths))
    made.style, made.autofit = "Table Grid", False
    boxes = [list(row.cells) for row in made.rows]
    for row, column, cell in positions(rows):
        box = boxes[row][column]
        if cell.rows > 1 or cell.columns > 1:
            box = box.merge(boxes[row + cell.rows - 1][column + cell.columns - 1])
        fill(box, cell)
    for n, row in enumerate(made.rows):
        for box, share in zip(boxes[n], grid.widths, strict=True):
            box.width = Cm(TEXT_WIDTH_CM * share)
        keep(row, repeat=n < len(grid.head))


def fill(box, cell: Cell) -> None:
    paragraph = box.paragraphs[0]
    text = plain(cell.number) if cell.role is Role.NUMBER else cell.text
    bold = cell.role in (Role.CHAPTER, Role.COLUMN_HEAD)
    write(paragraph, text, size=12, bold=bold)
    if cell.role in (Role.LABEL, Role.CHAPTER):
        paragraph.paragraph_format.left_indent = Pt(12 * 1.5 * cell.depth)
    else:
        paragraph.alignment = CENTRE


def keep(row, *, repeat: bool) -> None:
    """A row is not broken over two pages; the head is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def in_order(content: bytes) -> bytes:
    """The same parts zipped again in order with a fixed date: equal grids, equal bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in sorted(made.namelist()):
            part = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            again.writestr(part, made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
