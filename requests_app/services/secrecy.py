"""涉密标志: a file that says it is classified (国家秘密标志, 保守国家秘密法) is not taken here.

What is looked at is the name and the first pages' text; a scan shows neither, so that
whoever uploads says so as well.
"""

import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from pypdf import PdfReader

from requests_app.domain.vocabulary import SecrecyLevel, labels
from requests_app.services.papers import Refused

log = logging.getLogger(__name__)
LOOKED_AT = 3  # pages of a PDF
MOST_TEXT = 2_000_000  # bytes of an office document
#: where the words stand in docx, xlsx and ofd
SPEAKING = re.compile(r"(document|header\d*|sharedStrings|Content)\.xml$")
LEVELS = {zh: key for key, zh in labels(SecrecyLevel).items()}
MARK = f"(?P<level>{'|'.join(LEVELS)})"
#: 机密★1年; 密级：机密; the mark alone in its line
IN_TEXT = re.compile(
    rf"{MARK}\s*[★☆]|密\s*级\s*[:：]\s*{MARK.replace('level', 'told')}"
    rf"|^\s*{MARK.replace('level', 'alone')}\s*$",
    re.MULTILINE,
)
#: 【机密】请示.pdf, 机密文件.pdf, 请示（秘密★5年）.pdf; 计算机密码 and 商业秘密 are none
IN_NAME = re.compile(
    rf"(?:^|[\[【（(〔「\s_-]){MARK}(?:文件|件|级)?(?:[\]】）)〕」★☆\s._-]|$)"
)
LINE_ENDS = re.compile(r"</(?:w:p|si|a:p|ofd:TextObject)>")
TAG = re.compile(r"<[^>]+>")


def forbid_marked(file: IO[bytes], name: str, media_type: str) -> None:
    """Raises Refused for a file whose name or text bears a mark of secrecy."""
    level = marked(name, "\n".join(texts(file, media_type)))
    if level:
        raise Refused(
            f"文件标有“{level}”，不得上传；请以“涉密件登记”记明定密依据、定密机关和存放处",
            "The file is marked as classified and may not be uploaded; note it as a "
            "classified paper instead",
        )


def marked(name: str, text: str) -> str:
    """The mark as it stands there, or nothing."""
    found = IN_NAME.search(name) or IN_TEXT.search(text)
    return next((told for told in found.groups() if told), "") if found else ""


def texts(file: IO[bytes], media_type: str) -> Iterator[str]:
    file.seek(0)
    if media_type == "application/pdf":
        yield from pages(file)
    elif not media_type.startswith("image/"):
        yield from parts(file)


def pages(file: IO[bytes]) -> Iterator[str]:
    """A PDF that cannot be read has no text to look at, as a scan has none; it is told of
    in the log, and what the uploader declared stands alone."""
    try:
        for page in PdfReader(file).pages[:LOOKED_AT]:
            yield page.extract_text()
    except Exception as error:  # a broken PDF fails in as many ways as there are
        log.warning("no text of a PDF to look at for marks: %s", type(error).__name__)


def parts(file: IO[bytes]) -> Iterator[str]:
    left = MOST_TEXT
    try:
        with zipfile.ZipFile(file) as package:
            for part in filter(SPEAKING.search, package.namelist()):
                with package.open(part) as opened:
                    told = opened.read(left).decode("utf-8", "replace")
                left -= len(told)
                yield TAG.sub("", LINE_ENDS.sub("\n", told))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Refused("压缩结构损坏", "The package is broken") from error
