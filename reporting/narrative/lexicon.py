"""How reports speak of a form's cells: phrases as data, kept beside each form.

A phrase is a pattern of words and the cells they mean. Cells are written as on paper,
`"3.1 + 3.2"`; a line alone means the form's total column, `"4.1:upheld"` another one.
Where usage wavers (收到 with or without what was carried in), a phrase means several sums,
the usual one first, and a number that equals any of them is right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal
Cells = Mapping[tuple[str, str], Number | None]  # (line, column) → number; None: blank
Sum = tuple[tuple[str, str], ...]  # cells to be added

#: measure words by what they count; a phrase for requests does not claim a sum of money
UNITS = {
    "count": frozenset({"", "件", "件次", "条", "条次", "次", "份", "起", "宗", "例"}),
    "piece": frozenset({"", "篇", "条", "个", "次", "期", "场", "场次", "件", "条次"}),
    "place": frozenset({"", "个", "处", "家", "所"}),
    "people": frozenset({"", "人", "名", "人次", "位"}),
    "money": frozenset({"万元"}),
}


@dataclass(frozen=True)
class Phrase:
    """`says`: a regular expression over the words that lead up to the number (or follow it),
    without spaces, quotation marks and brackets' contents. `about`: the matter the passage
    must be speaking of (a key of the lexicon's topics)."""

    says: str
    means: tuple[str, ...]
    unit: str = "count"
    about: str = ""
    rest: bool = False  # 其他: only after a part of the same family


@dataclass(frozen=True)
class Kind:
    """Words for a column (自然人): the lines are those that the passage is speaking of."""

    says: str
    columns: tuple[str, ...]
    rest: bool = False  # 其他: only after another kind


@dataclass(frozen=True)
class Family:
    """Parts that make up a whole between them: bases of shares, rivals for 主要."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """Two neighbours that the text gives in place of their sum: 本级…万元，各州、市…万元."""

    one: str
    other: str
    total: str


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    column: str  # the column meant where none is named
    phrases: tuple[Phrase, ...]
    kinds: tuple[Kind, ...] = ()
    kinds_of: tuple[str, ...] = ()  # what kinds divide where no line is named
    topics: tuple[tuple[str, str], ...] = ()  # (pattern, key), the later match wins
    families: tuple[Family, ...] = ()
    bases: tuple[tuple[str, tuple[str, ...]], ...] = ()  # 占申请总量的…: of what
    splits: tuple[Split, ...] = ()
    nothing: tuple[tuple[str, str], ...] = ()  # 未收到申请: what is then nought

    def sum(self, written: str) -> Sum:
        return terms(written, self.column)


def terms(written: str, column: str) -> Sum:
    """`"3.1 + 4.1:upheld"`; that column where none is named."""
    each = (term.partition(":") for term in written.split(" + "))
    return tuple((line, named or column) for line, _, named in each)


def phrase(says: str, *means: str, unit: str = "count", about: str = "") -> Phrase:
    return Phrase(says, means, unit, about)


def rest(says: str, *means: str, about: str = "") -> Phrase:
    return Phrase(says, means, about=about, rest=True)


def families_of(part: Sum, lexicon: Lexicon) -> Iterator[Family]:
    """The families that this sum is a part of, the smallest first."""
    for family in sorted(lexicon.families, key=lambda f: len(f.parts)):
        if part in members(family, lexicon):
            yield family


def members(family: Family, lexicon: Lexicon) -> tuple[Sum, ...]:
    return tuple(lexicon.sum(part) for part in family.parts)


def add_up(of: Sum, cells: Cells) -> Number | None:
    """Blank cells count as nothing beside filled ones; None where nothing is known."""
    known = [n for n in (cells.get(term) for term in of) if n is not None]
    return sum(known) if known else None
