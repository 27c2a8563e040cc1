"""Letters as DOCX: merge fields only. A template is a text of others: nothing in it runs
but the naming of a field and the asking whether a field is empty."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate, Listing
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from requests_app.dependencies import Leak, UnfitTemplate
from requests_app.domain.letters import LetterKind
from requests_app.domain.merge_fields import FIELDS, needed, samples
from requests_app.letters import inspection, shipped

FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a file's bytes must not depend on the day)
ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BROKEN = (
    PackageNotFoundError,
    LxmlError,
    KeyError,
    ValueError,
    AttributeError,
    zipfile.BadZipFile,
)


class FieldsOnly(SandboxedEnvironment):
    """Refuses whatever is more than a field, when it is read and so before it is run."""

    def _parse(self, source, name, filename):
        parsed = super()._parse(source, name, filename)
        for node in parsed.find_all(nodes.Node):
            if not isinstance(node, ALLOWED):
                what = type(node).__name__
                raise UnfitTemplate(
                    f"模板只能使用合并域和“如果不为空”，不能使用 {what}",
                    f"A template may use merge fields and {{% if %}} only, not {what}",
                )
        return parsed


class DocxLetters:
    def shipped(self, kind: LetterKind) -> bytes:
        return clean(shipped.template(kind))

    def check(self, template: bytes, kind: LetterKind) -> None:
        try:
            read = DocxTemplate(io.BytesIO(template))
            named = read.get_undeclared_template_variables(environment())
            forbid_unknown(named)
            forbid_missing(needed(kind) - named)
            self.write(template, samples())
        except TemplateError as error:
            raise UnfitTemplate(
                f"模板中的合并域写法有误：{error}",
                f"A merge field is miswritten: {error}",
            ) from error
        except BROKEN as error:
            raise UnfitTemplate(
                "文件损坏，不是可用的 docx", "The file is broken, no usable docx"
            ) from error

    def write(self, template: bytes, fields: Mapping[str, str]) -> bytes:
        made = DocxTemplate(io.BytesIO(template))
        made.render(
            {name: value(text) for name, text in fields.items()},
            environment(),
            autoescape=True,
        )
        out = io.BytesIO()
        made.save(out)
        return clean(out.getvalue(), banner=fields["演示"])

    def read(self, document: bytes) -> list[str]:
        return paragraphs(docx.Document(io.BytesIO(document)))

    def leaks(self, content: bytes, media_type: str) -> list[Leak]:
        return inspection.leaks(content, media_type)


def environment() -> SandboxedEnvironment:
    return FieldsOnly(undefined=StrictUndefined)


def value(text: str):
    """A text whose lines become paragraphs of the template's own look."""
    plain = UNPRINTABLE.sub("", text).strip().replace("\r\n", "\n")
    return Listing(plain.replace("\n", "\a")) if plain else ""


def forbid_unknown(named: set[str]) -> None:
    unknown = "、".join(sorted(named - set(FIELDS)))
    if unknown:
        known = "、".join(FIELDS)
        raise UnfitTemplate(
            f"没有这些合并域：{unknown}。可用：{known}",
            f"No such merge fields: {unknown}. There are: {known}",
        )


def forbid_missing(missing: frozenset[str]) -> None:
    if missing:
        named = "、".join(sorted(missing))
        raise UnfitTemplate(
            f"模板缺少必备的合并域：{named}", f"Merge fields are missing: {named}"
        )


def clean(document: bytes, banner: str = "") -> bytes:
    """Nobody's name in it; marked where it is a demonstration's; the parts in order with
    a fixed date."""
    made = docx.Document(io.BytesIO(document))
    told = made.core_properties
    told.author = told.last_modified_by = told.comments = told.keywords = ""
    told.created = told.modified = FIXED
    if banner and banner not in "".join(paragraphs(made)):
        mark = made.element.body[0].makeelement(made.paragraphs[0]._p.tag)
        made.element.body.insert(0, mark)
        written = Paragraph(mark, made).add_run(banner)
        written.font.color.rgb = RGBColor(0xB0, 0x00, 0x20)
    out = io.BytesIO()
    made.save(out)
    return in_order(out.getvalue())


def paragraphs(made) -> list[str]:
    """Heads, then the body with its tables, in the order in which they are read."""
    heads = [p for section in made.sections for p in section.header.paragraphs]
    body = [Paragraph(p, made) for p in made.element.body.iter(W_P)]
    return [p.text for p in (*heads, *body) if p.text.strip()]


W_P = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def in_order(content: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in sorted(made.namelist()):
            part = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            again.writestr(part, made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
