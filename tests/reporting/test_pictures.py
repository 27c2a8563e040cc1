"""A report's pictures: the cells of its own table, the years before, the agencies below."""

import re

import pypdfium2
import pytest
from django.urls import reverse

from reporting.formats import national_2018, national_2019, national_2021
from reporting.layout import document
from reporting.models import Report
from reporting.renderers.html import HtmlRenderer
from reporting.renderers.pdf import PdfRenderer
from reporting.services import jobs
from reporting.services.pictures import Drawn, pictures
from tests.reporting.admin.test_editions import of

pytestmark = pytest.mark.django_db
FORMS = (national_2018.FORM, national_2019.FORM, national_2021.FORM)


@pytest.fixture
def report(office, letters, statistics):
    jobs.run(jobs.ask(year=2018, deps=statistics), deps=statistics)
    jobs.run(jobs.ask(year=2017, deps=statistics), deps=statistics)
    return Report.objects.get(agency=office, year=2018, scope="area")


def drawn(report, deps, *link):
    whose = Drawn(report.agency_id, report.year, report.scope)
    found = pictures(whose, national_2018.FORM, report.content, deps, *link)
    return {d.title: d.svg for d in found}


def words(svg):
    return re.findall("<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_mark_is_a_cell_of_its_form_and_every_form_is_drawn(form):
    cells = [
        tuple(written.split(":")) if ":" in written else (written, form.lexicon.column)
        for picture in form.pictures
        for _name, written in picture.marks
    ]
    assert [cell for cell in cells if cell not in form.cells] == []
    assert len(cells) > 15


@pytest.mark.parametrize(
    ("form", "title", "parts"),
    [
        (national_2018.FORM, "答复结果（件）", lambda line: line.depth == 2),
        (national_2019.FORM, "办理结果（件）", lambda line: line.code != "3.3.7"),
        (national_2021.FORM, "办理结果（件）", lambda line: line.code != "3.3.7"),
    ],
)
def test_no_result_is_left_out(form, title, parts):
    (marks,) = (picture.marks for picture in form.pictures if picture.title == title)
    results = [line for line in form.data_lines() if line.code.startswith("3.3.")]
    assert [line for _, line in marks] == [line.code for line in results if parts(line)]


def test_this_year_the_years_before_and_the_agencies_below(report, statistics):
    found = drawn(report, statistics)
    assert list(found) == [
        "历年收到与办结（件）", "申请方式（件）", "答复结果（件）", "所辖机关收到（件）",
    ]  # fmt: skip
    assert words(found["申请方式（件）"]) == [
        "传真", "1（33.33%）", "网络", "1（33.33%）", "信函", "1（33.33%）",
    ]  # fmt: skip
    assert words(found["历年收到与办结（件）"]) == [
        "2017", "2018", "0", "3", "收到", "0", "3", "办结",
    ]  # fmt: skip
    assert words(found["所辖机关收到（件）"]) == ["昆明市", "1"]


def test_the_office_alone_has_nobody_below(report, statistics, office):
    own = Report.objects.get(agency=office, year=2018, scope="own")
    assert "所辖机关收到（件）" not in drawn(own, statistics)


def test_in_the_admin_each_mark_leads_to_what_it_counts(report, office):
    client = of(office, "statistician")
    page = client.get(reverse("admin:reporting_report_change", args=[report.pk]))
    marks = re.findall(
        r'<a href="([^"]+)"><g><title>([^<]+) (\d+)</title>', page.content.decode()
    )
    assert len(marks) == 3 + 1 + 4 + 1
    for address, _name, number in marks:
        assert client.get(address).context["total"] == int(number)


def test_a_report_carries_them_and_its_tables_alone_do_not(report, statistics):
    def ask():
        whose = Drawn(report.agency_id, report.year, report.scope)
        return pictures(whose, national_2018.FORM, report.content, statistics)

    told = {**report.content, "narrative": {"一": "概述。"}}
    whole = document(national_2018.FORM, told, agency="某省", pictures=ask)
    tables = {**report.content, "narrative": {}}
    alone = document(national_2018.FORM, tables, agency="某省", pictures=ask)
    assert (len(whole.pictures), alone.pictures) == (4, ())
    page = HtmlRenderer().render(whole).decode()
    assert page.count("<figure>") == 4
    *_, last = pypdfium2.PdfDocument(PdfRenderer().render(whole))
    text = last.get_textpage().get_text_range()
    assert "附图" in text
    assert "1（33.33%）" in text
