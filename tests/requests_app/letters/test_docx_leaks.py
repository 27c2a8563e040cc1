"""What a DOCX still holds is found and quoted."""

import docx
import pytest

from requests_app.letters.docx_leaks import leaks
from tests.requests_app.letters.word import (
    document,
    holding,
    nameless,
    saved,
    with_part,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(properties: str, text: str = "张三") -> bytes:
    return holding(f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")


def named() -> bytes:
    made = docx.Document()
    made.core_properties.author = "王科长"
    return saved(made)


def hidden_by_style() -> bytes:
    made = nameless()
    style = made.styles.add_style("Secret", 1)
    style.font.hidden = True
    made.add_paragraph("张三", style="Secret")
    return saved(made)


SHAPE = (
    '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" '
    'style="position:absolute"/></w:pict></w:r>'
)
CASES = {
    "nothing": (document("张三"), []),
    "hidden": (run("<w:vanish/>"), [("hidden_text", "张三")]),
    "not hidden after all": (run('<w:vanish w:val="0"/>'), []),
    "hidden by its style": (hidden_by_style(), [("hidden_text", "张三")]),
    "white": (run('<w:color w:val="ffffff"/>'), [("hidden_text", "张三")]),
    "of half a point more": (run('<w:sz w:val="21.5"/>'), []),
    "too small to read": (run('<w:sz w:val="2"/>'), [("hidden_text", "张三")]),
    "blacked out": (run('<w:highlight w:val="black"/>'), [("removable_mask", "张三")]),
    "shaded black": (run('<w:shd w:fill="000000"/>'), [("removable_mask", "张三")]),
    "inserted": (
        holding('<w:ins w:id="1" w:author="a"><w:r><w:t>新</w:t></w:r></w:ins>'),
        [("tracked_changes", "新")],
    ),
    "deleted": (
        holding('<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'),
        [("tracked_changes", "旧")],
    ),
    "a loose shape": (holding(SHAPE), [("removable_mask", "")]),
    "an author": (named(), [("metadata", "王科长")]),
    "comments": (
        with_part(
            "word/comments.xml",
            f'<w:comments {W}><w:comment w:id="0"><w:p><w:r><w:t>别公开</w:t></w:r></w:p></w:comment></w:comments>',
        ),
        [("comments", "别公开")],
    ),
    "a workbook behind a chart": (
        with_part("word/embeddings/Microsoft_Excel_Sheet.xlsx", "PK"),
        [("attachments", "Microsoft_Excel_Sheet.xlsx")],
    ),
    "properties of its own": (
        with_part("docProps/custom.xml", "<Properties/>"),
        [("metadata", "")],
    ),
}


@pytest.mark.parametrize(("content", "found"), CASES.values(), ids=CASES)
def test_what_is_found(content, found):
    assert [(leak.rule, leak.quoted) for leak in leaks(content)] == found
