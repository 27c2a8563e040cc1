"""DOCX as an office might hand them in, made by python-docx alone."""

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def nameless():
    made = docx.Document()
    made.core_properties.author = ""
    return made


def document(*lines: str) -> bytes:
    made = nameless()
    for line in lines:
        made.add_paragraph(line)
    return saved(made)


def holding(xml: str) -> bytes:
    """A document with this piece of a paragraph in it."""
    made = nameless()
    made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    return saved(made)


def with_part(name: str, content: str) -> bytes:
    out = io.BytesIO(document("正文"))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, content)
    return out.getvalue()
