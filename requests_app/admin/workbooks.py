"""One sheet of texts as XLSX, written as the rows come and never held: a ledger of a
hundred thousand rows takes a library many times as long (`benchmarks/desk.py`). A cell is
an inline string, so that none of them is ever a formula."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LONGEST = 32_767  # characters that a cell holds
MOST_ROWS = 1_048_576  # of a sheet
ROWS = 1000  # written at a time
KNOWN = 20_000  # cells remembered: most of a ledger's columns say few things
#: characters that no XML holds
BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# fmt: off
PARTS = {
    "[Content_Types].xml":
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels":
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels":
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
# fmt: on


class TooManyRows(Exception):
    """More than a sheet holds."""


def write(file: IO[bytes], title: str, rows: Iterable[Sequence[str]]) -> None:
    """Raises TooManyRows."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in PARTS.items():
            book.writestr(name, XML + part)
        book.writestr("xl/workbook.xml", workbook(title))
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for block in blocks(rows):
                sheet.write(block)
            sheet.write(b"</sheetData></worksheet>")


def workbook(title: str) -> str:
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
        f'<sheet name="{escape(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def blocks(rows: Iterable[Sequence[str]]) -> Iterable[bytes]:
    rows, written = iter(rows), 0
    known: dict[str, str] = {"": "<c/>"}
    while block := list(islice(rows, ROWS)):
        written += len(block)
        if written > MOST_ROWS:
            raise TooManyRows
        lines = []
        for row in block:
            lines.append("<row>")
            for text in row:
                cell = known.get(text)
                if cell is None:
                    cell = celled(text)
                    if len(known) < KNOWN:
                        known[text] = cell
                lines.append(cell)
            lines.append("</row>")
        yield "".join(lines).encode()


def celled(text: str) -> str:
    plain = escape(BROKEN.sub("", text[:LONGEST]))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
