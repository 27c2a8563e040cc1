"""Parts of a stated whole add up to it, where the text means them to be all its parts."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from reporting.narrative.findings import shown
from reporting.narrative.lexicon import add_up, members
from reporting.narrative.numbers import rounded, says
from reporting.narrative.reader import Reading
from reporting.narrative.shares import HUNDRED, STRAIGHT, words_between

#: words which, all present, name everything there is
COMPLETE = (
    (r"州、市|州市|市州|各市|地市", r"省直|省级|省政府|省本级"),
    (
        r"县、区|县区|区县|县市|各县|各区|县（市、区）|乡镇|街道",
        r"市直|市级|市本级|县直|区直|部门|本级",
    ),
    (r"自然灾害", r"事故灾难", r"公共卫生", r"社会安全"),
    (r"自然人|公民", r"法人|组织|企业"),
    (r"(?<!兼)专职", r"兼职"),
    (r"主动公开", r"依申请公开"),
    (r"维持", r"纠正|纠错", r"其他"),
    (r"现场|当面", r"网络|网上", r"信函|邮寄"),
)
REST = re.compile(r"^(?:其他|其它|其余|剩余)")


def check(reading: Reading) -> None:
    for whole, listed in lists(reading):
        parts = complete(reading, listed)
        involved = {whole, *parts}
        if not parts or involved & reading.faulted or reading.found[whole].margin:
            continue
        if all(vouched(reading, p) for p in involved):
            continue
        total = sum((reading.found[p].value for p in parts), Decimal(0))
        if not says(reading.found[whole], total):
            fault(reading, whole, parts, total)
    splits(reading)


def splits(reading: Reading) -> None:
    """本级投入甲，各州、市投入乙: together the cell."""
    known = reading.known
    for split in known.lexicon.splits:
        total = add_up(known.lexicon.sum(split.total), known.cells)
        for one, other in neighbours(reading):
            a, b = reading.found[one], reading.found[other]
            if (
                total is not None
                and re.search(split.one, a.clause)
                and re.search(split.other, b.clause)
                and not {one, other} & reading.faulted
                and not a.margin + b.margin
                and not any(
                    rounded(total, step) == rounded(a.value + b.value, step)
                    for step in {a.step, b.step}
                )
            ):
                reading.faulted |= {one, other}
                text = f"{shown(a.value)}+{shown(b.value)}，统计表 {split.total} 为 {shown(total)}"
                reading.fault_span(
                    "sum", a.start, b.end, a.value + b.value, total, text
                )


def neighbours(reading: Reading) -> Iterator[tuple[int, int]]:
    counted = [p for p, m in enumerate(reading.found) if m.sort == "count"]
    for one, other in pairwise(counted):
        a, b = reading.found[one], reading.found[other]
        if (a.unit, a.sentence, a.depth) == (b.unit, b.sentence, b.depth):
            yield one, other


def lists(reading: Reading) -> Iterator[tuple[int, list[int]]]:
    for whole in sorted(set(reading.whole_of.values())):
        parts = [
            p
            for p, w in reading.whole_of.items()
            if w == whole and reading.found[p].depth == depth_of(reading, whole)
        ]
        for sentence in sorted({reading.found[p].sentence for p in parts}):
            of_one = [p for p in parts if reading.found[p].sentence == sentence]
            if len(of_one) > 1:
                yield whole, of_one


def depth_of(reading: Reading, whole: int) -> int:
    """Parts within the brackets of a part are not added to it."""
    return min(
        reading.found[p].depth for p, w in reading.whole_of.items() if w == whole
    )


def complete(reading: Reading, listed: Sequence[int]) -> list[int]:
    """Those of the listed parts that the text means to be all; none where it does not."""
    labels = {p: reading.words(p) for p in listed}
    for words in COMPLETE:
        named = [p for p in listed if re.search("|".join(words), labels[p])]
        if all(any(re.search(word, labels[p]) for p in named) for word in words):
            return named
    if REST.match(labels[listed[-1]]):
        return list(listed)
    return whole_family(reading, listed) or shares_fill(reading, listed)


def whole_family(reading: Reading, listed: Sequence[int]) -> list[int]:
    lexicon = reading.known.lexicon
    spoken = {bound.sums[0]: p for p in listed if (bound := reading.bound.get(p))}
    for family in lexicon.families:
        parts = members(family, lexicon)
        if set(parts) <= spoken.keys():
            return [spoken[part] for part in parts]
    return []


def shares_fill(reading: Reading, listed: Sequence[int]) -> list[int]:
    """Every part carries its share, and together they come to about everything."""
    found = reading.found
    shares = [
        found[p + 1].value
        for p in listed
        if p + 1 < len(found)
        and found[p + 1].sort == "share"
        and STRAIGHT.match(words_between(reading, p + 1))
    ]
    full = len(shares) == len(listed) and abs(sum(shares) - HUNDRED) <= 1
    return list(listed) if full else []


def fault(reading: Reading, whole: int, parts: Sequence[int], total: Decimal) -> None:
    printed = reading.found[whole]
    sums = "+".join(shown(reading.found[p].value) for p in parts)
    text = f"{sums}={shown(total)}，不等于 {shown(printed.value)}"
    suspects = [p for p in (whole, *parts) if not vouched(reading, p)]
    if len(suspects) == 1:
        reading.doubted |= set(suspects)
        (place,) = suspects
        value = reading.found[place].value
        right = total if place == whole else value + printed.value - total
        reading.fault("sum", place, right, text)
        return
    reading.doubted |= {whole, *parts}
    among = [reading.found[p] for p in suspects or (whole, *parts)]
    start, end = min(m.start for m in among), max(m.end for m in among)
    reading.fault_span("sum", start, end, printed.value, total, text)


def vouched(reading: Reading, place: int) -> bool:
    """Whether the table says so too."""
    return any(says(reading.found[place], n) for n in reading.values(place))
