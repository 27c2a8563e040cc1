"""比上年增长…%, 增加…件, 提高…个百分点: against last year's number where it is at hand."""

from decimal import Decimal

from reporting.narrative.binding import Bound
from reporting.narrative.findings import shown
from reporting.narrative.lexicon import Number
from reporting.narrative.numbers import Mention, rounded, says
from reporting.narrative.reader import Reading
from reporting.narrative.shares import CENT, HUNDRED, part_of, share_of


def check(reading: Reading) -> None:
    for place, mention in enumerate(reading.found):
        match mention.sort:
            case "growth":
                rate(reading, place)
            case "change":
                change(reading, place)
            case "points":
                points(reading, place)


def rate(reading: Reading, place: int) -> None:
    mention = reading.found[place]
    now, before, last = this_and_last(reading, place)
    if not now or not before:
        return
    if not any(before):
        reading.fault("growth", place, None, "上年为 0，不能计算增长率")
        return
    pairs = [(a, b) for a in now for b in before if b]
    if any(says(mention, towards(mention, a, b, b)) for a, b in pairs):
        return
    a, b = pairs[0]
    right = rounded(towards(mention, a, b, b), min(mention.step, CENT))
    text = (
        f"由 {shown(b)} 到 {shown(a)} 应为{direction(mention)} {shown(right)}%，"
        f"写作 {shown(mention.value)}%"
    )
    if any(a and says(mention, towards(mention, a, b, a)) for a, b in pairs):
        text += "（误以本年数为基数）"
    reading.faulted.add(place)
    start = place if last is None or last > place else last  # either may be wrong
    reading.fault_span(
        "growth", reading.found[start].start, mention.end, mention.value, right, text
    )


def change(reading: Reading, place: int) -> None:
    mention = reading.found[place]
    now, before, _ = this_and_last(reading, place)
    sign = -1 if mention.down else 1
    if (
        not now
        or not before
        or any(says(mention, (a - b) * sign) for a in now for b in before)
    ):
        return
    right = (Decimal(now[0]) - Decimal(before[0])) * sign
    reading.fault(
        "change", place, right,
        f"由 {shown(before[0])} 到 {shown(now[0])} 应为{direction(mention)} {shown(right)}，"
        f"写作 {shown(mention.value)}",
    )  # fmt: skip


def points(reading: Reading, place: int) -> None:
    """A change of a share, for which last year's table is needed."""
    mention = reading.found[place]
    bound = reading.bound_words(place) or share_before(reading, place)
    if bound is None:
        return
    now, before = (share_of(bound, reading, when) for when in ("cells", "before"))
    if now is None or before is None:
        return
    sign = -1 if mention.down else 1
    exact = (Decimal(now) - Decimal(before)) * sign
    of_printed = (rounded(now, CENT) - rounded(before, CENT)) * sign
    if not says(mention, exact) and not says(mention, of_printed):
        right = rounded(exact, min(mention.step, CENT))
        reading.fault(
            "points", place, right,
            f"由 {shown(rounded(before, CENT))}% 到 {shown(rounded(now, CENT))}% "
            f"应为{direction(mention)} {shown(right)} 个百分点",
        )  # fmt: skip


def share_before(reading: Reading, place: int) -> Bound | None:
    """Whose share the sentence gave just before: 予以公开37件，占36.63%，提高2个百分点."""
    share = place - 1
    if share < 0 or reading.found[share].sort != "share":
        return None
    if reading.found[share].sentence != reading.found[place].sentence:
        return None
    part = part_of(reading, share)
    return reading.bound_words(share) if part is None else reading.bound.get(part)


def this_and_last(
    reading: Reading, place: int
) -> tuple[tuple[Number, ...], tuple[Number, ...], int | None]:
    """What the rate compares: this year's number and last year's, as the text and the
    tables give them, empty where not at hand; and where the text says last year's."""
    subject = subject_of(reading, place)
    if subject is None:
        return (), (), None
    last = last_year_in(reading, subject, place)
    if last is not None:
        before = (*reading.values(last, "before"), reading.found[last].value)
        return reading.numerators(subject), before, last
    both = reading.values(subject), reading.values(subject, "before")
    if not both[1]:
        now = reading.numerators(subject)
        return now, by_change(reading, place, now), place - 1
    return *as_read(reading.found[subject], *both), None


def as_read(
    mention: Mention, now: tuple[Number, ...], before: tuple[Number, ...]
) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """Both years under the one reading that the printed number agrees with."""
    agreed = [pair for pair in zip(now, before, strict=False) if says(mention, pair[0])]
    this, last = agreed[0] if agreed else (now[0], before[0])
    return (this, mention.value), (last,)


def subject_of(reading: Reading, place: int) -> int | None:
    for p in reversed(range(place)):
        found = reading.found[p]
        if found.sentence != reading.found[place].sentence:
            return None
        if found.sort == "count":
            return p
    return None


def last_year_in(reading: Reading, subject: int, place: int) -> int | None:
    """Last year's number as the sentence gives it, since the rate before this one, or in a
    bracket after it."""
    found = reading.found
    sentence = found[place].sentence
    for p in reversed(range(place)):
        if found[p].sentence != sentence or found[p].sort == "growth":
            break
        if found[p].sort == "before":
            return p
    after = place + 1
    if after < len(found) and found[after].sort == "before":
        deeper = found[after].depth > found[place].depth
        return after if found[after].sentence == sentence and deeper else None
    return None


def by_change(
    reading: Reading, place: int, now: tuple[Number, ...]
) -> tuple[Number, ...]:
    """增加23件，增长12.3%: the difference gives last year's number."""
    if not place or reading.found[place].sort != "growth":
        return ()
    change = reading.found[place - 1]
    if change.sort != "change" or change.sentence != reading.found[place].sentence:
        return ()
    step = change.value * (-1 if change.down else 1)
    return tuple(n - step for n in now if n - step >= 0)


def towards(mention: Mention, now: Number, before: Number, base: Number) -> Decimal:
    sign = -1 if mention.down else 1
    return (Decimal(now) - Decimal(before)) * sign * HUNDRED / Decimal(base)


def direction(mention: Mention) -> str:
    return "下降" if mention.down else "增长"
