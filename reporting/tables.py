"""The grammar of a statistics form: lines × columns of conditions, and the rules that tie
them.

A total is a line like any other, counted by its own wider condition and then *checked*
against its parts, so that cross-footing can really fail, on entered tables too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from reporting.narrative.lexicon import Lexicon
from reporting.narrative.prose import Facts

Condition = Mapping[str, frozenset[str]]  # dimension → admitted values; all must hold
Number = int | Decimal
Cells = Mapping[tuple[str, str], Number | None]  # (line, column) → number; None: blank
Source = Literal["heading", "entered", "requests", "appeals"]
Measure = Literal["count", "fee"]


def where(**admitted: str | Iterable[str]) -> Condition:
    return {
        dimension: frozenset([values] if isinstance(values, str) else values)
        for dimension, values in admitted.items()
    }


def both(a: Condition, b: Condition) -> Condition:
    return {**a, **b, **{d: a[d] & b[d] for d in a.keys() & b.keys()}}


def holds(condition: Condition, fact: Mapping[str, str]) -> bool:
    return all(fact[d] in admitted for d, admitted in condition.items())


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed row: a heading has no number; the rest says where its number comes from.

    `measure` is `count`, or `fee`: the sum of fees in 万元 (10 000 yuan).
    """

    code: str
    label: str
    depth: int
    unit: str = ""
    source: Source = "heading"
    condition: Condition = field(default_factory=dict)
    measure: Measure = "count"

    @property
    def is_amount(self) -> bool:
        return self.unit == "万元"


@dataclass(frozen=True, kw_only=True)
class Column:
    code: str
    label: str
    condition: Condition = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A rule that does not hold in these cells."""

    rule: "Rule"
    line: str
    column: str
    left: Number
    right: Number

    @property
    def message(self) -> str:
        return f"{self.rule.zh}（{self.left} ≠ {self.right}） / {self.rule.en}"


Find = Callable[["Rule", Cells, str], Iterator[Broken]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """勾稽关系: applied in every column; not applied where any of its cells is absent."""

    id: str
    level: Literal["hard", "soft"]
    zh: str
    en: str
    find: Find = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A statistics form as an authority prescribed it, for the years it was in force."""

    key: str
    title: str
    authority: str
    years: range
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    memo: tuple[Line, ...] = ()  # counted beside the printed lines, for rules alone
    narrative: tuple["Chapter", ...] = ()
    lexicon: Lexicon | None = None  # how reports speak of these cells

    def __post_init__(self) -> None:
        codes = [line.code for line in (*self.lines, *self.memo)]
        twice = {code for code in codes if codes.count(code) > 1}
        if twice:
            raise ValueError(f"{self.key}: lines given twice: {sorted(twice)}")

    def data_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.source != "heading")

    def counted(
        self, source: Source
    ) -> Iterator[tuple[tuple[str, str], Condition, Line]]:
        """((line, column), condition, line) of every cell counted from that source."""
        for line in (*self.lines, *self.memo):
            if line.source == source:
                for column in self.columns:
                    condition = both(line.condition, column.condition)
                    yield (line.code, column.code), condition, line

    def broken(self, cells: Cells) -> Iterator[Broken]:
        for rule in self.rules:
            for column in self.columns:
                yield from rule.find(rule, cells, column.code)


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """Prose bound to cells."""

    numeral: str
    title: str
    write: Callable[[Facts], str] = field(compare=False)


def add_up(codes: Iterable[str], cells: Cells, column: str) -> Number | None:
    """The sum of those lines; None where any of them is absent or blank."""
    found = [cells.get((code, column)) for code in codes]
    numbers = [n for n in found if n is not None]
    return sum(numbers) if len(numbers) == len(found) else None


def compare(
    left: str,
    how: Callable[[Number, Number], bool],
    right: str,
    unless: Callable[[Cells, str], bool] = lambda cells, column: False,
) -> Find:
    """Sums of line codes written as on paper: `"3.1", eq, "3.1.1 + 3.1.2"`."""
    ours, theirs = left.split(" + "), right.split(" + ")

    def find(rule: Rule, cells: Cells, column: str) -> Iterator[Broken]:
        a, b = add_up(ours, cells, column), add_up(theirs, cells, column)
        if a is None or b is None or how(a, b) or unless(cells, column):
            return
        yield Broken(rule=rule, line=ours[0], column=column, left=a, right=b)

    return find


def not_all_equal(first: str, *others: str, from_: int) -> Find:
    """The lines are not all the same number, once the first is as large as `from_`."""

    def find(rule: Rule, cells: Cells, column: str) -> Iterator[Broken]:
        number = cells.get((first, column))
        rest = [cells.get((code, column)) for code in others]
        if number is not None and number >= from_ and set(rest) == {number}:
            yield Broken(
                rule=rule, line=first, column=column, left=number, right=number
            )

    return find


def whole_and_not_negative(lines: Iterable[Line]) -> Find:
    """Counts are whole and not negative; amounts in 万元 are not negative."""
    amounts = {line.code: line.is_amount for line in lines}

    def find(rule: Rule, cells: Cells, column: str) -> Iterator[Broken]:
        for (code, where_), number in cells.items():
            if where_ != column or number is None or code not in amounts:
                continue
            nearest = max(number if amounts[code] else int(number), 0)
            if number != nearest:
                yield Broken(
                    rule=rule, line=code, column=column, left=number, right=nearest
                )

    return find
