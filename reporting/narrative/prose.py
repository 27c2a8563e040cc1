"""Sentences out of cells, in the manner of the published reports: every number is a cell,
every share and rate is computed from two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from reporting.narrative.lexicon import Cells, Number, add_up, terms

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One report's cells, and last year's where they are at hand."""

    column: str  # the column meant where none is named
    cells: Cells
    before: Cells = field(default_factory=dict)

    def n(self, written: str) -> Number | None:
        return add_up(terms(written, self.column), self.cells)

    def last(self, written: str) -> Number | None:
        return add_up(terms(written, self.column), self.before)


@dataclass(frozen=True)
class Part:
    name: str
    number: Number


def parts(facts: Facts, *named: tuple[str, str]) -> tuple[Part, ...]:
    """(name, cells) → those of which there were any."""
    counted = ((name, facts.n(cells)) for name, cells in named)
    return tuple(Part(name, n) for name, n in counted if n)


def two_places(exact: Decimal) -> str:
    return f"{exact.quantize(CENT, ROUND_HALF_UP)}"


def share(part: Number, whole: Number) -> str:
    exact = Decimal(part) * HUNDRED / Decimal(whole)
    return f"不足{CENT}%" if 0 < exact < CENT / 2 else f"{two_places(exact)}%"


def plain(number: Number) -> str:
    """No exponent, no needless zeros."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def listed(found: Sequence[Part], whole: Number, unit: str = "件") -> str:
    """当面申请740件，占20.53%；传真申请46件，占1.28%"""
    return "；".join(
        f"{p.name}{plain(p.number)}{unit}，占{share(p.number, whole)}" for p in found
    )


def divided(
    found: Sequence[Part], whole: Number, opening: str = "其中，", unit: str = "件"
) -> str:
    """What a whole is made of, as a clause of its own: 均为甲 where there is one part, and
    what no part accounts for said too."""
    if not found or not whole:
        return ""
    if len(found) == 1 and found[0].number == whole:
        return f"{'' if whole == 1 else '均'}为{found[0].name}。"
    return f"{opening}{listed(found, whole, unit)}。"


def compared(facts: Facts, written: str, unit: str = "件") -> str:
    """，比上年（3200件）增长12.66%; no rate from nothing; nothing where last year is not at
    hand."""
    now, before = facts.n(written), facts.last(written)
    if now is None or before is None:
        return ""
    rate = growth(now, before)
    if not rate:
        return f"，上年为0{unit}"
    if not rate.endswith("%"):
        return f"，与上年{rate}"
    return f"，比上年（{plain(before)}{unit}）{rate}"


def growth(now: Number, before: Number) -> str:
    """增长12.66%, 下降…, 持平; nothing from nought, which has no rate."""
    if now == before:
        return "持平"
    if not before:
        return ""
    moved = Decimal(now) - Decimal(before)
    rate = abs(moved) * HUNDRED / Decimal(before)
    if rate < CENT / 2:
        return "基本持平"
    return f"{'增长' if moved > 0 else '下降'}{two_places(rate)}%"


def moved_points(facts: Facts, part: str, whole: str) -> str:
    """，占比比上年提高1.20个百分点: of a share, never of a number."""
    moved = points(facts, part, whole)
    if not moved:
        return ""
    return f"，占比{'与' if moved == '持平' else '比'}上年{moved}"


def points(facts: Facts, part: str, whole: str) -> str:
    """提高1.20个百分点, 降低…, 持平; nothing where one of the two shares is unknown."""
    now, before = ((ask(part), ask(whole)) for ask in (facts.n, facts.last))
    if not now[1] or not before[1] or now[0] is None or before[0] is None:
        return ""
    exact = (
        Decimal(now[0]) / Decimal(now[1]) - Decimal(before[0]) / Decimal(before[1])
    ) * HUNDRED
    change = abs(exact).quantize(CENT, ROUND_HALF_UP)
    if not change:
        return "持平"
    return f"{'提高' if exact > 0 else '降低'}{change}个百分点"


def most_frequent(found: Iterable[Part]) -> tuple[Part, ...]:
    """From the largest down; equal ones in the printed order."""
    return tuple(sorted(found, key=lambda part: -part.number))


def the_largest(found: Sequence[Part]) -> str:
    """The names of the largest, all of them where several are equal."""
    most = max(part.number for part in found)
    return "、".join(part.name for part in found if part.number == most)


def paragraphs(*told: str) -> str:
    return "\n".join(text for text in told if text)


def section(title: str, text: str) -> str:
    """（一）受理申请的数量 and what stands under it; nothing without text."""
    return f"{title}\n{text}" if text else ""
