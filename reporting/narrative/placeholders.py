"""Numbers in an office's own text stay bound to cells: `{3.1}` is told when it is printed.

`{3.1}` the number · `{3.1.1 + 3.1.3}` a sum · `{4.1:upheld}` another column ·
`{3.1.3/3.1 %}` a share · `{3.1 上年}` last year's · `{3.1 同比}` 增长12.66% ·
`{3.1.3/3.1 百分点}` 提高1.20个百分点 · `{自动段落}` what the numbers write of the chapter.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reporting.narrative.lexicon import terms
from reporting.narrative.prose import Facts, growth, plain, points, share

GENERATED = "自动段落"
BRACED = re.compile(r"\{([^{}]*)\}")
CELL = r"\d+(?:\.\d+)*(?::[a-z0-9_.]+)?"
SUM = rf"{CELL}(?: ?\+ ?{CELL})*"
BOUND = re.compile(
    rf"(?P<part>{SUM})(?: ?/ ?(?P<whole>{SUM}) ?(?P<ratio>%|百分点)| ?(?P<how>上年|同比)?)"
)


class NotBound(ValueError):
    """A placeholder that names no cell, or asks for what nobody can tell."""


@dataclass(frozen=True)
class Bound:
    part: str
    whole: str = ""
    how: str = ""  # 上年, 同比; of a share: %, 百分点

    def told(self, facts: Facts) -> str:
        """The number as printed; nothing where it is not known."""
        if self.whole:
            return self.of_a_share(facts)
        now, before = facts.n(self.part), facts.last(self.part)
        if self.how == "上年":
            return "" if before is None else plain(before)
        if self.how == "同比":
            return "" if now is None or before is None else growth(now, before)
        return "" if now is None else plain(now)

    def of_a_share(self, facts: Facts) -> str:
        if self.how == "百分点":
            return points(facts, self.part, self.whole)
        part, whole = facts.n(self.part), facts.n(self.whole)
        return share(part, whole) if part is not None and whole else ""


def check(text: str, column: str, cells: Collection[tuple[str, str]]) -> None:
    """NotBound names the first placeholder that this form cannot fill."""
    for inside in BRACED.findall(text):
        if inside != GENERATED:
            bound(inside, column, cells)
    stray = re.search(r"[{}]", BRACED.sub("", text))
    if stray:
        raise NotBound(
            f"花括号 {stray.group()} 没有成对；数字写作 {{3.1}}"
            " (a brace stands alone; a number is written {3.1})"
        )


def bound(inside: str, column: str, cells: Collection[tuple[str, str]]) -> Bound:
    found = BOUND.fullmatch(" ".join(unicodedata.normalize("NFKC", inside).split()))
    if found is None:
        raise NotBound(
            f"看不懂 {{{inside}}}：可写 {{3.1}}、{{3.1.3/3.1 %}}、{{3.1 同比}}、{{3.1 上年}}"
            " (not understood; write {3.1}, {3.1.3/3.1 %} or {3.1 同比})"
        )
    part, whole, ratio, how = found.group("part", "whole", "ratio", "how")
    made = Bound(spaced(part), spaced(whole or ""), ratio or how or "")
    for written in filter(None, (made.part, made.whole)):
        for line, named in terms(written, column):
            if (line, named) not in cells:
                raise NotBound(
                    f"{{{inside}}}：本表没有 {line}:{named} 这一格 (no such cell)"
                )
    return made


def spaced(written: str) -> str:
    return " + ".join(re.split(r" ?\+ ?", written)) if written else ""


def resolve(text: str, facts: Facts, generated: str = "") -> str:
    """The text as printed; a number that is not known leaves its placeholder standing."""

    def told(found: re.Match[str]) -> str:
        inside = found.group(1)
        if inside == GENERATED:
            return generated
        try:
            return bound(inside, facts.column, facts.cells).told(facts) or found.group()
        except NotBound:  # of a form that has changed since
            return found.group()

    lines = (BRACED.sub(told, line) for line in text.splitlines())
    return "\n".join(line for line in lines if line.strip())


def unfilled(text: str) -> Iterator[str]:
    """Placeholders that still stand in a text as printed."""
    return (found.group() for found in BRACED.finditer(text))
