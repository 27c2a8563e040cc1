from collections.abc import Sequence

from reporting.pictures.marks import Series
from reporting.pictures.svg import (
    box,
    drawing,
    legend,
    line,
    marked,
    plain,
    text,
    wide,
)

WIDTH, HIGH, TOP, FOOT = 960, 180, 48, 24
CLOSE = 0.8  # of a group's room that its columns take


def columns(title: str, series: Sequence[Series]) -> str:
    """Columns side by side, a group for each name: months, years. Numbers stand on top,
    turned where they would touch."""
    groups = len(series[0].marks) if series else 0
    most = max((m.number or 0 for s in series for m in s.marks), default=0) or 1
    room = WIDTH / max(groups, 1)
    width = room * CLOSE / max(len(series), 1)
    base = TOP + HIGH
    drawn = [legend([s.name for s in series], 0, 16), line(0, base, WIDTH, base)]
    for group in range(groups):
        start = group * room + room * (1 - CLOSE) / 2
        for place, one in enumerate(series):
            mark = one.marks[group]
            height = float(HIGH * (mark.number or 0) / most)
            x = start + place * width
            drawn.append(
                marked(
                    mark,
                    box(x, base - height, width - 2, height, place)
                    if mark.number
                    else "",
                    number(
                        x + width / 2 - 1, base - height - 5, plain(mark.number), width
                    ),
                    named=f"{one.name} {mark.name}",
                )
            )
        drawn.append(
            text((group + 0.5) * room, base + 18, series[0].marks[group].name, "middle")
        )
    return drawing(title, WIDTH, base + FOOT, *drawn)


def number(x: float, y: float, told: str, width: float) -> str:
    """Smaller where the column is too narrow for it."""
    fits = wide(told) <= width
    size = "" if fits else f' font-size="{max(width / wide(told) * 14, 9):.1f}"'
    return text(x, y, told, "middle").replace("<text", f"<text{size}", 1)
