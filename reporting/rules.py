"""勾稽关系: the rules that tie the cells of a form, written as on paper.

`compare` goes down the lines in every column, `across` along the columns on every line. A
rule any of whose cells is absent or blank is not applied. A term `last:3.4` is the cell of
last year's report; where that is not at hand it is absent.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Number = int | Decimal
Cell = tuple[str, str]  # line, column
Cells = Mapping[Cell, Number | None]  # None: blank, nobody entered it
Holds = Callable[[Number, Number], bool]
LAST = "last:"  # before the code of a line of last year's report


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
        sign = "=" if self.left == self.right else "≠"
        return f"{self.rule.zh}（{self.left} {sign} {self.right}） / {self.rule.en}"


Find = Callable[["Rule", Cells], Iterator[Broken]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    id: str
    level: Literal["hard", "soft"]
    zh: str
    en: str
    find: Find = field(compare=False)
    whole_year: bool = False  # of other periods it says nothing
    two_years: bool = False  # held against last year's report: soft after a merger


def hard(id: str, find: Find, zh: str, en: str, *, two_years: bool = False) -> Rule:
    return Rule(id=id, level="hard", zh=zh, en=en, find=find, two_years=two_years)


def soft(id: str, find: Find, zh: str, en: str, *, whole_year: bool = False) -> Rule:
    return Rule(id=id, level="soft", zh=zh, en=en, find=find, whole_year=whole_year)


def beside(cells: Cells, last_year: Cells) -> dict[Cell, Number | None]:
    """Both years' cells under one roof, last year's lines marked."""
    marked = {(LAST + line, column): n for (line, column), n in last_year.items()}
    return {**cells, **marked}


def compare(
    left: str,
    how: Holds,
    right: str,
    unless: Callable[[Cells, str], bool] = lambda cells, column: False,
) -> Find:
    """Lines in every column: `"3.1", eq, "3.1.1 + 3.1.2"`."""
    ours, theirs = terms(left), terms(right)
    first = ours[0][1]

    def find(rule: Rule, cells: Cells) -> Iterator[Broken]:
        for column in columns_of(first, cells):
            a = add_up([(sign, (line, column)) for sign, line in ours], cells)
            b = add_up([(sign, (line, column)) for sign, line in theirs], cells)
            if a is None or b is None or how(a, b) or unless(cells, column):
                continue
            yield Broken(rule=rule, line=first, column=column, left=a, right=b)

    return find


def across(left: str, how: Holds, right: str, *, on: tuple[str, ...]) -> Find:
    """Columns on each of these lines: `"total", eq, "upheld + corrected"`."""
    ours, theirs = terms(left), terms(right)

    def find(rule: Rule, cells: Cells) -> Iterator[Broken]:
        for line in on:
            a = add_up([(sign, cell_on(line, term)) for sign, term in ours], cells)
            b = add_up([(sign, cell_on(line, term)) for sign, term in theirs], cells)
            if a is not None and b is not None and not how(a, b):
                column = ours[0][1]
                yield Broken(rule=rule, line=line, column=column, left=a, right=b)

    return find


def within(line: str, column: str, *, times: int, from_: int) -> Find:
    """The number is neither so many times last year's nor that part of it, once one of
    them is as large as `from_`."""

    def find(rule: Rule, cells: Cells) -> Iterator[Broken]:
        now, before = cells.get((line, column)), cells.get((LAST + line, column))
        if now is None or before is None or max(now, before) < from_:
            return
        if now > before * times or now * times < before:
            yield Broken(rule=rule, line=line, column=column, left=now, right=before)

    return find


def growth(line: str, column: str) -> Rule:
    """Ours, on no form: what is received does not triple without a reason."""
    return soft(
        "growth",
        within(line, column, times=3, from_=30),
        "本年收到与上年相差三倍以上",
        "received differs from last year's by more than three times",
    )


def not_all_equal(first: str, *others: str, from_: int) -> Find:
    """The lines are not all the same number, once the first is as large as `from_`."""

    def find(rule: Rule, cells: Cells) -> Iterator[Broken]:
        for column in columns_of(first, cells):
            number = cells[first, column]
            rest = {cells.get((code, column)) for code in others}
            if number is not None and number >= from_ and rest == {number}:
                yield Broken(
                    rule=rule, line=first, column=column, left=number, right=number
                )

    return find


def whole_and_not_negative(*, counts: Iterable[str], amounts: Iterable[str]) -> Find:
    """The lines of counts are whole and not negative, those in 万元 not negative."""
    wanted = dict.fromkeys(counts, True) | dict.fromkeys(amounts, False)

    def find(rule: Rule, cells: Cells) -> Iterator[Broken]:
        for (line, column), number in cells.items():
            if number is None or line not in wanted:
                continue
            nearest = max(int(number) if wanted[line] else number, 0)
            if number != nearest:
                yield Broken(
                    rule=rule, line=line, column=column, left=number, right=nearest
                )

    return find


def terms(written: str) -> list[tuple[int, str]]:
    """`"a + b - c"` → (sign, code) in that order."""
    found = re.findall(r"(?:^| ([+-]) )(\S+)", written)
    return [(-1 if sign == "-" else 1, code) for sign, code in found]


def cell_on(line: str, term: str) -> Cell:
    last = term.startswith(LAST)
    return (LAST + line, term.removeprefix(LAST)) if last else (line, term)


def columns_of(line: str, cells: Cells) -> list[str]:
    return [column for code, column in cells if code == line]


def add_up(sum_: list[tuple[int, Cell]], cells: Cells) -> Number | None:
    """None where any of the cells is absent or blank."""
    found = [(sign, cells.get(cell)) for sign, cell in sum_]
    numbers = [sign * n for sign, n in found if n is not None]
    return sum(numbers) if len(numbers) == len(found) else None
