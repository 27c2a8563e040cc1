"""Papers for the file, set by typst with fonts of our own and a fixed document date."""

import json
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

from requests_app.dependencies import Unprintable

TEMPLATES = Path(__file__).parent.parent / "papers"


class TypstPaper:
    def __init__(self, fonts: Path) -> None:
        self.fonts = fonts

    def print(
        self,
        template: str,
        content: Mapping[str, Any],
        files: Mapping[str, bytes] | None = None,
    ) -> bytes:
        told = json.dumps(content, ensure_ascii=False, default=str)
        check(json.loads(told), self.fonts)
        with tempfile.TemporaryDirectory() as folder:
            for name, held in (files or {}).items():
                (Path(folder) / name).write_bytes(held)
            main = Path(folder) / "main.typ"
            main.write_bytes((TEMPLATES / f"{template}.typ").read_bytes())
            return self.set(main, told, files=files)

    def set(self, main: Path, told: str, *, files: Mapping[str, bytes] | None) -> bytes:
        """Unprintable for a file that is no picture; a fault of ours stays what it is."""
        try:
            return typst.compile(
                str(main),
                root=str(main.parent),
                sys_inputs={"content": told},
                font_paths=[str(self.fonts)],
                ignore_system_fonts=True,
                pdf_standards=["a-2b"],
            )
        except typst.TypstError as error:
            if not files:
                raise
            raise Unprintable(f"图片无法读取 (no readable picture): {error}") from error


def check(content: Any, fonts: Path) -> None:
    """Unprintable where the fonts lack a character: a box on paper would be worse."""
    missing = sorted(set("".join(texts(content))) - known(fonts))
    printed = [c for c in missing if unicodedata.category(c)[0] not in "CZ"]
    if printed:
        named = "、".join(f"{c}（U+{ord(c):04X}）" for c in printed)
        raise Unprintable(
            f"字体没有这些字，无法打印：{named} (the fonts lack these characters)"
        )


def texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        yield from (text for value in content.values() for text in texts(value))
    elif isinstance(content, list):
        yield from (text for value in content for text in texts(value))


@cache
def known(fonts: Path) -> frozenset[str]:
    """What every one of them can print: a heading is bold."""
    codes = []
    for path in sorted(fonts.glob("*.otf")):
        with TTFont(path, lazy=True) as font:
            codes.append(font.getBestCmap().keys())
    return frozenset(map(chr, set.intersection(*map(set, codes))))
