"""The official table as a file, once warm. Floors: for XLSX the same cells as the barest
workbook that a spreadsheet opens, for PDF an empty page by the same typesetter; the usual
way is openpyxl without any of the page's looks."""

import io
import zipfile
from html import escape

import openpyxl
import typst

from benchmarks.measuring import in_turns, tell
from reporting.demo import office
from reporting.formats.national_2018 import FORM
from reporting.grid import Document, printed
from reporting.renderers.fonts import FOLDER
from reporting.renderers.pdf import PdfRenderer
from reporting.renderers.xlsx import XlsxRenderer
from reporting.services import reports


def run() -> None:
    cells = {code: {"count": value} for code, value in office.CELLS.items()}
    told = {"year": 2018, "cells": cells}
    document = reports.document(FORM, told, agency="云南省人民政府")
    ours, floor, usual = in_turns(
        lambda: XlsxRenderer().render(document),
        lambda: barest(document),
        lambda: by_openpyxl(document),
    )
    tell("the official table as XLSX, promised within 100 ms", ours, floor, usual)
    ours, floor = in_turns(lambda: PdfRenderer().render(document), empty_page)
    tell("the official table as PDF, promised within 500 ms", ours, floor)


def rows(document: Document) -> list[list[str]]:
    return [
        [printed(cell) for cell in row]
        for grid in document.grids
        for row in (*grid.head, *grid.body)
    ]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# fmt: off
BARE = {
    "[Content_Types].xml":
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/w.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/s.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels":
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="w" Type="{RELATED}/officeDocument" Target="w.xml"/></Relationships>',
    "_rels/w.xml.rels":
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="s" Type="{RELATED}/worksheet" Target="s.xml"/></Relationships>',
    "w.xml":
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="s"/></sheets></workbook>',
}
# fmt: on


def barest(document: Document) -> bytes:
    told = "".join(
        f"<row>{''.join(map(text_box, row))}</row>" for row in rows(document)
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{told}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, part in {**BARE, "s.xml": sheet}.items():
            parts.writestr(name, part)
    return out.getvalue()


def text_box(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def by_openpyxl(document: Document) -> bytes:
    book = openpyxl.Workbook()
    for row in rows(document):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def empty_page() -> bytes:
    return typst.compile(
        b"#set document(date: datetime(year: 2000, month: 1, day: 1))",
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
    )
