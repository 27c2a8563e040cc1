"""The grammar of a statistics form: sections of tables, each of lines × columns of
conditions.

A total is a line or column like any other, counted by its own wider condition and then
*checked* against its parts (`rules`), so that cross-footing can really fail, on entered
tables too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from reporting.narrative.lexicon import Lexicon
from reporting.narrative.prose import Facts
from reporting.rules import LAST, Broken, Cell, Cells, Rule, beside

Condition = Mapping[str, frozenset[str]]  # dimension → admitted values; all must hold
Source = Literal["heading", "entered", "requests", "appeals", "complaints"]
Measure = Literal["count", "fee"]
#: line by line; bands with a head of their own each; lines × columns; lines side by side
Drawn = Literal["list", "bands", "matrix", "abreast"]
AMOUNT = "万元"
STANDING = frozenset({"个", "人"})


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
    """One printed line: a heading has no number; the rest says where its number comes from.

    `measure` is `count`, or `fee`: the sum of fees in 万元 (10 000 yuan). `under` are the
    heads above it where lines are printed side by side. `logged` is the log that counts an
    entered line for the agencies that keep one. `help` tells whoever fills it in what
    belongs there, 中文 / English.
    """

    code: str
    label: str
    depth: int = 0
    unit: str = ""
    source: Source = "heading"
    logged: Source | None = None
    condition: Condition = field(default_factory=dict)
    measure: Measure = "count"
    under: tuple[str, ...] = ()
    help: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        return "·".join((*self.under, self.label))


@dataclass(frozen=True, kw_only=True)
class Column:
    """`signed` where the paper asks for a change (增/减), which may be below zero;
    `entered` where no line's log reaches (历年累计)."""

    code: str
    label: str
    condition: Condition = field(default_factory=dict)
    unit: str = ""
    under: tuple[str, ...] = ()
    signed: bool = False
    entered: bool = False
    help: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Lines × columns; `memo` lines are counted beside the printed ones, for rules alone."""

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    title: str = ""
    memo: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """What is printed as one table under one caption."""

    tables: tuple[Table, ...]
    title: str = ""
    drawn: Drawn = "list"
    heads: tuple[str, str] = ("统计指标", "单位")  # of a list's labels and units
    corner: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What the log holds and the form cannot place, or places with a doubt: counted beside
    the cells and always a soft finding.

    `{n}` in the words is the number; `named` has the requests or cases named. `elsewhere`
    is asked only for a year that is not the form's own, none before `since`.
    """

    id: str
    line: str
    column: str
    zh: str
    en: str
    counts: Condition
    source: Source = "requests"
    measure: Measure = "count"
    named: bool = False
    elsewhere: bool = False
    since: int = 0

    @property
    def rule(self) -> str:
        """The finding's rule: several doubts may be of one rule, `rule:value` each."""
        return self.id.partition(":")[0]


def silent(_facts: Facts) -> str:
    """The numbers tell nothing of such a chapter."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter of the report: `write` what numbers can tell of it; `is_table` where
    it is one of the form's tables; `about` how many characters the guide asks for."""

    numeral: str
    title: str
    write: Callable[[Facts], str] = field(default=silent, compare=False)
    is_table: bool = False
    about: int = 0

    @property
    def heading(self) -> str:
        return f"{self.numeral}、{self.title}"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Cells to be drawn, each with its name ("4.1:upheld"); `over_years`: as they moved from
    year to year; `below`: one cell of every agency below."""

    title: str
    marks: tuple[tuple[str, str], ...]
    over_years: bool = False
    below: bool = False


@dataclass(frozen=True, kw_only=True)
class Form:
    """A statistics form as an authority prescribed it, for the years it was in force."""

    key: str
    title: str
    authority: str
    years: range
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    watched: tuple[Rule, ...] = ()  # ours, beside those of the form
    doubts: tuple[Doubt, ...] = ()
    off_paper: frozenset[str] = frozenset()  # outcomes without a line, by design
    narrative: tuple[Chapter, ...] = ()
    lexicon: Lexicon | None = None  # how reports speak of these cells
    text_rule: str = "narrative"  # that the numbers in the text agree with the table
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()
    landscape: bool = False
    #: an earlier form → its cells that mean the same here, and which they are here
    follows: Mapping[str, Mapping[Cell, Cell]] = field(default_factory=dict)
    #: lines of last year's report that an agency's first year enters
    brought: tuple[str, ...] = ()
    annexed_to: str = ""  # the report of which it is the annex, by its title
    by_quarters: bool = False  # reported by quarters too, in any year since
    tolerated: frozenset[int] = frozenset()  # years in which it is not an error either
    uncertain: frozenset[str] = frozenset()  # outcomes whose line an office may choose
    chosen: Mapping[str, str] = field(
        default_factory=dict
    )  # outcome → its line (`placing`)
    prescribed: "Form | None" = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        codes = [line.code for line in (*self.lines, *self.memo)]
        twice = {code for code in codes if codes.count(code) > 1}
        if twice:
            raise ValueError(f"{self.key}: lines given twice: {sorted(twice)}")

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.sections for table in section.tables)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for table in self.tables for line in table.lines)

    @cached_property
    def memo(self) -> tuple[Line, ...]:
        return tuple(line for table in self.tables for line in table.memo)

    def chapter(self, numeral: str) -> Chapter | None:
        """The chapter of prose with that numeral; a table is none."""
        for chapter in self.narrative:
            if chapter.numeral == numeral and not chapter.is_table:
                return chapter
        return None

    def data_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.source != "heading")

    def columns_of(self, code: str) -> tuple[Column, ...]:
        """The columns of the table in which that line stands; none for an unknown line."""
        return self._columns.get(code.removeprefix(LAST), ())

    @cached_property
    def _columns(self) -> dict[str, tuple[Column, ...]]:
        return {
            line.code: table.columns
            for table in self.tables
            for line in (*table.lines, *table.memo)
        }

    @cached_property
    def cells(self) -> dict[Cell, tuple[Line, Column]]:
        """Every printed cell that holds a number, in printed order."""
        return dict(self._cells_of(self.data_lines()))

    @cached_property
    def known(self) -> dict[Cell, tuple[Line, Column]]:
        """The cells and those counted beside them."""
        return self.cells | dict(self._cells_of(self.memo))

    def _cells_of(
        self, lines: Iterable[Line]
    ) -> Iterator[tuple[Cell, tuple[Line, Column]]]:
        for line in lines:
            for column in self.columns_of(line.code):
                yield (line.code, column.code), (line, column)

    def takes(self, year: int) -> bool:
        """Whether figures may be handed in on this form for that year."""
        return year in self.years or year in self.tolerated

    def is_amount(self, cell: Cell) -> bool:
        """In 万元, with decimals; anything else is a whole count."""
        line, column = self.known[cell[0].removeprefix(LAST), cell[1]]
        return AMOUNT in (line.unit, column.unit)

    def is_signed(self, cell: Cell) -> bool:
        """A change (增/减), which may be below zero; anything else may not."""
        return cell in self.known and self.known[cell][1].signed

    def source(self, cell: Cell) -> Source:
        """Where its number comes from; `heading` for what is no cell of the form."""
        line, column = self.known.get(cell, (None, None))
        if line is None or column is None:
            return "heading"
        return "entered" if column.entered else line.source

    def is_standing(self, code: str) -> bool:
        """What there is at the end of a period (people, offices), not what happened in
        it."""
        return any(line.code == code and line.unit in STANDING for line in self.lines)

    def logged_elsewhere(self, code: str) -> bool:
        """An entered line that a log counts, for the agencies that keep one."""
        return any(line.code == code and line.logged for line in self.lines)

    def counted(self, source: Source) -> Iterator[tuple[Cell, Condition, Line]]:
        """(cell, condition, line) of every cell counted from that source."""
        for cell, (line, column) in self.known.items():
            if source in (self.source(cell), line.logged):
                yield cell, both(line.condition, column.condition), line

    def doubts_of(self, source: Source, year: int) -> Iterator[Doubt]:
        for doubt in self.doubts:
            untimely = year < doubt.since or (doubt.elsewhere and year in self.years)
            if doubt.source == source and not untimely:
                yield doubt

    def broken(
        self, cells: Cells, last_year: Cells | None = None, *, whole_year: bool = True
    ) -> Iterator[Broken]:
        told = beside(cells, last_year or {})
        for rule in (*self.rules, *self.watched):
            if whole_year or not rule.whole_year:
                yield from rule.find(rule, told)
