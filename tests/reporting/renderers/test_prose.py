"""A report's text around its tables: in the Word document, the PDF and the page, in order;
a spreadsheet takes the tables alone."""

import io

import docx
import pypdfium2
import pytest

from reporting.renderers.csv_ import CsvRenderer
from reporting.renderers.docx import DocxRenderer
from reporting.renderers.html import HtmlRenderer
from reporting.renderers.pdf import PdfRenderer
from reporting.renderers.xlsx import XlsxRenderer
from tests.reporting.renderers.documents import (
    ANNEX,
    IN_ORDER,
    IN_ORDER_2018,
    REPORT,
    TWO_TABLES,
    WHOLE_2018,
    places,
)


def in_word(content):
    made = docx.Document(io.BytesIO(content))
    return "\n".join(
        "".join(t.text or "" for t in block.iter("{*}t")) for block in made.element.body
    )


def in_pdf(content):
    pages = pypdfium2.PdfDocument(content)
    return "".join(
        page.get_textpage().get_text_range().replace("\r\n", "") for page in pages
    )


READERS = {"docx": (DocxRenderer, in_word), "pdf": (PdfRenderer, in_pdf)}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(
    ("document", "words"), [(REPORT, IN_ORDER), (WHOLE_2018, IN_ORDER_2018)]
)
def test_the_text_stands_around_the_tables(kind, document, words):
    renderer, read = READERS[kind]
    text = read(renderer().render(document))
    assert places(text, words) == sorted(places(text, words))


def test_on_the_page_too_and_it_is_text_and_no_markup():
    page = HtmlRenderer().render(REPORT).decode()
    assert places(page, [*IN_ORDER[:-1], "无&lt;script&gt;。"])
    assert "<script" not in page


def test_the_annex_begins_on_a_sheet_of_its_own():
    pages = [
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(PdfRenderer().render(WHOLE_2018))
    ]
    assert ["附件" in page for page in pages[:2]] == [False, True]
    assert '<p class="annex">附件</p>' in HtmlRenderer().render(WHOLE_2018).decode()


@pytest.mark.parametrize("renderer", [CsvRenderer, XlsxRenderer])
@pytest.mark.parametrize(
    ("whole", "alone"), [(REPORT, TWO_TABLES), (WHOLE_2018, ANNEX)]
)
def test_a_spreadsheet_takes_the_tables_alone(renderer, whole, alone):
    assert renderer().render(whole) == renderer().render(alone)


@pytest.mark.parametrize("renderer", [DocxRenderer, PdfRenderer, HtmlRenderer])
def test_drawn_twice_the_bytes_are_the_same(renderer):
    assert renderer().render(REPORT) == renderer().render(REPORT)
