"""A report's pictures in a Word document: as PNG, which every Word and WPS shows, each with
its caption and, for who cannot see it, its numbers in words."""

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import typst
from docx.parts.story import StoryPart
from docx.shared import Cm

from reporting.grid import PICTURES, Document, Drawing
from reporting.renderers.docx_table import (
    CENTRE,
    LEFT,
    element,
    new_page,
    paragraph,
    run,
)
from reporting.renderers.fonts import FOLDER, known

TEMPLATE = Path(__file__).parent / "pictures.typ"
DOTS = 200  # an inch
WIDEST_CM = 16.5
HIGHEST_CM = 20  # with its caption on one page of either paper's height
HIGHEST_ACROSS_CM = 13


def pictures(document: Document, part: StoryPart, width_cm: float) -> Iterator:
    if not document.pictures:
        return
    yield paragraph(new_page(), align=LEFT)
    yield paragraph(run(PICTURES, size=14, bold=True), align=LEFT, after=4, keep=True)
    highest = HIGHEST_ACROSS_CM if document.landscape else HIGHEST_CM
    most = (min(width_cm, WIDEST_CM), highest)
    drawable = [one for one in document.pictures if not unprintable(one)]
    images = dict(zip(drawable, rasterised(drawable), strict=True))
    for number, drawing in enumerate(document.pictures, 1):
        named = run(f"图{number}　{drawing.title}", size=12, bold=True)
        yield paragraph(named, align=CENTRE, after=4, keep=True)
        if drawing in images:
            placed = inline(part, images[drawing], drawing, most)
            yield paragraph(
                element("r", element("drawing", placed)), align=CENTRE, after=12
            )
        else:
            yield paragraph(run(drawing.spoken, size=12), align=LEFT, after=12)


def unprintable(drawing: Drawing) -> bool:
    """With a character that our fonts lack: said in words, for Word may have it."""
    return not set(drawing.said) - {"\n"} <= known()


def rasterised(drawings: Sequence[Drawing]) -> list[bytes]:
    """By typst with our own fonts: equal pictures, equal bytes."""
    if not drawings:
        return []
    made = typst.compile(
        str(TEMPLATE),
        sys_inputs={"pictures": json.dumps([one.svg for one in drawings])},
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
        format="png",
        ppi=DOTS,
    )
    return [made] if isinstance(made, bytes) else list(made)


def inline(part: StoryPart, png: bytes, drawing: Drawing, most_cm: tuple[float, float]):
    """As wide as the text, or as high as its page takes."""
    _, image = part.get_or_add_image(io.BytesIO(png))
    high = most_cm[0] * image.px_height / image.px_width
    width = most_cm[0] * min(1, most_cm[1] / high)
    made = part.new_pic_inline(io.BytesIO(png), width=Cm(width))
    made.docPr.set("descr", drawing.spoken)
    return made
