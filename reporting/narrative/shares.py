"""占…%: a part of its whole, rounded half up to the places printed; and all of them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reporting.narrative.binding import Bound
from reporting.narrative.findings import shown
from reporting.narrative.lexicon import Number
from reporting.narrative.numbers import NEXT, Mention, rounded, says
from reporting.narrative.reader import Reading, wholes_of
from reporting.narrative.structure import AMONG

STRAIGHT = re.compile(r"^[，、（]?(?:约|均|各|分别|比重|比例)?(?:占|占比)")
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
NEAR = 5  # percent: shares that come so near mean to be all of them


def check(reading: Reading) -> None:
    for place, mention in enumerate(reading.found):
        if mention.sort != "share":
            continue
        part = part_of(reading, place)
        if part in reading.doubted:
            continue
        wrong = (
            named(reading, place) if part is None else counted(reading, part, mention)
        )
        if wrong:
            number, whole = wrong
            right = rounded(number * HUNDRED / whole, min(mention.step, CENT))
            reading.fault("share", place, right, told(reading, mention, *wrong, right))


def part_of(reading: Reading, place: int) -> int | None:
    """Whose share it is: the number just before, or as many before as 分别 says."""
    run = respectively(reading, place)
    if (
        run is not None
        or not place
        or not STRAIGHT.match(words_between(reading, place))
    ):
        return run
    before = reading.found[place - 1]
    same = before.sentence == reading.found[place].sentence
    return place - 1 if same and before.sort == "count" else None


def words_between(reading: Reading, place: int) -> str:
    found = reading.found
    return reading.passage.text[found[place - 1].after : found[place].start]


def respectively(reading: Reading, place: int) -> int | None:
    """甲、乙分别50件、30件，分别占62.5%、37.5%"""
    found, first, last = reading.found, place, place
    while first and listed(found[first], found[first - 1]):
        first -= 1
    while last + 1 < len(found) and listed(found[last + 1], found[last]):
        last += 1
    part = place - (last - first + 1)
    if "分别" not in found[first].clause or part < 0 or found[part].sort != "count":
        return None
    return part


def listed(mention: Mention, before: Mention) -> bool:
    return mention.sort == before.sort == "share" and bool(NEXT.match(mention.label))


def counted(
    reading: Reading, part: int, mention: Mention
) -> tuple[Number, Number] | None:
    """The part and the whole whose share it should be; None where the printed share is
    right or nobody can tell."""
    among = among_bases(reading, part)
    sure = named_bases(reading, mention) or among or reading.bases(part)
    if not sure:
        return None
    parts = reading.numerators(part)
    listed = part in reading.whole_of or bool(among)
    possible = sure if listed else (*sure, *reading.earlier(part))
    if any(says(mention, a * HUNDRED / b) for a in parts for b in possible):
        return None
    return parts[0], sure[0]


def named_bases(reading: Reading, mention: Mention) -> tuple[Number, ...]:
    """占申请总量的…: the words say of what."""
    words = re.search("占(?!比)(?P<base>[^，；]+?)的?$", mention.clause)
    return base_of(reading, words["base"]) if words else ()


def among_bases(reading: Reading, part: int) -> tuple[Number, ...]:
    """办理结果中，…: the sentence says of what, where no number of the text is that."""
    found = reading.found
    for place in range(part, -1, -1):
        if found[place].sentence != found[part].sentence:
            break
        if (words := AMONG.match(found[place].label)) and part not in reading.whole_of:
            return base_of(reading, words["whole"])
    return ()


def base_of(reading: Reading, words: str) -> tuple[Number, ...]:
    for pattern, sums in reading.known.lexicon.bases:
        if re.search(pattern, words):
            whole = Bound(tuple(reading.known.lexicon.sum(s) for s in sums))
            return tuple(n for n in whole.values(reading.known.cells) if n)
    return ()


def named(reading: Reading, place: int) -> tuple[Number, Number] | None:
    """自然人申请占93.5%: the words name the cells, no number stands between."""
    bound = reading.bound_words(place)
    if bound is None:
        return None
    parts, wholes = bound.values(reading.known.cells), wholes_of(bound, reading.known)
    pairs = [(a, b) for a in parts for b in wholes if b]
    right = any(says(reading.found[place], a * HUNDRED / b) for a, b in pairs)
    return None if right or not pairs else pairs[0]


def told(
    reading: Reading, mention: Mention, part: Number, whole: Number, right: Number
) -> str:
    text = f"{shown(part)}/{shown(whole)} 应为 {shown(right)}%，写作 {shown(mention.value)}%"
    shares = list(siblings(reading, mention))
    total = sum(shares, Decimal(0))
    if len(shares) > 1 and total != HUNDRED and abs(total - HUNDRED) <= NEAR:
        text += f"；各占比合计 {shown(total)}%"
    return text


def siblings(reading: Reading, share: Mention) -> Iterator[Decimal]:
    """The printed shares of the sentence."""
    for mention in reading.found:
        if mention.sort == "share" and mention.sentence == share.sentence:
            yield mention.value


def share_of(bound: Bound, reading: Reading, when: str) -> Number | None:
    parts = bound.values(getattr(reading.known, when))
    wholes = wholes_of(bound, reading.known, when)
    if not parts or not wholes or not wholes[0]:
        return None
    return Decimal(parts[0]) * HUNDRED / Decimal(wholes[0])
