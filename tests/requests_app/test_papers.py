"""What is handed in is taken, or refused with a sentence: whatever it holds, and in a time
that its size on the disk bounds."""

import io
import random
import zipfile
import zlib
from functools import cache

import docx
import openpyxl
import pytest

from requests_app.services import papers, pdf_text, secrecy
from requests_app.services.papers import Refused
from tests.files import zipped

TYPES = "[Content_Types].xml"
DOCUMENT = {"word/document.xml": "<w/>"}


def told(name, content):
    """The media type, or why it is refused."""
    file = io.BytesIO(content)
    try:
        found = papers.media_type(file, name)
        secrecy.forbid_marked(file, name, found)
    except Refused as error:
        return error.zh
    return found


@cache
def word() -> bytes:
    made, document = io.BytesIO(), docx.Document()
    document.add_paragraph("某路改造项目的征地批复文件")
    document.save(made)
    return made.getvalue()


@cache
def workbook() -> bytes:
    made, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["名称", "文号"])
    book.save(made)
    return made.getvalue()


def pdf(*streams: bytes) -> bytes:
    """One page; the later streams are forms that it may show as /X1, /X2, …"""
    shown = " ".join(f"/X{n} {n + 5} 0 R" for n in range(1, len(streams)))
    using = f"/Resources << /Font << /F 4 0 R >> /XObject << {shown} >> >>"
    form = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {using}"
    packed = [zlib.compress(stream) for stream in streams]
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] {using} /Contents 5 0 R >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(
            f"<< {form} /Filter /FlateDecode /Length {len(z)} >>\nstream\n".encode()
            + z
            + b"\nendstream"
            for z in packed
        ),
    ]  # fmt: skip
    made, places = b"%PDF-1.4\n", [b"0000000000 65535 f "]
    for number, body in enumerate(bodies, 1):
        places.append(b"%010d 00000 n " % len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n%s\n" % (len(places), b"\n".join(places))
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return made + table + end % (len(places), len(made))


WORDS = b"BT /F 12 Tf (Nr. 5) Tj ET"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.docx", word, papers.OFFICE + "wordprocessingml.document"),
        ("a.xlsx", workbook, papers.OFFICE + "spreadsheetml.sheet"),
        ("a.pdf", lambda: pdf(WORDS), "application/pdf"),
    ],
)
def test_what_an_office_writes_is_taken(name, content, found):
    assert told(name, content()) == found


def test_a_pdfs_text_is_read():
    assert pdf_text.of(io.BytesIO(pdf(b"/X1 Do", WORDS))).split() == ["Nr.", "5"]


@pytest.mark.parametrize(
    "filling", ["\n", " ", "\t\n", "<", "</", "密 ", "机密", "密级："]
)
def test_a_text_is_searched_in_a_time_by_its_length(filling):
    """A quadratic expression is at this for hours."""
    document = "<w:t>" + filling * (secrecy.MOST_TEXT // len(filling.encode()))
    made = zipped(**{f"word/header{n}.xml": document for n in range(20)}, **DOCUMENT)
    text = "\n".join(secrecy.parts(io.BytesIO(made)))
    assert len(text.encode()) <= secrecy.MOST_TEXT + 21
    assert secrecy.marked("a.docx", text) == ""


def test_a_pdfs_text_is_read_within_a_bound():
    """Three streams shown ten thousand times: what they say is a hundred million words."""
    nested = pdf(b"/X1 Do " * 100, b"/X2 Do " * 100, WORDS * 10_000)
    assert len(pdf_text.of(io.BytesIO(nested))) <= pdf_text.CHARACTERS + pdf_text.PAGES


def test_of_a_pdf_that_takes_too_long_what_was_read_is_looked_at(monkeypatch, caplog):
    monkeypatch.setattr(pdf_text, "WAIT", 0)
    assert pdf_text.of(io.BytesIO(pdf(WORDS))) == ""
    assert caplog.messages == ["the text of a PDF took more than 0 s"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_stored_and_deflated_parts_are_taken(method):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("word/document.xml", "<w/>")
    said = "压缩方式不受支持，只接受存储和 deflate"
    assert told("a.docx", made.getvalue()) == said


def overwritten(content: bytes, at: int, by: bytes) -> bytes:
    return content[:at] + by + content[at + len(by) :]


def test_a_name_in_no_encoding_is_refused():
    made = zipped(
        **{"word/document.xml": "<w/>", "word/header1.xml名": "", TYPES: "<T/>"}
    )
    at = made.index(TYPES.encode())
    flags = made.rindex(b"PK\x03\x04", 0, at) + 6
    broken = overwritten(overwritten(made, flags, b"\x00\x08"), at, b"\xff\xff")
    assert told("a.docx", broken) == "压缩结构损坏"


@pytest.mark.parametrize("offset", [b"\xff\xff\xff\x7f", b"\xf0\xff\xff\xff"])
def test_an_offset_that_no_file_has_is_refused(offset):
    made = zipped(**DOCUMENT)
    at = made.rindex(b"PK\x05\x06") + 16  # of the central directory
    assert told("a.docx", overwritten(made, at, offset)) == "压缩结构损坏"


SAID = {
    "压缩结构损坏",
    "压缩包不是 docx、xlsx 或 ofd",
    "解压后过大",
    "压缩包内路径越界",
    "文件已加密",
    "压缩方式不受支持，只接受存储和 deflate",
    "含有宏、控件或内嵌对象，或引用外部模板",
    "PDF 含有脚本或内嵌文件",
    "不接受该类文件，可用：.pdf、.jpg、.jpeg、.png、.docx、.xlsx、.ofd",
}


def damaged(content: bytes, by: random.Random) -> bytes:
    """A few bytes of it are others, most of them where the directory stands."""
    broken = bytearray(content)
    directory = content.rfind(b"PK\x01\x02")
    directory = content.find(b"PK\x01\x02") if directory >= 0 else 0
    for _ in range(by.randint(1, 6)):
        start = by.choice([0, directory])
        broken[by.randrange(start, len(broken))] = by.choice(
            [0, 1, 127, 255, by.randrange(256)]
        )
    return bytes(broken[: by.choice([None, None, None, by.randrange(len(broken))])])


@pytest.mark.parametrize(
    ("name", "whole"),
    [("a.docx", word), ("a.xlsx", workbook), ("a.pdf", lambda: pdf(WORDS))],
)
def test_damaged_bytes_are_taken_or_refused(name, whole, monkeypatch):
    monkeypatch.setattr(pdf_text, "of", lambda file: "")  # in a process of its own
    found, by = told(name, whole()), random.Random(20261124)
    answers = {told(name, damaged(whole(), by)) for _ in range(1500)}
    assert answers - SAID <= {found}


RELATIONSHIP = (
    '<Relationships><Relationship Id="r" Type="http://x/relationships/{}" '
    'Target="http://y/z.dotm" TargetMode="{}"/></Relationships>'
)
CONTENT_TYPE = (
    '<Types><Override PartName="/word/{}" ContentType="application/{}"/></Types>'
)


@pytest.mark.parametrize(
    "parts",
    [
        {"word/VBAPROJECT.bin": ""},
        {"word/Embeddings/a.bin": ""},
        {TYPES: CONTENT_TYPE.format("document.xml", "vnd.ms-word.document.macroEnabled.main+xml")},
        {TYPES: CONTENT_TYPE.format("x.bin", "vnd.ms-office.VbaProject"), "word/x.bin": ""},
        {TYPES: CONTENT_TYPE.format("x.bin", "vnd.ms-office.vba&#80;roject")},
        {TYPES: CONTENT_TYPE.format("x.bin", "vnd.ms-office.vbaProject").encode("utf-16")},
        {"word/_rels/settings.xml.rels": RELATIONSHIP.format("attachedTemplate", "External")},
        {"word/_rels/document.xml.rels": RELATIONSHIP.format("vbaProject", "Internal")},
    ],
)  # fmt: skip
def test_macros_and_templates_from_elsewhere_are_refused(parts):
    refused = "含有宏、控件或内嵌对象，或引用外部模板"
    assert told("a.docx", zipped(**DOCUMENT, **parts)) == refused


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({TYPES: "<Types>"}, "压缩结构损坏"),
        ({TYPES: "<!DOCTYPE T [<!ENTITY a 'b'>]><T>&a;</T>"}, "压缩结构损坏"),
        ({TYPES: zlib.compress(bytes(10)) * 200_000}, "解压后过大"),
    ],
)
def test_a_list_of_parts_that_is_none_is_refused(parts, said):
    assert told("a.docx", zipped(**DOCUMENT, **parts)) == said


def test_a_link_to_elsewhere_is_taken():
    rels = {
        "word/_rels/document.xml.rels": RELATIONSHIP.format("hyperlink", "External")
    }
    found = papers.OFFICE + "wordprocessingml.document"
    assert told("a.docx", zipped(**DOCUMENT, **rels)) == found


@pytest.mark.parametrize(
    "name", ["JavaScript", "J#61vaScript", "#4a#53", "J#53", "L#61unch", "#52ichMedia"]
)
def test_a_pdfs_names_are_known_however_they_are_spelt(name):
    active = b"%PDF-1.4\n<< /S /" + name.encode() + b" >>"
    assert told("a.pdf", active) == "PDF 含有脚本或内嵌文件"
