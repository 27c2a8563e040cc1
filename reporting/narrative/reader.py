"""One passage read: its numbers, who is part of whom, and which cells they speak of."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reporting.narrative.binding import Binder, Bound
from reporting.narrative.findings import Finding
from reporting.narrative.lexicon import Cells, Lexicon, Number
from reporting.narrative.numbers import Mention, mentions
from reporting.narrative.passages import Passage
from reporting.narrative.structure import wholes


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a text is held against."""

    lexicon: Lexicon
    year: int
    cells: Cells
    before: Cells  # last year's; empty where not at hand
    office: str = ""  # the name of the agency whose report it is


class Reading:
    def __init__(self, passage: Passage, known: Known) -> None:
        self.passage, self.known = passage, known
        self.found: tuple[Mention, ...] = mentions(passage.text, known.year)
        self.whole_of = dict(wholes(self.found))
        self.binder = Binder(
            known.lexicon, known.office, passage, self.found, self.whole_of
        )
        self.bound = self.binder.all()
        self.findings: list[Finding] = []
        self.faulted: set[int] = set()  # places in `found`
        self.doubted: set[int] = set()  # of which one is wrong, and nobody knows which

    def fault(self, rule: str, place: int, right: Number | None, message: str) -> None:
        mention = self.found[place]
        self.faulted.add(place)
        self.fault_span(rule, mention.start, mention.end, mention.value, right, message)

    def fault_span(
        self,
        rule: str,
        start: int,
        end: int,
        left: Number,
        right: Number | None,
        message: str,
    ) -> None:
        first, last = self.passage.place(start, end)
        self.findings.append(
            Finding(
                rule=rule,
                start=first,
                end=last,
                left=left,
                right=right,
                message=message,
            )
        )

    def values(
        self, place: int, when: Literal["cells", "before"] = "cells"
    ) -> tuple[Number, ...]:
        """What the table gives for this number, the usual reading first."""
        bound = self.bound.get(place)
        return bound.values(getattr(self.known, when)) if bound else ()

    def numerators(self, place: int) -> tuple[Number, ...]:
        """The number as the table has it and as printed: a misprint is reported once."""
        return (*self.values(place), self.found[place].value)

    def bound_words(self, place: int) -> Bound | None:
        """What the words before a share name: 自然人申请占93.5%."""
        return self.binder.share(place)

    def words(self, place: int) -> str:
        return self.found[place].clause.strip("，；：、") or "该数"

    def bases(self, place: int) -> tuple[Number, ...]:
        """Wholes that this number is surely a part of, the likeliest first: the one that
        the text gives, else the form's."""
        whole = self.whole_of.get(place)
        if whole is not None:
            printed, usual = self.found[whole].value, self.values(whole)[:1]
            return tuple(n for n in (*usual, printed) if n)
        bound = self.bound.get(place)
        return tuple(n for n in wholes_of(bound, self.known) if n) if bound else ()

    def earlier(self, place: int) -> tuple[Decimal, ...]:
        """Numbers before it that may be its whole."""
        return tuple(
            m.value
            for p, m in enumerate(self.found[:place])
            if m.sort == "count" and m.value >= self.found[place].value and m.value
        )


def wholes_of(bound: Bound, known: Known, when: str = "cells") -> tuple[Number, ...]:
    """The sums of which these cells are a part, by the form's families and its columns."""
    lexicon, cells = known.lexicon, getattr(known, when)
    terms = bound.sums[0]
    across = tuple(dict.fromkeys((line, lexicon.column) for line, _ in terms))
    sums = [across] if across != terms and (across[0] in cells) else []
    for family in lexicon.families:
        if any(lexicon.sum(part) == terms for part in family.parts):
            sums += [lexicon.sum(whole) for whole in family.whole]
    return Bound(tuple(sums)).values(cells)
