"""Paper set by typst: equal content, equal bytes; a character without a glyph is named."""

import pypdfium2
import pytest

from reporting.renderers.fonts import FOLDER
from requests_app.adapters.paper import TypstPaper
from requests_app.dependencies import Unprintable

PAPER = TypstPaper(FOLDER)
LETTER = {
    "banner": "", "agency": "某市人民政府", "title": "予以公开告知书", "number": "某府公复〔2026〕1号",
    "addressee": "张三：", "body": ["现予提供。"], "signed": ["某市人民政府", "2026年3月2日"],
}  # fmt: skip

EVIDENCE = {
    "banner": "", "agency": "某市人民政府", "procedure": "行政复议", "case_number": "",
    "body": "", "number": "〔2026〕1号",
    "evidence": [{"number": 1, "name": "盖章件.pdf", "proves": f"SHA-256 {'0a' * 32}"}],
}  # fmt: skip


def test_equal_content_gives_equal_bytes():
    assert PAPER.print("letter", LETTER) == PAPER.print("letter", LETTER)


def test_a_rare_character_is_named_and_not_drawn_as_a_box():
    with pytest.raises(Unprintable, match=r"无法打印：㐂（U\+3402）、𰻝（U\+30EDD）"):
        PAPER.print("letter", LETTER | {"addressee": "张𰻝㐂："})


def test_a_hash_in_the_list_of_evidence_stays_on_the_page():
    [page] = pypdfium2.PdfDocument(PAPER.print("bundle", EVIDENCE))
    text = page.get_textpage()
    right = max(text.get_charbox(n)[2] for n in range(text.count_chars()))
    assert "0a" * 16 in text.get_text_range()
    assert right <= page.get_width() - 2.4 / 2.54 * 72  # the margin of bundle.typ
