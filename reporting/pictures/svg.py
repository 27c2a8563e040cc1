"""The few shapes of which every picture is made."""

import unicodedata
from html import escape

from reporting.pictures.marks import Mark, Number

FONT = "Noto Serif CJK SC, Names, 宋体, serif"
SIZE = 14
INK = "#33568f"
#: how the series of a picture differ without colour: (fill, edge)
FILLS = ((INK, INK), ("none", "currentColor"), ("#b9c4d8", INK))
DASHES = ("", "6 4", "2 3")


def drawing(title: str, width: int, height: float, *shapes: str) -> str:
    inside = "".join(shapes)
    role = "group" if "<a " in inside else "img"  # what is an image hides its links
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" '
        f'role="{role}" aria-label="{escape(title)}" font-family="{FONT}" '
        f'font-size="{SIZE}" fill="currentColor"><title>{escape(title)}</title>'
        f"{inside}</svg>"
    )


def text(
    x: float, y: float, said: str, anchor: str = "start", bold: bool = False
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight}>{escape(said)}</text>'


def box(x: float, y: float, width: float, height: float, fill: int = 0) -> str:
    inside, edge = FILLS[fill % len(FILLS)]
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{max(width, 1):g}" height="{max(height, 1):g}" '
        f'fill="{inside}" stroke="{edge}"/>'
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    dash: str = "",
    ink: str = "currentColor",
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{ink}"{dashed}/>'


def marked(mark: Mark, *shapes: str, named: str = "") -> str:
    """The shapes of one mark: it is read out, and leads where it leads."""
    said = f"<title>{escape(f'{named or mark.name} {plain(mark.number)}')}</title>"
    inside = f"<g>{said}{''.join(shapes)}</g>"
    return f'<a href="{escape(mark.link)}">{inside}</a>' if mark.link else inside


def legend(names: list[str], x: float, y: float) -> str:
    """What the fills mean, side by side."""
    drawn = []
    for place, name in enumerate(names):
        drawn += [box(x, y - 11, 12, 12, place), text(x + 18, y, name)]
        x += 18 + wide(name) + 24
    return "".join(drawn)


def wide(said: str) -> float:
    """About as wide as it is set: a Chinese character is a square."""
    return sum(
        SIZE if unicodedata.east_asian_width(c) in "WF" else SIZE * 0.6 for c in said
    )


def plain(number: Number | None) -> str:
    """No needless zeros; a dash for what nobody knows."""
    if number is None:
        return "—"
    told = f"{number:f}" if not isinstance(number, int) else str(number)
    return (told.rstrip("0").rstrip(".") if "." in told else told) or "0"
