"""Who is part of whom: 其中, 包括, 含, brackets, and …中，."""

import re
from collections.abc import Mapping, Sequence

from reporting.narrative.numbers import Mention

OPENS = re.compile(r"(?:其中|包括|分别为|^含)")
AMONG = re.compile(
    r"^(?:在)?(?P<whole>[^，；]{2,16}?)(?:的?(?:政府)?信息|的?申请)?中，"
)


def wholes(found: Sequence[Mention]) -> Mapping[int, int]:
    """Part → whole, by place in `found`. A list of parts ends with its sentence or its
    bracket."""
    whole_of: dict[int, int] = {}
    open_: tuple[int, int, int] | None = None  # whole, sentence, depth
    for place, mention in enumerate(found):
        if mention.sort != "count":
            continue
        if open_ and (mention.sentence, mention.depth) < open_[1:]:
            open_ = None
        if open_ and (mention.sentence != open_[1] or mention.depth < open_[2]):
            open_ = None
        whole = opened(found, place, whole_of)
        if whole is not None:
            open_ = whole, mention.sentence, mention.depth
        if open_ and alike(found[open_[0]], mention) and open_[0] != place:
            whole_of[place] = open_[0]
    return whole_of


def opened(
    found: Sequence[Mention], place: int, whole_of: Mapping[int, int]
) -> int | None:
    """The whole of a list that opens just before this number."""
    label = found[place].label
    among = AMONG.match(label)
    if among:
        return named(found[:place], among["whole"])
    marker = OPENS.search(label)
    if not marker:
        return None
    counted = [p for p in range(place) if found[p].sort == "count"]
    earlier = [p for p in counted if alike(found[p], found[place])] or counted
    here = [p for p in earlier if found[p].sentence == found[place].sentence]
    if not here:
        return next((p for p in reversed(earlier) if p not in whole_of), None)
    whole = here[-1]
    while found[whole].value < found[place].value and whole in whole_of:
        whole = whole_of[whole]
    return whole


def named(found: Sequence[Mention], words: str) -> int | None:
    for place in reversed(range(len(found))):
        if found[place].sort == "count" and words in found[place].clause:
            return place
    return None


def alike(one: Mention, other: Mention) -> bool:
    return one.unit == other.unit or not (one.unit and other.unit)
