"""What a PDF still holds, in files set by typst."""

import pytest
import typst

from reporting.renderers.fonts import FOLDER
from requests_app.letters.inspection import DOCX, leaks
from tests.requests_app.letters.word import with_part

PDF = "application/pdf"
SET = (
    "#set document(date: none)\n#set page(width: 10cm, height: 6cm)\n"
    '#set text(font: "Noto Serif CJK SC")\n'
)
BOX = "张三的电话 #place(dx: 0cm, dy: -0.5cm, rect(width: 5cm, height: 1cm, fill: %s))"
CASES = {
    "plain": ("张三的电话", []),
    "the ground of a table": ('#table(fill: luma(90%), [表格])', []),
    "a box": (BOX % "black", [("removable_mask", "张三的电话")]),
    "a white box": (BOX % "white", [("removable_mask", "张三的电话")]),
    "a marker that is seen through": (BOX % "rgb(255, 255, 0, 60)", []),
    "white on white": ("#text(fill: white)[看不见]", [("hidden_text", "看不见")]),
    "off the paper": (
        "正文 #place(dx: 20cm)[看不见]", [("hidden_text", "看不见")]),
    "too small to read": ("#text(size: 0.5pt)[看不见]", [("hidden_text", "看不见")]),
    "an author": ('#set document(author: "李四")\n正文', [("metadata", "李四")]),
    "a file inside": (
        '#pdf.attach("a.txt", bytes("底稿"))\n正文', [("attachments", "")]),
}  # fmt: skip


def pdf(text: str) -> bytes:
    return typst.compile(
        (SET + text).encode(), font_paths=[str(FOLDER)], ignore_system_fonts=True
    )


@pytest.mark.parametrize(("text", "found"), CASES.values(), ids=CASES)
def test_what_is_found(text, found):
    assert [(leak.rule, leak.quoted) for leak in leaks(pdf(text), PDF)] == found


#: a head, one segment, and the picture, in which anything may stand
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x08JFIF\x00\x01\xff%b\x00\x08%b"
    b"\xff\xda\x00\x02Exif\x00\x00\xff\xfe"
)
NOTE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Annots[4 0 R]>>endobj\n"
    b"4 0 obj<</Type/Annot/Subtype/%s/Rect[0 0 9 9]/Contents(x)>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("subtype", "found"),
    [(b"Text", ["annotations"]), (b"Redact", ["annotations"]), (b"Link", [])],
)
def test_a_note_is_found_and_a_link_is_none(subtype, found):
    content = NOTE.replace(b"%s", subtype)
    assert [leak.rule for leak in leaks(content, PDF)] == found


@pytest.mark.parametrize(
    ("content", "media_type", "rule"),
    [
        (b"%PDF-1.4 broken", PDF, "unreadable"),
        (b"OFD", "application/ofd", "uninspected"),
        (NOTE.replace(b"3 0 R]", b"9 0 R]"), PDF, "unreadable"),
        (b"PK no package", DOCX, "unreadable"),
        (with_part("word/comments.xml", "<w:comments"), DOCX, "unreadable"),
        (JPEG % (b"\xe1", b"Exif\x00\x00"), "image/jpeg", "metadata"),
        (JPEG % (b"\xe1", b"http:x"), "image/jpeg", "metadata"),
        (JPEG % (b"\xed", b"Photos"), "image/jpeg", "metadata"),
        (JPEG % (b"\xfe", b"author"), "image/jpeg", "metadata"),
        (b"\x89PNG\r\n\x1a\n....tEXtAuthor", "image/png", "metadata"),
    ],
)
def test_other_files(content, media_type, rule):
    assert [leak.rule for leak in leaks(content, media_type)] == [rule]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....IDAT", "image/png"),
        (JPEG % (b"\xdb", b"tables"), "image/jpeg"),
    ],
)
def test_a_plain_picture_is_clean(content, media_type):
    assert leaks(content, media_type) == []
