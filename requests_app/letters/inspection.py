"""Before a file goes out: what its reader would find in it beside what it says."""

from collections.abc import Callable, Iterable, Mapping

from requests_app.dependencies import Leak
from requests_app.letters import docx_leaks, pdf_leaks

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def leaks(content: bytes, media_type: str) -> list[Leak]:
    look = LOOKS.get(media_type)
    return list(look(content)) if look else [UNREAD]


def jpeg(content: bytes) -> Iterable[Leak]:
    return [IN_THE_PICTURE] if b"Exif\x00\x00" in content[:65536] else []


def png(content: bytes) -> Iterable[Leak]:
    chunks = (b"eXIf", b"tEXt", b"iTXt", b"zTXt")
    return [IN_THE_PICTURE] if any(chunk in content for chunk in chunks) else []


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
