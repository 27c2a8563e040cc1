"""What a PDF still holds: text under boxes and pictures, text that is not seen, notes,
attachments, scripts, names."""

import ctypes
import re
from collections.abc import Iterator
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


def leaks(content: bytes) -> Iterator[Leak]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        yield Leak(
            rule="unreadable",
            zh="PDF 损坏或者加密，无法检查",
            en="The PDF is broken or encrypted and cannot be inspected",
        )
        return
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
    letters = list(characters(page))
    unseen = "".join(c.text for c in letters if c.unseen)
    if unseen.strip():
        yield leak(
            "hidden_text", f"{where}有看不见的文字", f"Unseen text on {at}", unseen
        )
    boxes = masks(page)
    covered = "".join(c.text for c in letters if not c.unseen and c.is_under(boxes))
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


@dataclass(frozen=True, kw_only=True)
class Character:
    text: str
    x: float
    y: float
    order: int
    unseen: bool

    def is_under(self, boxes: list[Box]) -> bool:
        return any(
            box.order > self.order
            and box.left <= self.x <= box.right
            and box.bottom <= self.y <= box.top
            for box in boxes
        )


def characters(page: pdfium.PdfPage) -> Iterator[Character]:
    order = {address(o): n for n, o in enumerate(page.get_objects(max_depth=8))}
    told = page.get_textpage()
    for n in range(told.count_chars()):
        drawn = raw.FPDFText_GetTextObject(told, n)
        left, bottom, right, top = told.get_charbox(n)
        yield Character(
            text=told.get_text_range(n, 1),
            x=(left + right) / 2,
            y=(bottom + top) / 2,
            order=order.get(ctypes.cast(drawn, ctypes.c_void_p).value, 0),
            unseen=bool(drawn) and is_unseen(drawn),
        )


def is_unseen(drawn) -> bool:
    if raw.FPDFTextObj_GetTextRenderMode(drawn) == INVISIBLE:
        return True
    red, green, blue, alpha = fill(drawn)
    return min(red, green, blue) >= WHITE or alpha == 0


def masks(page: pdfium.PdfPage) -> list[Box]:
    return [
        Box(order=n, left=b[0], bottom=b[1], right=b[2], top=b[3])
        for n, o in enumerate(page.get_objects(max_depth=8))
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


def address(drawn: pdfium.PdfObject) -> int | None:
    return ctypes.cast(drawn.raw, ctypes.c_void_p).value


def leak(rule: str, zh: str, en: str, quoted: str = "") -> Leak:
    return Leak(rule=rule, zh=zh, en=en, quoted=" ".join(quoted.split())[:40])
