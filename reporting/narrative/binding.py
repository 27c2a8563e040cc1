"""Which cells a number in the text speaks of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reporting.narrative.lexicon import (
    UNITS,
    Cells,
    Kind,
    Lexicon,
    Number,
    Phrase,
    Sum,
    add_up,
    families_of,
    members,
)
from reporting.narrative.numbers import NEXT, Mention
from reporting.narrative.offices import RECEIVING, another_office
from reporting.narrative.passages import Passage

#: words that may stand between a phrase and its number
FILLER = (
    r"(?:，?(?:共|共计|合计|累计|总计|总共|计|有|为|是|达|达到|数|数量|总数|总量|件数|次数|总次数)"
    r"|政府信息|公开|申请|案件|事项|信息|答复|的|了|等|形式|方式|类|各类|情形|情况|处理|件|：|，?约|近)*$"
)
AND = r"(?:、|和|及|与|或|以及|等|的|以|各类)*$"
RESPECTIVELY = re.compile(r"分别(?:共|共计)?(?:为|是|有|达|达到)?$")
LEADING = re.compile(
    r"^(?:[，；、：）]|其中|以及|包括|分别为|含|另有|还有|另|有|和|及)+"
)
NEAR = 18  # characters after the number in which its phrase begins
LINKING = re.compile(r"^(?:均|都)?(?:为|是|属于|被|的)")
VERB = re.compile(
    rf"(?:{RECEIVING}|召开|举办|举行|制发|制定|废止|作出|实施|引发|发生|发布|回应)(?:了|过)?(?:共|共计)?$"
)


@dataclass(frozen=True)
class Bound:
    """The sums of cells that a number may stand for, the usual one first."""

    sums: tuple[Sum, ...]

    def values(self, cells: Cells) -> tuple[Number, ...]:
        known = (add_up(terms, cells) for terms in self.sums)
        return tuple(n for n in known if n is not None)

    def lines(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(line for line, _ in terms) for terms in self.sums)

    def written(self, column: str) -> str:
        """The usual sum, for a person: `3.3.5+3.3.6`, `4.1:corrected`."""
        return "+".join(
            line if named == column else f"{line}:{named}"
            for line, named in self.sums[0]
        )


class Binder:
    """Binds the numbers of one passage, first to last, so that a part knows its whole."""

    def __init__(
        self,
        lexicon: Lexicon,
        office: str,
        passage: Passage,
        found: Sequence[Mention],
        whole_of: dict[int, int],
    ) -> None:
        self.lexicon, self.office, self.passage = lexicon, office, passage
        self.found, self.whole_of = found, whole_of
        self.bound: dict[int, Bound] = {}
        self.topics: dict[int, str] = {}  # by where a number starts

    def all(self) -> dict[int, Bound]:
        for place, mention in enumerate(self.found):
            if place in self.bound or mention.sort not in ("count", "before"):
                continue
            if RESPECTIVELY.search(mention.clause):
                self.bound |= self.respectively(place)
            elif bound := self.bind(place):
                self.end_list_before(place, bound)
                self.bound[place] = bound
        return self.bound

    def bind(self, place: int) -> Bound | None:
        mention = self.found[place]
        label, clause = (
            LEADING.sub("", words) for words in (mention.label, mention.clause)
        )
        if another_office(clause, self.office):
            return None
        bound = self.ends_with(label, place) or self.followed(place, clause)
        whole = self.bound.get(self.whole_of.get(place, -1))
        if bound and whole and whole.sums == bound.sums:
            return (
                None  # 其中 somebody received so many: the same fact of another office
            )
        return bound

    def end_list_before(self, place: int, bound: Bound) -> None:
        """行政复议10件，其中维持5件；行政诉讼3件: the suits are no part of the reviews."""
        whole = self.whole_of.get(place)
        if (
            whole is None
            or whole not in self.bound
            or any(
                self.is_within(terms, self.bound[whole].sums) for terms in bound.sums
            )
        ):
            return
        for later in [p for p, w in self.whole_of.items() if w == whole and p >= place]:
            del self.whole_of[later]

    def is_within(self, part: Sum, wholes: tuple[Sum, ...]) -> bool:
        """Whether the form's families lead from the part up to one of the wholes."""
        column = self.lexicon.column
        across = tuple(dict.fromkeys((line, column) for line, _ in part))
        above = {part, across, *self.wholes(part)} - {part}
        if part in wholes or above & set(wholes):
            return True
        if any(
            self.is_within(whole, wholes) for whole in above if len(whole) < len(part)
        ):
            return True
        return len(part) > 1 and all(self.is_within((term,), wholes) for term in part)

    def wholes(self, part: Sum) -> Iterator[Sum]:
        for family in families_of(part, self.lexicon):
            yield from (self.lexicon.sum(whole) for whole in family.whole)

    def share(self, place: int) -> Bound | None:
        """自然人申请占93.5%: the words name whose share it is."""
        mention = self.found[place]
        words = LEADING.sub(
            "", re.sub("占.*$|(?:的)?(?:比重|比例).*$", "", mention.clause)
        )
        if not words or another_office(words, self.office):
            return None
        return self.ends_with(words, place, unit="")

    def respectively(self, place: int) -> dict[int, Bound]:
        """甲、乙、丙分别为1件、2件、3件"""
        label = RESPECTIVELY.sub("", LEADING.sub("", self.found[place].label))
        names = list(self.names(label, self.found[place]))[::-1]
        run = [place]
        while (
            run[-1] + 1 < len(self.found)
            and len(run) < len(names)
            and NEXT.match(self.found[run[-1] + 1].label)
        ):
            run.append(run[-1] + 1)
        if len(run) != len(names):
            return {}
        return {p: self.meant(name) for p, name in zip(run, names, strict=True)}

    def ends_with(
        self, label: str, place: int, unit: str | None = None
    ) -> Bound | None:
        """The phrases that lead up to the number; several joined by 、 mean their sum."""
        mention = self.found[place]
        mention = mention if unit is None else replace(mention, unit=unit)
        names = list(self.names(label, mention))
        if not names:
            return self.kind(label, place, mention)
        if len(names) == 1 and not names[0].rest:
            return self.meant(names[0])
        if names[0].rest:
            return self.rest(names[0], label, place, mention)
        terms = (term for name in names for term in self.lexicon.sum(name.means[0]))
        return Bound((tuple(dict.fromkeys(terms)),))

    def meant(self, name: Phrase) -> Bound:
        return Bound(tuple(self.lexicon.sum(w) for w in name.means))

    def names(self, label: str, mention: Mention) -> Iterator[Phrase]:
        """From the last to the first."""
        between = FILLER
        while best := self.last_phrase(label, between, mention):
            start, name = best
            yield name
            label, between = label[:start], f"(?:{AND[:-2]}){FILLER}"
            if not re.search(r"(?:、|和|及|与|或)$", label):
                return

    def last_phrase(
        self, label: str, between: str, mention: Mention
    ) -> tuple[int, Phrase] | None:
        """The longest phrase that the label ends with, and where it starts."""
        best = None
        for name in self.lexicon.phrases:
            if mention.unit not in UNITS[name.unit] or not self.speaks_of(
                name, mention
            ):
                continue
            for found in re.finditer(name.says, label):
                if re.match(between, label[found.end() :]) and (
                    best is None or found.start() < best[0]
                ):
                    best = found.start(), name
        return best

    def followed(self, place: int, clause: str) -> Bound | None:
        """收到8件政府信息公开申请; 12件予以公开: the words after the number."""
        mention = self.found[place]
        tail = re.split("[，；：。（）]", self.passage.text[mention.after :])[0]
        if place + 1 < len(self.found):
            tail = tail[: max(0, self.found[place + 1].start - mention.after)]
        verb = VERB.search(clause)
        if not tail or (clause and not verb):
            return None
        words, tail = (verb[0], tail) if verb else ("", LINKING.sub("", tail))
        found = self.last_phrase(words + tail, FILLER, mention)
        if found and found[0] <= NEAR and not found[1].rest:
            return self.meant(found[1])
        return self.kind(tail, place, mention)

    def kind(self, label: str, place: int, mention: Mention) -> Bound | None:
        """自然人50件: that column of the lines that the passage is speaking of."""
        if mention.unit not in UNITS["count"]:
            return None
        for kind in self.lexicon.kinds:
            if re.search(f"(?:{kind.says}){FILLER}", label) and (
                not kind.rest or self.follows_a_kind(place)
            ):
                return self.of_kind(kind, place)
        return None

    def follows_a_kind(self, place: int) -> bool:
        columns = {c for kind in self.lexicon.kinds for c in kind.columns}
        before = self.part_before(place)
        return before is not None and any(c in columns for _, c in before.sums[0])

    def part_before(self, place: int) -> Bound | None:
        """The part listed before this one; a share may stand between."""
        return self.bound.get(place - 1) or self.bound.get(place - 2)

    def of_kind(self, kind: Kind, place: int) -> Bound:
        return Bound(
            tuple(
                tuple((line, c) for line in dict.fromkeys(lines) for c in kind.columns)
                for lines in self.spoken_of(place)
            )
        )

    def spoken_of(self, place: int) -> tuple[tuple[str, ...], ...]:
        whole = self.bound.get(self.whole_of.get(place, -1))
        if whole and all(c == self.lexicon.column for s in whole.sums for _, c in s):
            return whole.lines()
        return tuple(
            tuple(line for line, _ in self.lexicon.sum(w))
            for w in self.lexicon.kinds_of
        )

    def rest(
        self, name: Phrase, label: str, place: int, mention: Mention
    ) -> Bound | None:
        """其他: of the family of the part before it."""
        before = self.part_before(place)
        if before is None or (kind := self.kind(label, place, mention)):
            return kind if before else None
        for meaning in name.means:
            for family in families_of(self.lexicon.sum(meaning), self.lexicon):
                if before.sums[0] in members(family, self.lexicon):
                    return self.meant(name)
        return None

    def speaks_of(self, name: Phrase, mention: Mention) -> bool:
        if not name.about:
            return True
        if mention.start not in self.topics:
            self.topics[mention.start] = self.topic(mention)
        return self.topics[mention.start] == name.about

    def topic(self, mention: Mention) -> str:
        said = f"{self.passage.heading}。{self.passage.text[: mention.start]}"
        latest = max(
            (
                (found.end(), key)
                for pattern, key in self.lexicon.topics
                for found in re.finditer(pattern, said)
            ),
            default=(0, ""),
        )
        return latest[1]
