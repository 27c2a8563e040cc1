"""A form's cells laid out as its paper prints them: section by section, a grid each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from reporting.grid import Cell, Document, Drawing, Grid, Number, Prose, Role
from reporting.period import Period, year
from reporting.tables import Column, Drawn, Form, Line, Section, Table

Told = Mapping[str, Mapping[str, Any]]  # the `cells` of a report JSON
Row = tuple[Cell, ...]
Path = tuple[str, ...]  # the labels over or before a cell, outermost first
LIST_WIDTHS = (0.73, 0.09, 0.18)
BANDS_WIDTHS = (0.34, 0.22, 0.22, 0.22)
LABELS_WIDTHS = (0.08, 0.11, 0.25)
LABELS_DEEP = len(LABELS_WIDTHS)
UNWRITTEN, NOTHING = "（本章尚未撰写）", "无。"


def document(
    form: Form,
    told: Mapping[str, Any],
    *,
    agency: str,
    banner: str = "",
    pictures: Callable[[], tuple[Drawing, ...]] = tuple,
    signed: bool = False,
) -> Document:
    """The report JSON laid out as printed, under every heading of the form's outline.
    Where there is no text at all, as of a quarter, it is no report: then the tables stand
    alone, and nobody is asked for `pictures`."""
    texts = told.get("narrative", {})
    prose = tuple(chapters(form, texts, signed)) if texts else ()
    return Document(
        title=form.title,
        subtitle=f"（{period_told(told).title}）",
        agency=agency,
        prose=prose,
        pictures=pictures() if prose else (),
        annexed_to=form.annexed_to if prose else "",
        grids=tuple(DRAWN[s.drawn](s, told["cells"]) for s in form.sections),
        notes=form.notes,
        banner=banner,
        landscape=form.landscape,
    )


def period_told(told: Mapping[str, Any]) -> Period:
    """The period of a report JSON: its year, where it names no days."""
    if "from" not in told:
        return year(told["year"])
    start, end = (date.fromisoformat(told[day]) for day in ("from", "to"))
    return Period(start=start, end=end)


def chapters(
    form: Form, texts: Mapping[str, str], signed: bool = False
) -> Iterator[Prose]:
    """Every chapter of prose around those that are tables; one that nobody wrote says so,
    or when it is signed that there is nothing."""
    tables = 0
    for chapter in form.narrative:
        tables += chapter.is_table
        if not chapter.is_table:
            text = texts.get(chapter.numeral) or (NOTHING if signed else UNWRITTEN)
            yield Prose(heading=chapter.heading, text=text, before=tables)


def listed(section: Section, told: Told) -> Grid:
    """Label, unit, a number in each column: the annex of 2014 to 2018."""
    (table,) = section.tables
    label, unit, rest = LIST_WIDTHS
    how_many = len(table.columns)
    heads = (*section.heads, *(column.label for column in table.columns))
    return Grid(
        caption=section.title,
        head=(tuple(head(text) for text in heads),),
        body=tuple(
            (
                labelled(line),
                Cell(role=Role.UNIT, text=line.unit),
                *(number(line, column, told) for column in table.columns),
            )
            for line in table.lines
        ),
        widths=(label, unit, *[rest / how_many] * how_many),
        notes=section.notes,
    )


def labelled(line: Line) -> Cell:
    role = Role.CHAPTER if line.depth == 0 else Role.LABEL
    return Cell(role=role, text=line.label, depth=line.depth)


def banded(section: Section, told: Told) -> Grid:
    """Tables under one another, each with a band and a head of its own."""
    return Grid(
        caption=section.title,
        head=(),
        body=tuple(row for table in section.tables for row in band(table, told)),
        widths=BANDS_WIDTHS,
        notes=section.notes,
    )


def band(table: Table, told: Told) -> Iterator[Row]:
    """The last column takes what is left of the width."""
    width = len(BANDS_WIDTHS)
    wide = {table.columns[-1].code: width - len(table.columns)}
    yield (head(table.title, columns=width),)
    heads = (head(c.label, columns=wide.get(c.code, 1)) for c in table.columns)
    yield (head("信息内容"), *heads)
    for line in table.lines:
        numbers = (
            number(line, c, told, columns=wide.get(c.code, 1)) for c in table.columns
        )
        yield (Cell(role=Role.LABEL, text=line.label), *numbers)


def matrix(section: Section, told: Told) -> Grid:
    """Lines × columns: heads of several rows, and labels of several columns before them."""
    (table,) = section.tables
    heads = heads_of([(*c.under, c.label) for c in table.columns])
    corner = Cell(
        role=Role.CORNER, text=section.corner, columns=LABELS_DEEP, rows=len(heads)
    )
    lines = [line for line in table.lines if line.source != "heading"]
    labels = labels_before(table.lines)
    share = (1 - sum(LABELS_WIDTHS)) / len(table.columns)
    return Grid(
        caption=section.title,
        head=((corner, *heads[0]), *heads[1:]),
        body=tuple(
            (*before, *(number(line, column, told) for column in table.columns))
            for before, line in zip(labels, lines, strict=True)
        ),
        widths=(*LABELS_WIDTHS, *[share] * len(table.columns)),
        notes=section.notes,
    )


def abreast(section: Section, told: Told) -> Grid:
    """The lines side by side, each over its own columns; one row of numbers."""
    (table,) = section.tables
    deepest = max(len(line.under) for line in table.lines) + 1
    cells = [(line, column) for line in table.lines for column in table.columns]
    paths = [
        (*lengthened((*line.under, line.label), deepest), column.label)
        for line, column in cells
    ]
    return Grid(
        caption=section.title,
        head=heads_of(paths),
        body=(tuple(number(line, column, told) for line, column in cells),),
        widths=(1 / len(cells),) * len(cells),
        notes=section.notes,
    )


DRAWN: Mapping[Drawn, Callable[[Section, Told], Grid]] = {
    "list": listed,
    "bands": banded,
    "matrix": matrix,
    "abreast": abreast,
}


def head(text: str, *, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(role=Role.COLUMN_HEAD, text=text, columns=columns, rows=rows)


def number(line: Line, column: Column, told: Told, *, columns: int = 1) -> Cell:
    """A heading has none: its box stays empty."""
    if line.source == "heading":
        return Cell(role=Role.NUMBER, columns=columns)
    value = told.get(line.code, {}).get(column.code)
    at = line.code, column.code
    return Cell(role=Role.NUMBER, number=exact(value), columns=columns, at=at)


def exact(value: int | float | None) -> Number | None:
    return Decimal(str(value)) if isinstance(value, float) else value


def heads_of(paths: Sequence[Path]) -> tuple[Row, ...]:
    """Rows of heads over columns: neighbours share what their paths share."""
    deepest = max(map(len, paths))
    rows: list[Row] = [()] * deepest
    for level, levels, columns, text in shared(
        [lengthened(path, deepest) for path in paths]
    ):
        rows[level] += (head(text, columns=columns, rows=levels),)
    return tuple(rows)


def labels_before(lines: Sequence[Line]) -> list[Row]:
    """The label cells of every line with numbers; a heading stands before its lines."""
    paths, above = [], [""] * LABELS_DEEP
    for line in lines:
        above[line.depth :] = [line.label] * (LABELS_DEEP - line.depth)
        if line.source != "heading":
            paths.append(tuple(above))
    rows: list[Row] = [()]
    for level, levels, covered, text in shared(paths):
        rows[-1] += (Cell(role=Role.LABEL, text=text, columns=levels, rows=covered),)
        if level + levels == LABELS_DEEP:
            rows.append(())
    return rows[:-1]


def lengthened(path: Path, length: int) -> Path:
    return path + path[-1:] * (length - len(path))


def shared(
    paths: Sequence[Path], level: int = 0
) -> Iterator[tuple[int, int, int, str]]:
    """(level, levels covered, paths covered, text) of every box, outermost first: paths
    that follow one another share a box where they agree down to it."""
    for text, group in groupby(paths, key=lambda path: path[level]):
        alike = list(group)
        below = level + 1
        while below < len(alike[0]) and all(path[below] == text for path in alike):
            below += 1
        yield level, below - level, len(alike), text
        if below < len(alike[0]):
            yield from shared(alike, below)
