"""A year, a quarter, any days: counted alike, called by their names."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from reporting.formats import national_2018
from reporting.models import Figure
from reporting.period import Period, period, quarter, year
from reporting.services.counting import count
from reporting.services.reports import report
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.reporting.conftest import granted, member

# fmt: off
NAMES = {
    "a year":            (year(2018), "2018-01-01", "2018-12-31", "2018年度", "2018"),
    "the first quarter": (quarter(2018, 1), "2018-01-01", "2018-03-31", "2018年第一季度", "2018-Q1"),
    "the second":        (quarter(2018, 2), "2018-04-01", "2018-06-30", "2018年第二季度", "2018-Q2"),
    "the third":         (quarter(2018, 3), "2018-07-01", "2018-09-30", "2018年第三季度", "2018-Q3"),
    "the fourth":        (quarter(2018, 4), "2018-10-01", "2018-12-31", "2018年第四季度", "2018-Q4"),
    "any days":          (Period(start=date(2017, 12, 1), end=date(2018, 2, 28)), "2017-12-01", "2018-02-28", "2017年12月1日至2018年2月28日", "2017-12-01-2018-02-28"),
}
# fmt: on


@pytest.mark.parametrize(
    ("of", "start", "end", "title", "name"), NAMES.values(), ids=NAMES
)
def test_what_a_period_is_called(of, start, end, title, name):
    assert (str(of.start), str(of.end), of.title, of.name) == (start, end, title, name)


def test_which_quarter_a_period_is():
    days = Period(start=date(2018, 1, 1), end=date(2018, 2, 28))
    of = [year(2018), quarter(2018, 1), quarter(2018, 4), days]
    assert [one.quarter for one in of] == [0, 1, 4, None]


def test_a_bare_year_stands_for_its_period():
    assert (period(2018), period(quarter(2018, 1))) == (year(2018), quarter(2018, 1))


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="早于"):
        Period(start=date(2018, 2, 1), end=date(2018, 1, 31))


# --- counted --------------------------------------------------------------------------------
@pytest.fixture
def books(office, county, deps):
    """Received in March and answered then, or in April; a figure of the year."""
    rows = [
        History(agency=county, number_year=2018, channel="post", events=granted()),
        History(
            agency=office, number_year=2018, channel="fax",
            events=granted("2018-03-30", "2018-04-09"),
        ),
    ]  # fmt: skip
    record_history(rows, by=None, deps=deps)
    Figure.objects.create(
        agency=office, year=2018, form="national_2018", line="1.1", column="count",
        value=5, entered_at="2019-01-05T09:00Z",
    )  # fmt: skip


def told(when, agency):
    return report(count(national_2018.FORM, when), agency.pk, "area")


def numbers(content, *lines):
    return [content["cells"][line]["count"] for line in lines]


@pytest.mark.django_db
def test_quarters_carry_over_from_one_to_the_next(office, books):
    first, second = (told(quarter(2018, n), office) for n in (1, 2))
    lines = ("3.1", "3.2", "3.3", "1.1")
    assert (numbers(first, *lines), numbers(second, *lines)) == (
        [2, 1, 1, None], [0, 1, 1, None],
    )  # fmt: skip
    assert (first["year"], first["from"], first["to"], first["narrative"]) == (
        2018, "2018-01-01", "2018-03-31", {},
    )  # fmt: skip
    whole = told(2018, office)
    assert (numbers(whole, *lines), "from" in whole) == ([2, 2, 2, 5], False)


@pytest.mark.django_db
def test_a_rule_of_whole_years_says_nothing_of_a_quarter(office, deps):
    rows = [
        History(agency=office, number_year=2018, channel="fax", events=granted())
        for _ in range(100)
    ]
    record_history(rows, by=None, deps=deps)
    found = [
        [f["rule"] for f in told(when, office)["findings"]]
        for when in (2018, quarter(2018, 1))
    ]
    assert found == [["S18-R16"], []]


# --- by command -----------------------------------------------------------------------------
def ran(*words):
    out = StringIO()
    call_command(
        "annual_report", "2018", *words, "--output", "-", stdout=out, stderr=StringIO()
    )
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_the_command_takes_a_quarter_or_days(office, books):
    by_quarter = ran("--quarter", "1")
    by_days = ran("--from", "2018-01-01", "--to", "2018-03-31")
    assert by_quarter == by_days == told(quarter(2018, 1), office)
    assert numbers(ran("--to", "2018-03-29"), "3.1") == [1]
    assert ran("--from", "2018-01-01", "--to", "2018-12-31") == told(2018, office)


# fmt: off
WRONG = {
    "both":           ("--quarter", "1", "--from", "2018-01-01"),
    "backwards":      ("--from", "2018-05-01", "--to", "2018-03-01"),
    "another year":   ("--from", "2018-05-01", "--to", "2019-03-01"),
}
# fmt: on


@pytest.mark.django_db
@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_what_contradicts_itself_is_exit_2(office, words):
    with pytest.raises(CommandError) as error:
        ran(*words)
    assert error.value.returncode == 2


# --- on its page ----------------------------------------------------------------------------
@pytest.fixture
def reader(client, office):
    user = member(office, "statistician")
    user.is_staff = True
    user.save()
    client.force_login(user)
    return client


def at(name, *args):
    return reverse(f"admin:reporting_edition_period{name}", args=args)


@pytest.mark.django_db
def test_the_page_counts_a_quarter_opens_its_cells_and_gives_six_files(
    reader, office, books
):
    asked = {"agency": office.pk, "scope": "area", "start": "2018-01-01",
             "end": "2018-03-31"}  # fmt: skip
    page = reader.get(at(""), asked).content.decode()
    assert "2018年第一季度" in page
    link = at("_cell", "3.2", "count")
    assert link in page
    behind = reader.get(link, asked).content.decode()
    assert ("〔2018〕1号" in behind, "共 1 件" in behind) == (True, True)
    assert (
        f'<a href="{at("")}?agency={office.pk}&amp;scope=area' in behind
    )  # the way back
    files = {
        kind: reader.get(at("_file", kind), asked)
        for kind in ("xlsx", "docx", "pdf", "html", "csv", "json")
    }
    assert {kind: f.status_code for kind, f in files.items()} == dict.fromkeys(
        files, 200
    )
    assert "2018年第一季度" in files["html"].content.decode()
    assert json.loads(files["json"].content) == told(quarter(2018, 1), office)


@pytest.mark.django_db
def test_neither_another_agencys_nor_an_impossible_period(reader, office):
    elsewhere = Agency(code="440000", name="别省", kind="government")
    place(elsewhere, on=None)
    days = {"start": "2018-01-01", "end": "2018-03-31"}
    asked = [
        {"agency": elsewhere.pk, **days},
        {"agency": office.pk, "start": "2018-05-01", "end": "2018-03-31"},
        {"agency": office.pk},
    ]
    assert [reader.get(at("_file", "csv"), a).status_code for a in asked] == [404] * 3
    assert [[*reader.get(at(""), a).context["form"].errors] for a in asked] == [
        ["agency"],
        ["end"],
        ["quarter"],
    ]


def test_an_unknown_form_is_a_wrong_argument_and_the_forms_are_named(db):
    with pytest.raises(
        CommandError, match=r"没有表式 nope，已有：.*national_2021"
    ) as told:
        call_command("annual_report", "2018", "--form", "nope", "--output", "-")
    assert told.value.returncode == 2
