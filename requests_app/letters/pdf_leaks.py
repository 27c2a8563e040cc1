"""What a PDF still holds: text under boxes and pictures, text that is not seen, notes,
attachments, scripts, names."""

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from requests_app.dependencies import Leak

#: a link, a signature's field, and what opens with a note found already
HARMLESS = {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP}
NAMED = ("Author", "Subject", "Keywords")
XMP = re.compile(rb"<dc:creator>.*?<rdf:li[^>]*>([^<]+)</rdf:li>", re.DOTALL)
OPAQUE = 128  # of 255
INVISIBLE, WHITE = 3, 250
TINY = 2  # points


def leaks(content: bytes) -> Iterator[Leak]:
    """Raises PdfiumError for one that is broken or encrypted."""
    document = pdfium.PdfDocument(content)
    try:
        yield from in_document(document, content)
        for number in range(len(document)):
            yield from in_page(document[number], number + 1)
    finally:
        document.close()


def in_document(document: pdfium.PdfDocument, content: bytes) -> Iterator[Leak]:
    told = [document.get_metadata_value(key) for key in NAMED]
    told += [name.decode("utf-8", "replace") for name in XMP.findall(content)]
    for name in dict.fromkeys(filter(None, (text.strip() for text in told))):
        yield leak(
            "metadata", "文档属性带有作者、主题或关键词", "The properties tell", name
        )
    if document.count_attachments():
        yield leak("attachments", "带有内嵌附件", "Files are attached inside")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        yield leak("scripts", "带有脚本", "It holds scripts")


def in_page(page: pdfium.PdfPage, number: int) -> Iterator[Leak]:
    where, at = f"第 {number} 页", f"page {number}"
    for n in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, n)
        if raw.FPDFAnnot_GetSubtype(annotation) not in HARMLESS:
            yield leak("annotations", f"{where}有批注或图章", f"Notes on {at}")
        raw.FPDFPage_CloseAnnot(annotation)
    drawn = list(enumerate(page.get_objects(max_depth=8)))
    texts = [(n, o) for n, o in drawn if o.type == raw.FPDF_PAGEOBJ_TEXT]
    told = page.get_textpage()
    paper = page.get_cropbox()
    unseen = "".join(
        text_of(o, told)
        for _, o in texts
        if is_unseen(o.raw) or is_beside(o, paper) or is_tiny(o)
    )
    if unseen.strip():
        yield leak(
            "hidden_text", f"{where}有看不见的文字", f"Unseen text on {at}", unseen
        )
    boxes = [box for box in masks(drawn) if any(box.may_cover(n, o) for n, o in texts)]
    under = (c.text for c in characters(told, texts) if c.is_under(boxes))
    covered = "".join(under) if boxes else ""
    if covered.strip():
        yield leak(
            "removable_mask",
            f"{where}有文字被遮盖，移开即可读出",
            f"Text on {at} is covered and can be read again",
            covered,
        )


@dataclass(frozen=True, kw_only=True)
class Box:
    """Something drawn over a part of the page, as the `order`-th object."""

    order: int
    left: float
    bottom: float
    right: float
    top: float

    def may_cover(self, order: int, text: pdfium.PdfObject) -> bool:
        """Drawn after it and over its bounds, which are known on the page itself only."""
        if self.order < order:
            return False
        left, bottom, right, top = text.get_bounds()
        return text.level > 0 or (
            left < self.right
            and self.left < right
            and bottom < self.top
            and self.bottom < top
        )


@dataclass(frozen=True, kw_only=True)
class Character:
    text: str
    x: float
    y: float
    order: int

    def is_under(self, boxes: list[Box]) -> bool:
        return any(
            box.order > self.order
            and box.left <= self.x <= box.right
            and box.bottom <= self.y <= box.top
            for box in boxes
        )


def characters(
    told: pdfium.PdfTextPage, texts: Iterable[tuple[int, pdfium.PdfObject]]
) -> Iterator[Character]:
    order = {address(o.raw): n for n, o in texts if not is_unseen(o.raw)}
    for n in range(told.count_chars()):
        written = order.get(address(raw.FPDFText_GetTextObject(told, n)))
        if written is not None:
            left, bottom, right, top = told.get_charbox(n)
            yield Character(
                text=told.get_text_range(n, 1),
                x=(left + right) / 2,
                y=(bottom + top) / 2,
                order=written,
            )


def text_of(drawn: pdfium.PdfObject, told: pdfium.PdfTextPage) -> str:
    length = raw.FPDFTextObj_GetText(drawn, told, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFTextObj_GetText(drawn, told, buffer, length)
    return bytes(buffer).decode("utf-16-le").partition("\0")[0]


def is_unseen(drawn) -> bool:
    if raw.FPDFTextObj_GetTextRenderMode(drawn) == INVISIBLE:
        return True
    red, green, blue, alpha = fill(drawn)
    return min(red, green, blue) >= WHITE or alpha == 0


def is_beside(drawn: pdfium.PdfObject, paper: tuple[float, ...]) -> bool:
    """Outside what is shown and printed of the page."""
    if drawn.level > 0:  # its bounds are those of the form that it stands in
        return False
    left, bottom, right, top = drawn.get_bounds()
    return (
        right <= paper[0] or left >= paper[2] or top <= paper[1] or bottom >= paper[3]
    )


def is_tiny(drawn: pdfium.PdfObject) -> bool:
    size, matrix = ctypes.c_float(), drawn.get_matrix()
    raw.FPDFTextObj_GetFontSize(drawn.raw, size)
    return size.value * math.hypot(matrix.c, matrix.d) < TINY


def masks(drawn: Iterable[tuple[int, pdfium.PdfObject]]) -> list[Box]:
    return [
        Box(order=n, left=b[0], bottom=b[1], right=b[2], top=b[3])
        for n, o in drawn
        if covers(o)
        for b in [o.get_bounds()]
    ]


def covers(drawn: pdfium.PdfObject) -> bool:
    if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
        return True
    if drawn.type != raw.FPDF_PAGEOBJ_PATH:
        return False
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, mode, stroke)
    return mode.value != raw.FPDF_FILLMODE_NONE and fill(drawn.raw)[3] >= OPAQUE


def fill(drawn) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(drawn, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def address(drawn) -> int | None:
    return ctypes.cast(drawn, ctypes.c_void_p).value


def leak(rule: str, zh: str, en: str, quoted: str = "") -> Leak:
    return Leak(rule=rule, zh=zh, en=en, quoted=" ".join(quoted.split())[:40])
