"""总览: a year as a user sees it, out of one statement, with the agencies one step below."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from reporting import sight

RECEIVED, CONCLUDED, OPEN, OVERDUE = range(4)
Numbers = tuple[int, ...]
OF_THE_YEAR = ("received", "concluded")


@dataclass(frozen=True, kw_only=True)
class Below:
    """What lies under one agency; `alone`: that agency without those below it."""

    code: str
    key: int
    name: str
    alone: bool
    numbers: Numbers  # RECEIVED, CONCLUDED, OPEN, OVERDUE


@dataclass(frozen=True, kw_only=True)
class Overview:
    year: int
    years: (
        range  # from the first receipt to this year; empty: nothing was ever received
    )
    received: Counter = field(default_factory=Counter)  # (month, channel)
    closed: Counter = field(default_factory=Counter)  # concluded, (month, channel)
    concluded: Counter = field(default_factory=Counter)  # month
    timeliness: Counter = field(default_factory=Counter)
    outcomes: Counter = field(default_factory=Counter)
    appeals: Counter = field(default_factory=Counter)  # result by the year's end
    below: tuple[Below, ...] = ()
    whole: Numbers = (0, 0, 0, 0)

    def received_in(self, month: int) -> int:
        return sum(n for (of, _), n in self.received.items() if of == month)


def overview(*, user, year: int | None, today: date) -> Overview:
    """Of that year, or of the last one with anything received in it."""
    asked = year or today.year
    rows = list(sight.of_year(user, asked, today))
    last = max(
        (row.numbers[0] or asked for row in rows if row.part == "years"), default=asked
    )
    if (
        year is None
        and last < asked
        and not any(row.part in OF_THE_YEAR for row in rows)
    ):
        asked, rows = last, list(sight.of_year(user, last, today))
    return laid_out(asked, rows)


def laid_out(year: int, rows: list[sight.Row]) -> Overview:
    found = Overview(year=year, years=years(rows))
    own: dict[int, Numbers] = {}
    for row in rows:
        (number, *_) = row.numbers
        if row.part == "received":
            found.received[row.place, row.one] += number
        elif row.part == "closed":
            found.closed[row.place, row.one] += number
        elif row.part == "concluded":
            found.concluded[row.place] += number
            found.timeliness[row.one] += number
            found.outcomes[row.two] += number
        elif row.part == "appeals":
            found.appeals[row.one] += number
        elif row.part == "agency" and row.place is not None:
            own[row.place] = row.numbers
    if not found.years:
        return found
    return replace(found, below=tuple(below(rows, own)), whole=added(own.values()))


def years(rows: list[sight.Row]) -> range:
    for row in rows:
        if row.part == "years" and row.place is not None:
            return range(row.place, row.numbers[0] + 1)
    return range(0)


def below(rows: list[sight.Row], own: Mapping[int, Numbers]) -> Iterator[Below]:
    """The user's agency alone and each agency under it with all of its own; for who sees
    several roots, each of them."""
    tree = sorted((row for row in rows if row.part == "tree"), key=lambda row: row.two)
    keys = {row.place for row in tree}
    heads = [row for row in tree if row.numbers[0] not in keys]
    if len(heads) == 1:
        (top,) = heads
        heads = [row for row in tree if row.numbers[0] == top.place]
        if any(own.get(top.place, ())):
            yield lying(top, own[top.place], alone=True)
    found: dict[str, list[Numbers]] = {row.two: [] for row in heads}
    depth = heads[0].two.count("/") if heads else 0
    for row in tree:
        head = "/".join(row.two.split("/")[:depth]) + "/"
        if row.place in own and head in found:
            found[head].append(own[row.place])
    for row in heads:
        yield lying(row, added(found[row.two]))


def lying(row: sight.Row, numbers: Numbers, *, alone: bool = False) -> Below:
    code = row.two.rstrip("/").rpartition("/")[2]
    return Below(code=code, key=row.place, name=row.one, alone=alone, numbers=numbers)


def added(rows: Iterable[Numbers]) -> Numbers:
    return tuple(map(sum, zip((0, 0, 0, 0), *rows, strict=True)))
