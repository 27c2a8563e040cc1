"""信息处理费: 国办函〔2020〕109号 (in force 2021-01-01), by pieces or by pages, never both.

Super-progressive (超额累进): only the part above each step is charged at its rate.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from requests_app.domain.regimes import NotAllowed

ARTICLE = "国办函〔2020〕109号"
IN_FORCE_FROM = date(2021, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Step:
    """So many pieces or pages, the `first` to the `last` of them, at `rate` yuan each."""

    first: int
    last: int
    rate: int

    @property
    def amount(self) -> int:
        return (self.last - self.first + 1) * self.rate


@dataclass(frozen=True, kw_only=True)
class Charge:
    """What is owed in yuan, step by step."""

    unit: str  # 件 or 页
    steps: tuple[Step, ...]

    @property
    def amount(self) -> int:
        return sum(step.amount for step in self.steps)

    def __str__(self) -> str:
        told = "；".join(
            f"第{s.first}至{s.last}{self.unit}每{self.unit}{s.rate}元，计{s.amount}元"
            for s in self.steps
        )
        return f"{told}，共{self.amount}元" if self.steps else "0元"


# fmt: off
#: (from the how many-th page on, yuan a page)
PAGES = ((1, 0), (31, 10), (101, 20), (201, 40))
#: (from the how many-th piece on, yuan a piece); then 100 more every ten pieces
PIECES = ((1, 0), (11, 100), (31, 200))
# fmt: on
EVERY, MORE = 10, 100


def by_page(pages: int) -> Charge:
    """按量: the pages of one request; paper, e-mail and copied data alike."""
    not_less_than_one(pages)
    return Charge(unit="页", steps=tuple(cut(PAGES, 1, pages)))


def by_piece(first: int, last: int | None = None) -> Charge:
    """按件: the `first` to the `last` request of one applicant in a calendar month,
    whatever their results."""
    last = first if last is None else last
    not_less_than_one(first, last)
    return Charge(unit="件", steps=tuple(cut(piece_steps(last), first, last)))


def in_force(received_on: date) -> None:
    """NotAllowed for a request received before the tariff was."""
    if received_on < IN_FORCE_FROM:
        raise NotAllowed(
            f"{IN_FORCE_FROM} 前收到的申请不收信息处理费 (no processing fee yet)",
            ARTICLE,
        )


def piece_steps(most: int) -> Iterator[tuple[int, int]]:
    yield from PIECES
    start, rate = PIECES[-1]
    for n, piece in enumerate(range(start + EVERY, most + 1, EVERY), 1):
        yield piece, rate + n * MORE


def cut(steps: Iterable[tuple[int, int]], first: int, last: int) -> Iterator[Step]:
    """The part of each step that lies from `first` to `last`."""
    for (start, rate), (following, _) in pairwise([*steps, (last + 1, 0)]):
        low, high = max(start, first), min(following - 1, last)
        if low <= high:
            yield Step(first=low, last=high, rate=rate)


def not_less_than_one(*counts: int) -> None:
    if min(counts) < 1 or list(counts) != sorted(counts):
        raise NotAllowed("件数、页数从1起计 (count from one)", ARTICLE)
