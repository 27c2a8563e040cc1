"""Reads a finished text against a table, against arithmetic and against itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reporting.narrative import claims, growth, shares, sums
from reporting.narrative.binding import FILLER, LEADING
from reporting.narrative.findings import Finding, shown
from reporting.narrative.numbers import says
from reporting.narrative.offices import title
from reporting.narrative.passages import Passage, TableRow, read
from reporting.narrative.reader import Known, Reading
from reporting.narrative.rows import PrintedLine, check_rows

LEAST_TO_COMPARE = 8  # characters of a label that names one fact beyond doubt


def check(
    document: str, known: Known, lines: Sequence[PrintedLine] = ()
) -> list[Finding]:
    """In the order of the text. `lines`: the printed lines of the form, for tables in it."""
    known = replace(known, office=f"{known.office} {title(document)}")
    parts = list(read(document))
    readings = [Reading(part, known) for part in parts if isinstance(part, Passage)]
    for reading in readings:
        against_cells(reading)
        sums.check(reading)
        shares.check(reading)
        growth.check(reading)
        claims.check(reading)
    twice(readings)
    rows = [part for part in parts if isinstance(part, TableRow)]
    found = [f for reading in readings for f in reading.findings]
    return sorted(
        (*found, *check_rows(rows, lines, known.cells)), key=lambda f: f.start
    )


def against_cells(reading: Reading) -> None:
    for place, bound in reading.bound.items():
        mention = reading.found[place]
        cells = reading.known.cells if mention.sort == "count" else reading.known.before
        values = bound.values(cells)
        if values and not any(says(mention, n) for n in values):
            lines = bound.written(reading.known.lexicon.column)
            reading.fault(
                "cell", place, values[0],
                f"“{reading.words(place)}”写作 {shown(mention.value)}，"
                f"统计表 {lines} 为 {shown(values[0])}",
            )  # fmt: skip


def twice(readings: Iterable[Reading]) -> None:
    """The same fact with two numbers, where no table decides."""
    first: dict[object, tuple[Reading, int]] = {}
    for reading, place, key in facts(readings):
        mention = reading.found[place]
        earlier, there = first.setdefault(key, (reading, place))
        value = earlier.found[there].value
        if value != mention.value and not mention.margin:
            reading.fault(
                "itself", place, value,
                f"“{reading.words(place)}”前文写作 {shown(value)}，这里写作 {shown(mention.value)}",
            )  # fmt: skip


def facts(readings: Iterable[Reading]) -> Iterator[tuple[Reading, int, object]]:
    for reading in readings:
        for place, mention in enumerate(reading.found):
            if mention.sort != "count" or place in reading.whole_of or mention.margin:
                continue
            bound = reading.bound.get(place)
            if bound:
                if not reading.values(place):
                    yield reading, place, bound.sums[0]
                continue
            label = re.sub(FILLER, "", LEADING.sub("", mention.clause))
            if len(label) >= LEAST_TO_COMPARE:
                yield reading, place, (label, mention.unit)
