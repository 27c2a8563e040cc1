"""Texts and tables to read them against."""

from decimal import Decimal
from pathlib import Path

from reporting.demo.office import CELLS
from reporting.formats.national_2018 import FORM
from reporting.formats.phrases_2018 import LEXICON as LEXICON_2018
from reporting.formats.phrases_since_2019 import LEXICON_2021
from reporting.narrative.check import check
from reporting.narrative.passages import Passage, read
from reporting.narrative.reader import Known, Reading
from reporting.narrative.rows import PrintedLine

YUNNAN = (Path(__file__).parent / "yunnan_2018.txt").read_text("utf-8")
ANNEX = {(line, "count"): Decimal(str(n)) for line, n in CELLS.items()}
LINES_2018 = tuple(
    PrintedLine(line.code, line.label, ("count",)) for line in FORM.data_lines()
)

#: an office's 2023: line → (natural persons, companies, research, charities, legal, other)
ROWS = {
    "3.1": (80, 12, 1, 2, 4, 1),
    "3.2": (5, 1, 0, 0, 0, 0),
    "3.3.1": (30, 5, 1, 1, 0, 0),
    "3.3.2": (10, 2, 0, 0, 0, 0),
    "3.3.3.4": (6, 1, 0, 0, 0, 0),
    "3.3.3.6": (3, 0, 0, 0, 0, 0),
    "3.3.4.1": (20, 4, 0, 1, 3, 1),
    "3.3.4.2": (2, 0, 0, 0, 0, 0),
    "3.3.5.1": (7, 0, 0, 0, 0, 0),
    "3.3.5.2": (2, 0, 0, 0, 0, 0),
    "3.3.6.1": (1, 0, 0, 0, 0, 0),
    "3.3.6.3": (1, 0, 0, 0, 0, 0),
    "3.3.7": (82, 12, 1, 2, 3, 1),
    "3.4": (3, 1, 0, 0, 1, 0),
}
KINDS = ("natural_person", "org.company", "org.research", "org.ngo", "org.legal_service", "org.other")  # fmt: skip
ZERO = (0, 0, 0, 0, 0, 0)
LINES = (
    *("3.1", "3.2", "3.3.1", "3.3.2"),
    *(f"3.3.3.{n}" for n in range(1, 9)),
    *(f"3.3.4.{n}" for n in range(1, 4)),
    *(f"3.3.5.{n}" for n in range(1, 6)),
    *(f"3.3.6.{n}" for n in range(1, 4)),
    *("3.3.7", "3.4"),
)
APPEALS = {"4.1": (6, 2, 1, 1), "4.2": (1, 0, 1, 0), "4.3": (2, 1, 0, 1)}
RESULTS = ("upheld", "corrected", "other", "pending")
OFFICE = {
    **{
        (line, kind): n
        for line in LINES
        for kind, n in zip(KINDS, ROWS.get(line, ZERO), strict=True)
    },
    **{(line, "total"): sum(ROWS.get(line, ZERO)) for line in LINES},
    **{
        (line, result): n
        for line, row in APPEALS.items()
        for result, n in zip(RESULTS, row, strict=True)
    },
    **{(line, "total"): sum(row) for line, row in APPEALS.items()},
    ("2.1.2", "c1"): 9,
    ("2.1.2", "c2"): 4,
    ("2.1.2", "c3"): 31,
    ("2.5.1", "c1"): 12034,
    ("2.6.1", "c1"): 560,
    ("2.8.1", "c1"): Decimal("85.2"),
}

IN_2018 = Known(lexicon=LEXICON_2018, year=2018, cells=ANNEX, before={})
IN_2023 = Known(lexicon=LEXICON_2021, year=2023, cells=OFFICE, before={})


def reading(text: str, known: Known = IN_2023) -> Reading:
    (passage,) = (part for part in read(text) if isinstance(part, Passage))
    return Reading(passage, known)


def found(text: str, known: Known = IN_2023) -> list[tuple[str, str, object, object]]:
    """(rule, the words marked, left, right) of each finding."""
    told = (f.as_json(text) for f in check(text, known))
    return [(f["rule"], f["where"]["text"], f["left"], f["right"]) for f in told]
