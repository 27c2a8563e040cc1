"""multipart/form-data, bounded, with names told as they came."""

import html
from collections import Counter

from django.http.multipartparser import MultiPartParser as DjangoParser
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from rest_framework.parsers import BaseParser, DataAndFiles

from requests_app.api.problems import Problem
from requests_app.services.papers import MOST_BYTES, Refused, proper_name

MOST_BODY = MOST_BYTES + 100_000  # the form around the file


class NamesAsTheyCame(DjangoParser):
    """Django would cut a name that climbs; here it is refused."""

    def sanitize_file_name(self, file_name: str) -> str:
        try:
            return proper_name(html.unescape(file_name))
        except Refused as error:
            raise Problem("invalid", error.zh, error.en, pointer="/file") from error


class Uploads(BaseParser):
    media_type = "multipart/form-data"

    def parse(self, stream, media_type=None, parser_context=None) -> DataAndFiles:
        request = (parser_context or {})["request"]
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if not declared.isdigit() or int(declared) > MOST_BODY:
            raise too_large()
        meta = request.META | {"CONTENT_TYPE": media_type}
        try:
            parser = NamesAsTheyCame(meta, stream, request.upload_handlers, "utf-8")
            fields, files = parser.parse()
        except (MultiPartParserError, UnicodeError, LookupError) as error:
            raise Problem(
                "malformed",
                "multipart 正文无法读取",
                "The multipart body cannot be read",
                pointer="",
            ) from error
        forbid_repeats(fields, files)
        return DataAndFiles(fields, files)


def forbid_repeats(*told: MultiValueDict) -> None:
    """Of two files nobody knows which was meant, and one would be lost."""
    given = Counter(name for part in told for name, many in part.lists() for _ in many)
    for twice in (name for name, times in given.items() if times > 1):
        raise Problem(
            "malformed",
            f"{twice!a} 重复，每次只提交一个文件",
            f"{twice!a} given twice: one file a call",
            pointer="",
        )


def too_large() -> Problem:
    return Problem(
        "too_large",
        f"文件超过 {MOST_BYTES // 1_000_000} MB",
        f"The file is larger than {MOST_BYTES // 1_000_000} MB",
    )
