"""The registration form and the receipt that come with the product: tables on one page, built
with merge fields, to be changed in Word like the letters' template."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as UPRIGHT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Cm, Pt

from requests_app.domain.intake_layout import FILLED_ONLY, FORM, RECEIPT
from requests_app.domain.intake_papers import IntakePaper
from requests_app.letters import shipped
from requests_app.letters.shipped import BODY, TITLE

SIZE, SMALL, LINE = Pt(12), Pt(10.5), Pt(20)
HIGH = {"申请内容": Cm(3)}


def template(kind: IntakePaper) -> bytes:
    made = docx.Document()
    shipped.speak_chinese(made)
    shipped.page(made)
    section = made.sections[0]
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin = section.right_margin = Cm(2.2)
    for text, after in (("{{ 机关 }}", Pt(0)), ("{{ 标题 }}", Pt(8))):
        title = shipped.line(
            made, text, align=ALIGN.CENTER, font=TITLE, size=Pt(18), after=after
        )
        title.paragraph_format.line_spacing = Pt(28)
    LOOKS[kind](made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def receipt(made) -> None:
    line(made, "{{ 申请人 }}：")
    line(made, "您（贵单位）提出的政府信息公开申请已登记：", indent=True, after=Pt(6))
    drawn = grid(made, len(RECEIPT), (Cm(3.4), Cm(13.2)))
    for row, (label, field) in zip(drawn.rows, RECEIPT, strict=True):
        fill(row.cells, (label, merged(field)))
    line(
        made,
        "答复期限依据{{ 依据 }}计算；需要补正、征求意见、延长答复期限或者缴费的，将另行告知。",
        indent=True,
        before=Pt(8),
    )
    line(made, "{{ 查询码说明 }}", indent=True)
    line(made, "{{ 机关 }}", align=ALIGN.RIGHT, before=Pt(36))
    line(made, "{{ 日期 }}", align=ALIGN.RIGHT)


def application(made) -> None:
    rows = list(rows_of_the_form())
    widths = (Cm(2.1), Cm(2.9), Cm(4.3), Cm(2.5), Cm(4.8))
    drawn = grid(made, len(rows), widths)
    for row, (_part, texts) in zip(drawn.rows, rows, strict=True):
        _first, *cells = row.cells
        if len(texts) < len(cells):
            cells[1].merge(cells[-1])
        fill(cells[: len(texts)], texts)
        row.height = next((HIGH[f] for f in HIGH if merged(f) in texts), None)
    parts = [part for part, _texts in rows]
    for part in FORM:
        begin, end = parts.index(part), len(parts) - 1 - parts[::-1].index(part)
        fill([drawn.cell(begin, 0).merge(drawn.cell(end, 0))], [part])


def rows_of_the_form() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(part, what its cells say); a row between two that ask is taken out where it is empty."""
    for part, rows in FORM.items():
        for label, field, *beside in rows:
            texts = (label, merged(field), *beside[:1], *map(merged, beside[1:]))
            if field in FILLED_ONLY:
                yield part, (f"{{%tr if {field} %}}",)
            yield part, texts
            if field in FILLED_ONLY:
                yield part, ("{%tr endif %}",)


def merged(field: str) -> str:
    return f"{{{{ {field} }}}}" if field else ""


def grid(made, rows: int, widths: Sequence[int]):
    drawn = made.add_table(rows, len(widths), style="Table Grid")
    drawn.autofit = False
    for row in drawn.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    return drawn


def fill(cells: Sequence[Any], texts: Sequence[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.vertical_alignment = UPRIGHT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN.LEFT if "{{" in text else ALIGN.CENTER
        spaced(paragraph, Pt(2))
        shipped.run(paragraph, text, BODY, SMALL)


def line(made, text: str, *, align=ALIGN.JUSTIFY, before=None, after=None, **look):
    written = shipped.line(
        made, text, align=align, before=before, after=after, size=SIZE, **look
    )
    written.paragraph_format.line_spacing = LINE


def spaced(paragraph, around) -> None:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = around
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(17)


LOOKS = {
    IntakePaper.RECEIPT: receipt,
    IntakePaper.APPLICATION_FORM: application,
}
