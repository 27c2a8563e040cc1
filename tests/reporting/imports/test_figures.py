"""What a file of figures means: INTERFACES §2, sentence by sentence."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.formats.national_2018 import FORM
from reporting.models import Figure
from reporting.services import freezing
from reporting.services.counting import count
from reporting.services.findings import doubted
from requests_app.models import Agency, Complaint
from requests_app.services.agencies import place
from tests.files import done, places, workbook

pytestmark = pytest.mark.django_db
HEADER = "agency,year,form,line,column,value"


def figure(line="1.1", value="5", agency="530000", year="2018", column=""):
    return f"{agency},{year},national_2018,{line},{column},{value}"


def load_figures(load, *rows):
    return load("\n".join([HEADER, *rows, ""]), "figures")


@pytest.fixture
def neighbour(office):
    """An agency with no log; 530000 has one for 2018 once `logged`."""
    agency = Agency(code="530100", name="昆明市人民政府", kind="government")
    place(agency, on=None)
    return agency


@pytest.fixture
def logged(load):
    load("agency,received_on\n530000,2018-02-08\n")


def test_the_column_defaults_to_the_line_s_only_one(load):
    assert done(load_figures(load, figure())) == (1, 1, 0, 0)
    assert list(Figure.objects.values_list("line", "column", "value", "origin")) == [
        ("1.1", "count", Decimal(5), "entered")
    ]
    assert done(load_figures(load, figure(column="count"))) == (1, 0, 0, 1)


def test_chinese_headings_in_a_workbook(load):
    rows = (
        ["机关代码", "年度", "表式", "指标", "数值"],
        [530000, 2018, "national_2018", "7", 0.1 + 0.2],
    )
    assert done(load(workbook(*rows), "figures")) == (1, 1, 0, 0)
    assert Figure.objects.get().value == Decimal("0.3")


# fmt: off
WRONG = {
    "an unknown agency": (figure(agency="999"), "agency"),
    "an unknown form": (figure().replace("national_2018", "provincial"), "form"),
    "a year of another form": (figure(year="2021"), "year"),
    "a year that is none": (figure(year="二〇一八"), "year"),
    "an unknown line": (figure("9.9.9"), "line"),
    "a heading": (figure("3"), "line"),
    "an unknown column": (figure(column="total"), "column"),
    "half a document": (figure(value="1.5"), "value"),
    "a count below zero": (figure(value="-1"), "value"),
    "no value": (figure(value=""), "value"),
    "a tenth of a fen": (figure("7", "0.0000001"), "value"),
}
# fmt: on


@pytest.mark.parametrize(("row", "column"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_and_nothing_written(load, row, column):
    told = load_figures(load, figure("1.2.1"), row)
    assert (places(told), Figure.objects.count()) == ([(3, column)], 0)


def test_an_amount_has_at_most_six_decimals(load):
    assert done(load_figures(load, figure("7", "12.345678"))) == (1, 1, 0, 0)
    assert Figure.objects.get().value == Decimal("12.345678")


def test_the_same_cell_twice_is_an_error_on_the_later_row(load):
    told = load_figures(load, figure(), figure(column="count"))
    assert places(told) == [(3, "line")]


def test_the_same_file_again_changes_nothing(load):
    rows = figure(), figure("1.2.1"), figure("7", "0.5"), figure(year="2017")
    assert done(load_figures(load, *rows)) == (4, 4, 0, 0)
    assert done(load_figures(load, *rows)) == (4, 0, 0, 4)


def test_a_contradiction_is_rejected_with_both_values(load):
    load_figures(load, figure("7", "0.5"))
    (fault,) = load_figures(load, figure("7", "0.6"))["rejected"]
    assert (fault["line"], fault["column"], fault["value"]) == (2, "value", "0.6")
    assert "“0.5”" in fault["message"]


COUNTED = ("3.1", "3.2.2", "4", "5.1", "7")


def test_counted_lines_are_entered_only_where_no_log_counts_them(
    load, neighbour, logged
):
    rows = [figure(line) for line in COUNTED]
    assert places(load_figures(load, *rows)) == [(n, "line") for n in range(2, 7)]
    elsewhere = [figure(line, agency="530100") for line in COUNTED]
    assert done(load_figures(load, *elsewhere)) == (5, 5, 0, 0)


def test_a_log_of_another_year_is_none_of_this_one_s(load, logged):
    assert done(load_figures(load, figure("3.1", year="2017"))) == (1, 1, 0, 0)


def test_an_appeal_alone_is_a_log_too(load):
    load(
        "agency,procedure,filed_on,result\n530000,行政复议,2018-03-01,pending\n",
        "appeals",
    )
    assert places(load_figures(load, figure("3.1"))) == [(2, "line")]


def test_complaints_are_entered_even_beside_a_log(load, logged):
    """No complaints are logged here, so that line 6 is never counted."""
    assert done(load_figures(load, figure("6", "7998"))) == (1, 1, 0, 0)


def test_complaints_are_not_entered_where_they_are_logged(load, office, neighbour):
    Complaint.objects.create(agency=office, received_on=date(2018, 5, 5), about="other")
    told = load_figures(
        load, figure("6"), figure("6", year="2017"), figure("6", agency="530100")
    )
    assert places(told) == [(2, "line")]


def test_counted_lines_are_not_entered_beside_opening_figures(load, office):
    """They are added to a log's count: entered as well they would count twice."""
    cell = {"agency": office, "year": 2018, "form": "national_2018", "column": "count"}
    Figure.objects.create(
        **cell, line="3.1", value=5, origin="opening", entered_at="2018-07-02T09:00Z"
    )
    assert places(load_figures(load, figure("3.1"), figure("1.1"))) == [(2, "line")]


def test_a_file_of_many_agencies_takes_few_statements(
    load, neighbour, django_assert_max_num_queries
):
    lines = [f"{year}" for year in range(2014, 2019)]
    rows = [figure(agency=a, year=y) for y in lines for a in ("530000", "530100")]
    with django_assert_max_num_queries(10):
        assert done(load_figures(load, *rows)) == (10, 10, 0, 0)


def test_a_log_that_comes_later_is_counted_and_the_figures_give_way(load):
    rows = figure("3.1", "50"), figure("3.1.4", "50"), figure("1.2.1", "9")
    load_figures(load, *rows)
    load("number,agency,received_on,channel\n1,530000,2018-03-01,post\n")
    assert done(load_figures(load, *rows)) == (3, 0, 0, 3)
    tally = count(FORM, 2018)
    (found,) = [f for f in doubted(tally, agency(), "own") if f["level"] == "soft"]
    cells = tally.own[agency()]
    assert [cells[line, "count"] for line in ("3.1", "3.1.4", "1.2.1")] == [1, 1, 9]
    assert found["rule"] == "figure_replaced"
    kept = [f["line"] for f in freezing.figures(2018, FORM, {agency()})]
    assert kept == ["1.2.1"]


def agency():
    return Agency.objects.get(code="530000").pk
