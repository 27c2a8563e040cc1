"""Papers for the file, set by typst with fonts of our own and a fixed document date."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent.parent / "papers"


class TypstPaper:
    def __init__(self, fonts: Path) -> None:
        self.fonts = fonts

    def print(self, template: str, content: Mapping[str, Any]) -> bytes:
        told = json.dumps(content, ensure_ascii=False, default=str)
        return typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            sys_inputs={"content": told},
            font_paths=[str(self.fonts)],
            ignore_system_fonts=True,
            pdf_standards=["a-2b"],
        )
