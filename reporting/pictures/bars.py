from collections.abc import Sequence

from reporting.narrative.prose import share
from reporting.pictures.marks import Mark
from reporting.pictures.svg import SIZE, box, drawing, marked, plain, text, wide

WIDTH, ROW, LONGEST = 640, 26, 22


def bars(
    title: str, marks: Sequence[Mark], *, shares: bool = True, width: int = WIDTH
) -> str:
    """Bars lying under one another: name, bar, number and its share of them all."""
    names = [shortened(mark.name) for mark in marks]
    left = max((wide(name) for name in names), default=0) + 12
    told = [spoken(mark, marks, shares) for mark in marks]
    right = max((wide(one) for one in told), default=0) + 12
    most = max((mark.number or 0 for mark in marks), default=0) or 1
    room = max(width - left - right, 60)
    rows = []
    for place, (mark, name, one) in enumerate(zip(marks, names, told, strict=True)):
        y, long = place * ROW, room * float(mark.number or 0) / float(most)
        drawn = box(left, y + 4, long, ROW - 9) if mark.number else ""
        said = text(left + long + 6, y + 18, one)
        rows.append(marked(mark, text(left - 8, y + 18, name, "end"), drawn, said))
    return drawing(title, width, max(ROW * len(marks), SIZE) + 4, *rows)


def spoken(mark: Mark, marks: Sequence[Mark], shares: bool) -> str:
    """740（20.53%）"""
    whole = sum(m.number or 0 for m in marks)
    if not shares or not whole or mark.number is None:
        return plain(mark.number)
    return f"{plain(mark.number)}（{share(mark.number, whole)}）"


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
