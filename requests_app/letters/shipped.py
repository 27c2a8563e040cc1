"""The template that comes with the product: one official look for every kind, built with
merge fields, so that it can be downloaded, changed in Word and handed in again."""

import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from requests_app.domain.letters import SHAPES, LetterKind

TITLE, BODY = "方正小标宋简体", "仿宋_GB2312"
SIZE = Pt(16)  # 三号


def template(kind: LetterKind) -> bytes:
    made = docx.Document()
    speak_chinese(made)
    page(made)
    numbered(made)
    line(made, "{{ 机关 }}", align=ALIGN.CENTER, font=TITLE, size=Pt(22))
    line(made, "{{ 标题 }}", align=ALIGN.CENTER, font=TITLE, size=Pt(22))
    line(made, "{{ 文号 }}", align=ALIGN.CENTER, after=Pt(14))
    line(made, "{{ 收件人 }}：", after=Pt(0))
    for field in ("事实", "依据", "决定"):
        line(made, f"{{{{ {field} }}}}", indent=True)
    if SHAPES[kind].names_remedies:
        line(made, "{%p if 救济 %}")
        line(made, "{{ 救济 }}", indent=True)
        line(made, "{%p endif %}")
    signed = line(made, "{{ 机关 }}", align=ALIGN.RIGHT, before=Pt(42))
    signed.paragraph_format.keep_with_next = True
    line(made, "{{ 日期 }}", align=ALIGN.RIGHT)
    line(made, "（印章）", align=ALIGN.RIGHT)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def speak_chinese(made) -> None:
    """A text in no language is set with the punctuation of Taipei; a machine without the
    official fonts takes 宋体."""
    for told in made.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        told.set(qn("w:eastAsia"), "zh-CN")
    for told in made.settings.element.xpath("w:themeFontLang"):
        told.set(qn("w:eastAsia"), "zh-CN")
    part = made.part.part_related_by(RELATION.FONT_TABLE)
    fonts = parse_xml(part.blob)
    for name in (TITLE, BODY):
        font, other = OxmlElement("w:font"), OxmlElement("w:altName")
        font.set(qn("w:name"), name)
        other.set(qn("w:val"), "宋体")
        font.append(other)
        fonts.append(font)
    part._blob = serialize_part_xml(fonts)


def page(made) -> None:
    """GB/T 9704: the margins of official papers."""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    mark = section.header.paragraphs[0]
    mark.alignment = ALIGN.RIGHT
    written = run(mark, "{{ 演示 }}", BODY, Pt(12))
    written.font.color.rgb, written.bold = RGBColor(0xB0, 0x00, 0x20), True


def numbered(made) -> None:
    foot = made.sections[0].footer.paragraphs[0]
    foot.alignment = ALIGN.CENTER
    run(foot, "— ", "宋体", Pt(14))
    number(run(foot, "", "宋体", Pt(14)))
    run(foot, " —", "宋体", Pt(14))


def line(
    made, text, *, align=None, font=BODY, size=SIZE, indent=False, before=None, after=None
):  # fmt: skip
    paragraph = made.add_paragraph()
    paragraph.alignment = align if align is not None else ALIGN.JUSTIFY
    form = paragraph.paragraph_format
    form.space_before, form.space_after = before or Pt(0), after or Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    if size > SIZE:
        form.line_spacing = Pt(36)
    if indent:
        indented = OxmlElement("w:ind")
        indented.set(qn("w:firstLineChars"), "200")
        indented.set(qn("w:firstLine"), "640")
        paragraph._p.get_or_add_pPr().append(indented)
    run(paragraph, text, font, size)
    return paragraph


def run(paragraph, text, font, size):
    written = paragraph.add_run(text)
    written.font.name, written.font.size = font, size
    fonts = written._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), font)
    return written


def number(written) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    written._r.addprevious(field)
    field.append(written._r)
