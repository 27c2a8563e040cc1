"""Paper set by typst: equal content, equal bytes; a character without a glyph is named."""

import pytest

from reporting.renderers.fonts import FOLDER
from requests_app.adapters.paper import TypstPaper
from requests_app.dependencies import Unprintable

PAPER = TypstPaper(FOLDER)
LETTER = {
    "banner": "", "agency": "某市人民政府", "title": "予以公开告知书", "number": "某府公复〔2026〕1号",
    "addressee": "张三：", "body": ["现予提供。"], "signed": ["某市人民政府", "2026年3月2日"],
}  # fmt: skip


def test_equal_content_gives_equal_bytes():
    assert PAPER.print("letter", LETTER) == PAPER.print("letter", LETTER)


def test_a_rare_character_is_named_and_not_drawn_as_a_box():
    with pytest.raises(Unprintable, match=r"无法打印：㐂（U\+3402）、𰻝（U\+30EDD）"):
        PAPER.print("letter", LETTER | {"addressee": "张𰻝㐂："})
