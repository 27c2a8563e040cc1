"""涉密标志: a file that says it is classified (国家秘密标志, 保守国家秘密法) is not taken here.

What is looked at is the name and the first pages' text (`pdf_text`, `MOST_TEXT`); a scan
shows neither, so that whoever uploads says so as well. A title that but speaks of secrecy is
asked about, and what is answered is kept. An expression here takes time by the
length of the text, whatever stands in it.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import IO

from requests_app.domain.vocabulary import SecrecyLevel, labels
from requests_app.services import pdf_text
from requests_app.services.papers import Refused, readable

MOST_TEXT = 2_000_000  # bytes of an office document, of all its parts together
#: where the words stand in docx, xlsx and ofd
SPEAKING = re.compile(r"(document|header\d*|sharedStrings|Content)\.xml$")
LEVELS = {zh: key for key, zh in labels(SecrecyLevel).items()}
MARK = f"(?P<level>{'|'.join(LEVELS)})"
#: 机密★1年; 密级：机密; the mark alone in its line
IN_TEXT = re.compile(
    rf"{MARK}\s*[★☆]|密\s*级\s*[:：]\s*{MARK.replace('level', 'told')}"
    rf"|^[^\S\n]*{MARK.replace('level', 'alone')}[^\S\n]*$",
    re.MULTILINE,
)
#: 【机密】请示.pdf, 机密文件.pdf, 请示（秘密★5年）.pdf; 计算机密码 and 商业秘密 are none
IN_NAME = re.compile(
    rf"(?:^|[\[【（(〔「\s_-]){MARK}(?:文件|件|级)?(?:[\]】）)〕」★☆\s._-]|$)"
)
#: a mark with its term, wherever it stands in a name: 关于某事的报告机密★10年.pdf
STARRED = re.compile(rf"{MARK}\s*[★☆]")
#: 关于某事的机密报告.pdf; 商业秘密 (第十五条), 计算机密码 and 计算机密钥 speak of something else
IN_TITLE = re.compile("绝密|机密(?![码钥])|(?<!商业)秘密")
LINE_ENDS = re.compile(r"</(?:w:p|si|a:p|ofd:TextObject)>")
TAG = re.compile(r"<[^<>]*>")


def word_in_title(name: str) -> str:
    """A word of secrecy that need be no mark: whoever uploads is asked. Nothing for a mark
    itself, which is refused."""
    found = IN_TITLE.search(name)
    return found[0] if found and not marked(name, "") else ""


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
    found = IN_NAME.search(name) or STARRED.search(name) or IN_TEXT.search(text)
    return next((told for told in found.groups() if told), "") if found else ""


def texts(file: IO[bytes], media_type: str) -> Iterator[str]:
    file.seek(0)
    if media_type == "application/pdf":
        yield pdf_text.of(file)
    elif not media_type.startswith("image/"):
        yield from parts(file)


def parts(file: IO[bytes]) -> Iterator[str]:
    left = MOST_TEXT
    with readable(), zipfile.ZipFile(file) as package:
        for part in filter(SPEAKING.search, package.namelist()):
            with package.open(part) as opened:
                told = opened.read(left)
            left -= len(told)
            lines = LINE_ENDS.sub("\n", told.decode("utf-8", "replace"))
            yield TAG.sub("", lines)
