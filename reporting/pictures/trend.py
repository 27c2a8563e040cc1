from collections.abc import Iterator, Sequence
from itertools import pairwise

from reporting.pictures.marks import Series
from reporting.pictures.svg import DASHES, INK, drawing, line, marked, plain, text, wide

WIDTH, HIGH, TOP, FOOT, LEFT = 720, 200, 28, 28, 40


def trend(title: str, series: Sequence[Series]) -> str:
    """Lines over the years: each with a dash and a sign of its own, named at its end, its
    number at every point; a year that nobody knows is a gap."""
    names = [mark.name for mark in series[0].marks] if series else []
    most = max((m.number or 0 for s in series for m in s.marks), default=0) or 1
    right = max((wide(s.name) for s in series), default=0) + 24
    step = (WIDTH - LEFT - right) / max(len(names) - 1, 1)
    base = TOP + HIGH
    xs = [LEFT + step * place for place in range(len(names))]
    drawn = [line(LEFT, base, xs[-1] if xs else WIDTH, base)]
    drawn += [
        text(x, base + 20, name, "middle") for x, name in zip(xs, names, strict=True)
    ]
    taken: list[float] = []
    for place, one in enumerate(series):
        ys = [
            None if m.number is None else base - float(HIGH * m.number / most)
            for m in one.marks
        ]
        drawn += list(strokes(xs, ys, DASHES[place % len(DASHES)]))
        for x, y, mark in zip(xs, ys, one.marks, strict=True):
            if y is not None:
                above = y - 8 if place % 2 == 0 else y + 20
                said = text(x, above, plain(mark.number), "middle")
                drawn.append(
                    marked(
                        mark, sign(x, y, place), said, named=f"{one.name} {mark.name}"
                    )
                )
        known = [(x, y) for x, y in zip(xs, ys, strict=True) if y is not None]
        if known:
            x, y = known[-1]
            while any(abs(y - other) < 18 for other in taken):
                y += 18
            taken.append(y)
            drawn.append(text(x + 16, y + 5, one.name))
    return drawing(title, WIDTH, base + FOOT + 18 * (len(series) > 1), *drawn)


def strokes(
    xs: Sequence[float], ys: Sequence[float | None], dash: str
) -> Iterator[str]:
    points = list(zip(xs, ys, strict=True))
    for (x1, y1), (x2, y2) in pairwise(points):
        if y1 is not None and y2 is not None:
            yield line(x1, y1, x2, y2, dash, INK)


def sign(x: float, y: float, place: int) -> str:
    """A dot, a hollow square, a hollow dot."""
    if place % 3 == 1:
        return (
            f'<rect x="{x - 4:g}" y="{y - 4:g}" width="8" height="8" '
            f'fill="#fff" stroke="{INK}"/>'
        )
    fill = INK if place % 3 == 0 else "#fff"
    return f'<circle cx="{x:g}" cy="{y:g}" r="4.5" fill="{fill}" stroke="{INK}"/>'
