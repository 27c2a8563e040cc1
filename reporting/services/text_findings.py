"""What the office's own text says otherwise than the table (S18-R15, M-R7), chapter by
chapter. What the numbers write is not read: it is made of the cells."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reporting.narrative import check as checking
from reporting.narrative.findings import Finding
from reporting.narrative.prose import Facts
from reporting.narrative.reader import Known
from reporting.narrative.rows import PrintedLine
from reporting.tables import Chapter, Form

CLAUSE = re.compile(r"[^，。；：\n]*\Z")
Doubts = Mapping[str, list[tuple[Finding, str]]]  # numeral → finding and the whole text


def doubts(
    form: Form, year: int, facts: Facts, told: Mapping[str, str], office: str
) -> Doubts:
    """The finished text held against the table, arithmetic and itself; each finding goes
    to the chapter in which it stands."""
    chapters = [chapter for chapter in form.narrative if not chapter.is_table]
    if form.lexicon is None:
        return {chapter.numeral: [] for chapter in chapters}
    known = Known(
        lexicon=form.lexicon, year=year, cells=facts.cells, before=facts.before,
        office=office,
    )  # fmt: skip
    parts = [printed(chapter, told) for chapter in chapters]
    whole = "".join(parts)
    found = checking.check(whole, known, printed_lines(form))
    ends = [len("".join(parts[: n + 1])) for n in range(len(parts))]
    return {
        chapter.numeral: [
            (doubt, whole) for doubt in found if end - len(part) <= doubt.start < end
        ]
        for chapter, part, end in zip(chapters, parts, ends, strict=True)
    }


def printed(chapter: Chapter, told: Mapping[str, str]) -> str:
    return f"{chapter.heading}\n{told.get(chapter.numeral, '')}\n"


def of_the_text(form: Form, found: Doubts) -> Iterator[dict[str, Any]]:
    """As the report JSON says it: of no cell, but of words in a chapter."""
    for numeral, of_chapter in found.items():
        for doubt, whole in of_chapter:
            told = doubt.as_json(whole)
            zh, _, en = told["message"].partition(" / ")
            where = {"chapter": numeral, "text": clause(doubt, whole)}
            yield {
                **told,
                "rule": form.text_rule,
                "where": {"line": None, "column": None, **where},
                "message": f"第{numeral}章：{zh} / chapter {numeral}: {en}",
            }


def clause(doubt: Finding, whole: str) -> str:
    """The words up to the number, from the last mark on."""
    before = CLAUSE.search(whole[: doubt.start])
    return (before.group() if before else "") + whole[doubt.start : doubt.end]


def printed_lines(form: Form) -> tuple[PrintedLine, ...]:
    return tuple(
        PrintedLine(
            line.code, line.label, tuple(c.code for c in form.columns_of(line.code))
        )
        for line in form.data_lines()
    )
