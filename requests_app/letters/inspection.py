"""Before a file goes out: what its reader would find in it beside what it says."""

import logging
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from zipfile import BadZipFile

from lxml.etree import LxmlError
from pypdfium2 import PdfiumError

from requests_app.dependencies import Leak
from requests_app.letters import docx_leaks, pdf_leaks

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

log = logging.getLogger(__name__)
#: what a broken or encrypted file makes of the look at it: PDF, package, XML, a number in it
STUMBLES = (
    PdfiumError, BadZipFile, zlib.error, EOFError, RuntimeError, LxmlError, ValueError,
    LookupError,
)  # fmt: skip
#: segments of a JPEG: Exif and XMP, IPTC, a comment; where its picture begins
TELLING, SCAN = frozenset({0xE1, 0xED, 0xFE}), 0xDA


def leaks(content: bytes, media_type: str) -> list[Leak]:
    """A file that the look itself stumbles over is one that cannot be looked at: told as a
    finding, which nobody clears."""
    look = LOOKS.get(media_type)
    if look is None:
        return [UNREAD]
    try:
        return list(look(content))
    except STUMBLES:
        log.exception("a file of kind %s could not be inspected", media_type)
        return [BROKEN]


def jpeg(content: bytes) -> Iterable[Leak]:
    return [] if TELLING.isdisjoint(segments(content)) else [IN_THE_PICTURE]


def segments(content: bytes) -> Iterator[int]:
    """The markers before the picture itself."""
    at = 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] != bytes([SCAN]):
        yield content[at + 1]
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")


def png(content: bytes) -> Iterable[Leak]:
    chunks = (b"eXIf", b"tEXt", b"iTXt", b"zTXt")
    return [IN_THE_PICTURE] if any(chunk in content for chunk in chunks) else []


BROKEN = Leak(
    rule="unreadable",
    zh="文件损坏或者加密，无法检查",
    en="The file is broken or encrypted and cannot be inspected",
)
UNREAD = Leak(
    rule="uninspected",
    zh="此类文件无法检查，请逐页核对",
    en="A file of this kind cannot be inspected: check it page by page",
)
IN_THE_PICTURE = Leak(
    rule="metadata",
    zh="图片带有拍摄或制作信息（设备、时间、位置等）",
    en="The picture carries data of its making (device, time, place)",
)
LOOKS: Mapping[str, Callable[[bytes], Iterable[Leak]]] = {
    "application/pdf": pdf_leaks.leaks,
    DOCX: docx_leaks.leaks,
    "image/jpeg": jpeg,
    "image/png": png,
}
