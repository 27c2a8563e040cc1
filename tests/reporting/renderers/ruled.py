"""A printed page read by its ruled lines: which text stands in which box, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_TEXT

NEAR = 1.5  # points within which two lines are one
Sides = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Box:
    text: str  # of all its lines, without blanks
    left: float
    bottom: float
    right: float
    top: float
    indent: float  # from the box's left line to the first letter


class Page:
    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.size = tuple(round(side) for side in page.get_size())
        lines = [line.get_bounds() for line in page.get_objects([FPDF_PAGEOBJ_PATH])]
        self.level = [b for b in lines if b[2] - b[0] > b[3] - b[1]]
        self.upright = [b for b in lines if b[2] - b[0] < b[3] - b[1]]
        self.words = page.get_textpage()
        self.text = self.words.get_text_range()
        self.boxes = list(self.ruled())

    def ruled(self) -> Iterator[Box]:
        found: dict[Sides, list[Sides]] = {}
        for n in range(self.words.count_rects()):
            place = self.words.get_rect(n)
            if around := self.around(*place):
                found.setdefault(around, []).append(place)
        for around, places in found.items():
            text = "".join(self.words.get_text_bounded(*around).split())
            yield Box(text, *around, min(place[0] for place in places) - around[0])

    def around(self, left: float, bottom: float, right: float, top: float):
        """The nearest ruled lines on all four sides; None outside of a table."""
        x, y = (left + right) / 2, (bottom + top) / 2
        levels = [(b[1] + b[3]) / 2 for b in self.level if b[0] < x < b[2]]
        uprights = [(b[0] + b[2]) / 2 for b in self.upright if b[1] < y < b[3]]
        sides = (
            max((u for u in uprights if u < x), default=None),
            max((v for v in levels if v < y), default=None),
            min((u for u in uprights if u > x), default=None),
            min((v for v in levels if v > y), default=None),
        )
        return None if None in sides else tuple(round(side, 1) for side in sides)

    def tables(self) -> list[list[list[str]]]:
        """Each table's rows of texts; what spans several boxes stands in each."""
        return [filled(boxes) for boxes in parted(self.boxes)]


def parted(boxes: list[Box]) -> Iterator[list[Box]]:
    """Boxes that touch from top to bottom are one table."""
    table: list[Box] = []
    for box in sorted(boxes, key=lambda box: (-box.top, box.left)):
        if table and min(other.bottom for other in table) > box.top + NEAR:
            yield table
            table = []
        table.append(box)
    if table:
        yield table


def filled(boxes: list[Box]) -> list[list[str]]:
    tops = sorted({box.top for box in boxes}, reverse=True)
    lefts = sorted({box.left for box in boxes})
    return [
        [
            "".join(
                box.text
                for box in boxes
                if box.bottom < top - NEAR < box.top
                and box.left < left + NEAR < box.right
            )
            for left in lefts
        ]
        for top in tops
    ]


def fonts(document: pypdfium2.PdfDocument) -> set[tuple[str, bool]]:
    """(name, whether the file carries it) of the font of every text."""
    found = (
        text.get_font()
        for page in document
        for text in page.get_objects([FPDF_PAGEOBJ_TEXT])
    )
    return {(font.get_base_name(), bool(font.is_embedded)) for font in found}
