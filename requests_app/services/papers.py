"""What a file really is, by its content; what no office should open is refused."""

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from xml.parsers.expat import ExpatError

from requests_app.services import active_content, pdf_objects

MOST_BYTES = 10_000_000
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_RATIO = 200  # unpacked to packed, of one part
SMALL = 100_000  # bytes unpacked, whatever the ratio
#: what an office document is packed by; the others cost more to unpack than to make
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: how reading a package that was tampered with fails
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    EOFError,
    OSError,
    OverflowError,  # an offset that no file has
    ValueError,  # one before its start; a name in no encoding
    RuntimeError,  # NotImplementedError too: packed or encrypted as zipfile does not read
)
OFFICE = "application/vnd.openxmlformats-officedocument."
#: a part that only this kind of package has → its media type
PACKAGES: Mapping[str, str] = {
    "word/document.xml": OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": OFFICE + "spreadsheetml.sheet",
    "OFD.xml": "application/ofd",
}
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    OFFICE + "wordprocessingml.document": (".docx",),
    OFFICE + "spreadsheetml.sheet": (".xlsx",),
    "application/ofd": (".ofd",),
}


class Refused(Exception):
    """The file is not taken; the message says why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


def media_type(file: IO[bytes], name: str) -> str:
    """The type by content, which the ending must agree with. Raises Refused."""
    file.seek(0)
    head = file.read(1024)
    for starts, kind in KINDS:
        if head.startswith(starts):
            found = kind(file)
            break
    else:
        taken = [ending for endings in ENDINGS.values() for ending in endings]
        raise Refused(
            f"不接受该类文件，可用：{'、'.join(taken)}",
            f"Not taken; taken are {', '.join(taken)}",
        )
    if not name.lower().endswith(ENDINGS[found]):
        raise Refused(
            f"文件名后缀与内容（{found}）不符",
            f"The ending does not fit the content ({found})",
        )
    return found


@contextmanager
def readable() -> Iterator[None]:
    """A package that fails to be read is refused."""
    try:
        yield
    except UNREADABLE as error:
        raise Refused("压缩结构损坏", "The package is broken") from error


def pdf(file: IO[bytes]) -> str:
    file.seek(0)
    try:
        found = pdf_objects.are_active(file.read())
    except pdf_objects.Unreadable as error:
        raise Refused(
            "PDF 的压缩对象无法读取或者过大，请另存为一份再上传",
            "The PDF's compressed objects cannot be read, or are too much: save it anew",
        ) from error
    if found:
        raise Refused(
            "PDF 含有脚本或内嵌文件", "The PDF holds scripts or embedded files"
        )
    return "application/pdf"


def package(file: IO[bytes]) -> str:
    """A zip that is an office document without macros and no bomb; its directory is read,
    and what the document lists of its own parts."""
    file.seek(0)
    with readable(), zipfile.ZipFile(file) as opened:
        parts = opened.infolist()
        forbid_bomb(parts)
        forbid_odd(parts)
        forbid_active(opened)
    names = {part.filename for part in parts}
    for part, found in PACKAGES.items():
        if part in names:
            return found
    raise Refused("压缩包不是 docx、xlsx 或 ofd", "The archive is no docx, xlsx or ofd")


def forbid_odd(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if any(".." in n.split("/") or n.startswith("/") or "\\" in n for n in names):
        raise Refused("压缩包内路径越界", "A name climbs out of its folder")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("文件已加密", "The file is encrypted")
    if any(part.compress_type not in PACKED for part in parts):
        raise Refused(
            "压缩方式不受支持，只接受存储和 deflate",
            "Packed in a way that is not taken: stored and deflate are",
        )


def forbid_active(opened: zipfile.ZipFile) -> None:
    try:
        found = active_content.in_package(opened)
    except active_content.TooMuch as error:
        raise Refused("解压后过大", "It unpacks to too much") from error
    if found:
        raise Refused(
            "含有宏、控件或内嵌对象，或引用外部模板",
            "It holds macros, controls, objects or a template from elsewhere",
        )


def forbid_bomb(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > SMALL
        and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swollen:
        raise Refused("解压后过大", "It unpacks to too much")


KINDS: tuple[tuple[bytes, Callable[[IO[bytes]], str]], ...] = (
    (b"%PDF-", pdf),
    (b"\xff\xd8\xff", lambda file: "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", lambda file: "image/png"),
    (b"PK\x03\x04", package),
)


def proper_name(name: str) -> str:
    """The file's own name. Raises Refused for one that climbs or deceives."""
    plain = unicodedata.normalize("NFC", name).strip()
    if re.search(r"[/\\:]|^\.", plain) or not plain or len(plain) > 150:
        raise Refused("文件名不合规范", "Not a proper file name")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} for c in plain):
        raise Refused(
            "文件名含有不可见字符", "The file name holds invisible characters"
        )
    return plain
