"""Letters as DOCX: merge fields only. A template is a text of others: nothing in it runs
but the naming of a field and the asking whether a field is empty."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
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
from requests_app.domain.intake_papers import SHARED, IntakePaper
from requests_app.domain.merge_fields import Field
from requests_app.domain.templates import Templated, fields_of, needed, samples
from requests_app.letters import inspection, shipped, shipped_forms

FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a file's bytes must not depend on the day)
ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
HEADS = re.compile("word/(header|footer)")
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
    def shipped(self, kind: Templated) -> bytes:
        if isinstance(kind, IntakePaper):
            return clean(shipped_forms.template(kind))
        return clean(shipped.template(kind))

    def check(self, template: bytes, kind: Templated) -> None:
        try:
            read = DocxTemplate(io.BytesIO(template))
            named = read.get_undeclared_template_variables(environment())
            forbid_unknown(named, fields_of(kind))
            forbid_missing(needed(kind) - named)
            written = self.write(template, samples(kind))
            if isinstance(kind, IntakePaper):
                other = self.write(template, anonymous(samples(kind)))
                forbid_names_in(heads(written), heads(other))
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

    def joined(self, documents: Sequence[bytes]) -> bytes:
        """Of one template they have the same styles, pictures and heads."""
        first, *others = (docx.Document(io.BytesIO(told)) for told in documents)
        for made in others:
            broken = first.add_page_break()._p
            for piece in reversed(made.element.body):
                if piece.tag != W_SECTION:
                    broken.addnext(deepcopy(piece))
        out = io.BytesIO()
        first.save(out)
        return in_order(out.getvalue())

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


def forbid_unknown(named: set[str], fields: Mapping[str, Field]) -> None:
    unknown = "、".join(sorted(named - set(fields)))
    if unknown:
        known = "、".join(fields)
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


def anonymous(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: text if name in SHARED else "" for name, text in fields.items()}


def heads(document: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as made:
        return [made.read(n) for n in made.namelist() if HEADS.match(n)]


def forbid_names_in(heads: list[bytes], others: list[bytes]) -> None:
    """Receipts printed at once share the first one's head and foot."""
    if heads != others:
        raise UnfitTemplate(
            f"页眉页脚只能使用这些合并域：{'、'.join(SHARED)}（一次打印多份时各份相同）",
            f"The head and foot may use these merge fields alone: {', '.join(SHARED)} "
            "(what is printed at once shares them)",
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


W_SECTION = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}sectPr"
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
