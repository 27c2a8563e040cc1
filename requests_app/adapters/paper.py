"""Papers for the file, set by typst with fonts of our own and a fixed document date."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

from requests_app.dependencies import Unprintable

TEMPLATES = Path(__file__).parent.parent / "papers"


@cache
def known(fonts: Path) -> frozenset[str]:
    """What every font of the folder can draw."""
    codes: list[set[int]] = []
    for file in fonts.glob("*.otf"):
        with TTFont(file, lazy=True) as font:
            codes.append(set(font.getBestCmap()))
    return frozenset(map(chr, set.intersection(*codes))) if codes else frozenset()


class TypstPaper:
    def __init__(self, fonts: Path) -> None:
        self.fonts = fonts

    def print(self, template: str, content: Mapping[str, Any]) -> bytes:
        """Raises Unprintable for a character that the fonts lack, a rare name's perhaps."""
        told = json.dumps(content, ensure_ascii=False, default=str)
        missing = set(told) - known(self.fonts)
        if missing:
            raise Unprintable(missing)
        return typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            sys_inputs={"content": told},
            font_paths=[str(self.fonts)],
            ignore_system_fonts=True,
            pdf_standards=["a-2b"],
        )
