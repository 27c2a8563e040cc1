"""A finished text → passages without spaces and quotation marks, each character knowing
where it stood, and the rows of printed tables."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

WIDE = str.maketrans(",;:()!?", "，；：（）！？")
DROPPED = frozenset("“”‘’\"'「」『』*#")
GROUPED = re.compile(
    r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)|[０-９]{1,3}(?:[，,][０-９]{3})+"
)
HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、．])"
)
ENDS = tuple("。！？；：")
LONGEST_HEADING = 40


@dataclass(frozen=True)
class Passage:
    text: str
    places: tuple[int, ...]  # of each character, in the document
    heading: str = ""  # what it stands under

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span in the document of these characters of ours."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True)
class TableRow:
    """A line of boxes: their text, and where each begins and ends in the document."""

    boxes: tuple[tuple[str, int, int], ...]


def read(document: str) -> Iterator[Passage | TableRow]:
    heading = ""
    for start, end in blocks(document):
        line = document[start:end]
        if is_row(line):
            yield TableRow(tuple(boxes(line, start)))
            continue
        passage = fold(document, start, end, heading)
        if not passage.text:
            continue
        if is_heading(line):
            heading = passage.text
        yield passage


def blocks(document: str) -> Iterator[tuple[int, int]]:
    """Paragraphs; one broken by the end of a page is joined again."""
    open_: tuple[int, int] | None = None
    for found in re.finditer(r"[^\n]*\S[^\n]*", document):
        start, end = found.span()
        line = found.group().strip()
        if open_ and goes_on(document[open_[0] : open_[1]], line):
            open_ = (open_[0], end)
            continue
        if open_:
            yield open_
        open_ = (start, end)
    if open_:
        yield open_


def goes_on(before: str, line: str) -> bool:
    """Whether this line continues the sentence that the page broke off."""
    if is_row(before) or is_row(line):
        return False
    return not (
        before.strip().endswith(ENDS) or is_heading(before) or HEADING.match(line)
    )


def is_row(line: str) -> bool:
    """A line of a printed table; a paragraph indented by a tab is none."""
    line = line.strip()
    return ("\t" in line or line.count("|") > 1) and "。" not in line


def is_heading(line: str) -> bool:
    line = line.strip()
    return (
        len(line) <= LONGEST_HEADING and "。" not in line and bool(HEADING.match(line))
    )


def fold(document: str, start: int, end: int, heading: str) -> Passage:
    kept = [
        (wide(document[place]), place)
        for place in range(start, end)
        if not (document[place].isspace() or document[place] in DROPPED)
    ]
    separators = {
        place
        for group in GROUPED.finditer(document, start, end)
        for place in range(*group.span())
        if document[place] in ",，"
    }
    kept = [(char, place) for char, place in kept if place not in separators]
    return Passage(
        text="".join(char for char, _ in kept),
        places=tuple(place for _, place in kept),
        heading=heading,
    )


@cache
def wide(char: str) -> str:
    """One width for digits, letters and signs, the Chinese one for punctuation."""
    narrow = unicodedata.normalize("NFKC", char)
    return (narrow if len(narrow) == 1 else char).translate(WIDE)


def boxes(line: str, start: int) -> Iterator[tuple[str, int, int]]:
    for found in re.finditer(r"[^\t|]+", line):
        text = found.group()
        if text.strip():
            left = start + found.start() + len(text) - len(text.lstrip())
            yield text.strip(), left, left + len(text.strip())
