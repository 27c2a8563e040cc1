"""What the words alone claim of the table: 主要为甲和乙, 未收到申请."""

import re
from collections.abc import Mapping

from reporting.narrative.findings import shown
from reporting.narrative.lexicon import Number, Sum, add_up, members
from reporting.narrative.reader import Reading

MAINLY = re.compile(
    r"主要(?:为|是|有|涉及|集中在|集中于|包括|理由为|理由是|原因为|原因是|通过)|以(?=[^，。]{2,30}为主)"
)


def check(reading: Reading) -> None:
    largest(reading)
    nothing(reading)


def largest(reading: Reading) -> None:
    """主要为甲和乙: of their family the largest is among them."""
    text = reading.passage.text
    for found in MAINLY.finditer(text):
        words = re.split("[。；]|为主", text[found.end() :])[0]
        named = named_in(words, reading)
        for counted in rivals(named, reading):
            most = max(counted.values())
            if all(counted[terms] < most for terms in named):
                told = sum(counted[terms] for terms in named)
                best = next(terms for terms, n in counted.items() if n == most)
                reading.fault_span(
                    "largest", found.start(), found.end() + len(words), told, most,
                    f"所列合计 {shown(told)}，而最多的是 {written(best)}：{shown(most)}",
                )  # fmt: skip
            break


def named_in(words: str, reading: Reading) -> tuple[Sum, ...]:
    """The longest phrase at each place, so that 不予公开 does not name 予以公开."""
    lexicon = reading.known.lexicon
    spans = sorted(
        (
            (found.start(), -found.end(), lexicon.sum(phrase.means[0]))
            for phrase in lexicon.phrases
            if not phrase.about and not phrase.rest
            for found in re.finditer(phrase.says.lstrip("^"), words)
        ),
        key=lambda span: span[:2],
    )
    names: list[Sum] = []
    end = 0
    for start, minus_end, terms in spans:
        if start >= end:
            names.append(terms)
            end = -minus_end
    return tuple(dict.fromkeys(names))


def rivals(named: tuple[Sum, ...], reading: Reading) -> list[Mapping[Sum, Number]]:
    """The families that hold all that is named, with what the table counts of each part."""
    known = reading.known
    families = sorted(known.lexicon.families, key=lambda f: len(f.parts))
    parts = [members(family, known.lexicon) for family in families]
    return [
        {terms: add_up(terms, known.cells) or 0 for terms in family}
        for family in parts
        if named and set(named) <= set(family)
    ]


def written(terms: Sum) -> str:
    return "+".join(dict.fromkeys(line for line, _ in terms))


def nothing(reading: Reading) -> None:
    """未收到申请, where the table counts some."""
    known = reading.known
    for pattern, cells in known.lexicon.nothing:
        counted = add_up(known.lexicon.sum(cells), known.cells)
        for found in re.finditer(pattern, reading.passage.text):
            if counted:
                reading.fault_span(
                    "nothing", found.start(), found.end(), 0, counted,
                    f"“{found[0]}”，而统计表 {cells.replace(' ', '')} 为 {shown(counted)}",
                )  # fmt: skip
