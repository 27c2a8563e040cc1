"""JSON bodies, read strictly: no key twice, bounded in size and depth, text that is text."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rest_framework.parsers import BaseParser

from requests_app.api.problems import Problem, escaped

MOST_BYTES = 1_000_000
MOST_DEPTH = 12
#: control characters but tab and line ends; bidi marks, embeddings and isolates;
#: surrogates; non-characters; what shows nothing and hides or splits a word (soft hyphen,
#: zero width space, word joiner, operators, byte order mark, annotations, tags). Joiners
#: (U+200C, U+200D) and the Mongolian separator (U+180E) stand in names
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


class StrictJSON(BaseParser):
    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise Problem(
                "too_large",
                f"请求正文超过 {MOST_BYTES} 字节",
                f"The body is larger than {MOST_BYTES} bytes",
            )
        told = loaded(raw)
        for pointer, depth, value in walked(told):
            forbid(pointer, depth, value)
        return told


def loaded(raw: bytes) -> Any:
    try:
        return json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=without_repeats,
            parse_constant=not_a_number,
        )
    except UnicodeDecodeError as error:
        raise malformed(
            f"正文不是 UTF-8 编码（第 {error.start} 字节）",
            f"The body is not UTF-8 (at byte {error.start})",
        ) from error
    except RecursionError as error:
        raise too_deep("") from error
    except ValueError as error:
        raise malformed(
            f"正文不是合法的 JSON：{error}", f"The body is not valid JSON: {error}"
        ) from error


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"{twice!a} 重复 (given twice)")
    return told


def not_a_number(constant: str) -> None:
    raise ValueError(f"{constant} 不是数字 (no number in JSON)")


def walked(told: Any) -> Iterator[tuple[str, int, Any]]:
    """(pointer, depth, value) of every key and value, without recursion."""
    waiting = [("", 0, told)]
    while waiting:
        pointer, depth, value = waiting.pop()
        yield pointer, depth, value
        if isinstance(value, dict):
            for name, below in value.items():
                yield pointer, depth, name
                waiting.append((f"{pointer}/{escaped(name)}", depth + 1, below))
        elif isinstance(value, list):
            waiting.extend(
                (f"{pointer}/{place}", depth + 1, below)
                for place, below in enumerate(value)
            )


def forbid(pointer: str, depth: int, value: Any) -> None:
    if depth > MOST_DEPTH:
        raise too_deep(pointer)
    found = FORBIDDEN.search(value) if isinstance(value, str) else None
    if found:
        raise Problem(
            "malformed",
            f"含有不允许的字符 U+{ord(found[0]):04X}",
            f"The character U+{ord(found[0]):04X} is not allowed",
            pointer=FORBIDDEN.sub("\ufffd", pointer),
        )


def malformed(zh: str, en: str) -> Problem:
    return Problem("malformed", zh, en, pointer="")


def too_deep(pointer: str) -> Problem:
    return Problem(
        "malformed",
        f"嵌套超过 {MOST_DEPTH} 层",
        f"Nested deeper than {MOST_DEPTH} levels",
        pointer=pointer,
    )
