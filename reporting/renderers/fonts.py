"""The fonts that PDF and HTML carry, so that a machine without any prints Chinese."""

import base64
import io
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from reporting.dependencies import Unprintable
from reporting.grid import Document

FOLDER = Path(__file__).parent / "fonts"
REGULAR, BOLD = FOLDER / "NotoSerifSC-Regular.otf", FOLDER / "NotoSerifSC-Bold.otf"


def characters(document: Document) -> set[str]:
    return set("".join(document.texts())) - {"\n"}


@cache
def known() -> frozenset[str]:
    with TTFont(REGULAR, lazy=True) as regular, TTFont(BOLD, lazy=True) as bold:
        codes = regular.getBestCmap().keys() & bold.getBestCmap().keys()
    return frozenset(map(chr, codes))


def check(document: Document) -> None:
    """Unprintable where the fonts lack a character: a box on paper would be worse."""
    missing = sorted(characters(document) - known())
    if missing:
        named = "、".join(f"{found} (U+{ord(found):04X})" for found in missing)
        raise Unprintable(
            f"字体没有这些字：{named}，请另存为 .docx 或 .xlsx (no glyph for these)"
        )


@lru_cache(maxsize=64)
def embedded(font: Path, text: frozenset[str]) -> str:
    """A data URI of the font cut down to these characters. What is measured for boxes
    around glyphs is left as it was: it costs most and no browser needs it."""
    from fontTools import subset  # 20 MiB: only who renders a page carries it

    options = subset.Options(
        flavor="woff", with_zopfli=False, recalc_timestamp=False, recalc_bounds=False
    )
    options.layout_features = []
    with TTFont(font, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as whole:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(text)))
        cutter.subset(whole)
        whole.flavor = "woff"
        out = io.BytesIO()
        whole.save(out)
    return "data:font/woff;base64," + base64.b64encode(out.getvalue()).decode()
