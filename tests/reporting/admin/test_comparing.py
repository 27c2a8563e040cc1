"""The page that compares, and its files."""

import io

import openpyxl
import pytest

from reporting.services import jobs
from tests.reporting.admin.test_editions import of, text, to

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(letters, statistics):
    for year in (2017, 2018):
        jobs.run(jobs.ask(year=year, deps=statistics), deps=statistics)


ASKED = {"agency": "530000", "year": "2017", "other_year": "2018", "scope": "area"}


def test_every_number_opens_into_its_list(office, counted):
    client = of(office, "statistician")
    page = client.get(to("compare"), ASKED)
    shown = text(page)
    assert "云南省人民政府 2018" in shown
    from reporting.models import Report

    now = Report.objects.get(agency=office, year=2018, scope="area")
    address = to("opened", now.pk, "3.1", "count")
    assert f'<a href="{address}">3</a>' in shown
    assert client.get(address).context["total"] == 3


def test_it_is_had_as_a_spreadsheet_and_as_csv(office, counted):
    client = of(office, "statistician")
    book = client.get(to("compare_file", "xlsx"), ASKED)
    rows = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.values)
    (received,) = (row for row in rows if row[0] and "收到申请数" in str(row[0]))
    assert received[2:5] == (0, 3, 3)
    lines = client.get(to("compare_file", "csv"), ASKED).content.decode("utf-8-sig")
    assert "（一）收到申请数,件,0,3,3,," in lines


def test_a_refusal_is_told_on_the_page_and_gives_no_file(office, counted):
    client = of(office, "statistician")
    asked = ASKED | {"year": "2015"}
    assert "2015 年尚未统计" in text(client.get(to("compare"), asked))
    assert client.get(to("compare_file", "csv"), asked).status_code == 404
    assert client.get(to("compare_file", "pdf"), ASKED).status_code == 404


def test_out_of_sight_is_not_compared(county, counted):
    shown = text(of(county, "statistician").get(to("compare"), ASKED))
    assert "没有机关 530000" in shown
    assert "<td" not in shown
