"""A filled table that gives one line twice: which of the two is meant is not certain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporting.matching import Box, Sheet, boxes, is_head, keys, number_in
from reporting.rules import Cell
from reporting.tables import Form, Line


@dataclass(frozen=True)
class Repeated:
    """A second row of a line, with something else in the same cell."""

    cell: Cell
    address: str
    text: str
    first: str  # the address of the row that was read


def repeated(form: Form, sheets: Sequence[Sheet]) -> Iterator[Repeated]:
    """Rows that no line was read from though they bear the label of one that was. On
    another sheet only a number speaks: it may be a guide that lists the labels."""
    read = list(boxes(form, sheets))
    rows = {(sheet.title, row) for _, sheet, row, _ in read}
    lines = [line for line in form.data_lines() if line.code not in abreast(form)]
    every = [column for table in form.tables for column in table.columns]
    for sheet in sheets:
        for row, texts in enumerate(sheet.rows):
            if (sheet.title, row) not in rows and not is_head(every, texts):
                for line in labelled(texts, form, lines):
                    of_line = [box for box in read if box[0][0] == line.code]
                    yield from again(sheet, row, of_line)


def abreast(form: Form) -> set[str]:
    """Lines that stand over their columns: their labels are in no row of theirs."""
    return {
        line.code
        for section in form.sections
        for table in section.tables
        for line in table.lines
        if section.drawn == "abreast"
    }


def again(sheet: Sheet, row: int, read: Sequence[Box]) -> Iterator[Repeated]:
    for cell, first, at, place in read:
        text, was = sheet.at(row, place), first.at(at, place)
        if differs(text, was, only_numbers=sheet is not first):
            address = sheet.address(row, place)
            yield Repeated(cell, address, text, first.address(at, place))


def labelled(texts: Sequence[str], form: Form, lines: Sequence[Line]) -> list[Line]:
    """The lines of that label; a heading of the form is none."""
    for text in texts:
        written = keys(text)
        if not written[1] or any(
            keys(li.label)[0] == written[0]
            for li in form.lines
            if li.source == "heading"
        ):
            continue
        for how in (0, 1):
            of_label = [li for li in lines if keys(li.label)[how] == written[how]]
            if of_label:
                return of_label
    return []


def differs(text: str, was: str, *, only_numbers: bool) -> bool:
    try:
        number = number_in(text, signed=True)
    except ValueError:
        return not only_numbers and keys(text) != keys(was)
    try:
        return number is not None and number != number_in(was, signed=True)
    except ValueError:
        return number is not None
