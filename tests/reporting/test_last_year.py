"""Held against last year: what stands, never a draft; a first year enters it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from reporting.formats import national_2019, national_2021
from reporting.models import Edition, Report
from reporting.services import filing, opening
from reporting.services.counting import count
from reporting.services.editions import Which
from reporting.services.obstacles import obstacles
from reporting.services.reports import report
from requests_app.services.history import History, record_history
from tests.fakes import FixedClock
from tests.reporting.admin.test_editions import of, text
from tests.reporting.conftest import granted, member

pytestmark = pytest.mark.django_db
FORM = national_2021.FORM


@pytest.fixture
def statistics_2023(statistics):
    return replace(
        statistics,
        clock=FixedClock.on("2023-01-10"),
        formats=(national_2019.FORM, FORM),
    )


@pytest.fixture
def carried_in(office, deps):
    """One received in 2021 and answered in 2022."""
    row = History(
        agency=office, number_year=2021, channel="post", applicant_kind="natural_person",
        events=granted("2021-12-28", "2022-01-05"),
    )  # fmt: skip
    return record_history([row], by=None, deps=deps)


def kept(
    agency, cells, state="signed", year=2021, form=FORM.key, scope="own", codes=()
):
    content = {"cells": {line: {"total": n} for line, n in cells.items()}}
    where = {"agency": agency, "year": year, "form": form, "scope": scope}
    if state == "draft":
        return Report.objects.create(
            **where, content=content, counted_at="2022-01-05T09:00:00+08:00"
        )
    return Edition.objects.create(
        **where, content=content, state=state, as_of="2022-01-05T09:00:00+08:00",
        release="test", digest="x" if state in ("signed", "published", "superseded") else "", agencies=[[code, code] for code in codes],
    )  # fmt: skip


def found(agency, year=2022, scope="own", form=FORM):
    told = report(count(form, year), agency.pk, scope)["findings"]
    return [
        (f["rule"], f["level"], f["where"]["line"], f["left"], f["right"])
        for f in told
        if f["rule"] != "opening_figures"
    ]


CARRY_OVER = ("M-R4", "hard", "3.2", 1, 2)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("accepted", [CARRY_OVER]),
        ("signed", [CARRY_OVER]),
        ("published", [CARRY_OVER]),
        ("draft", []),
        ("submitted", []),
        ("returned", []),
        ("superseded", []),
    ],
)
def test_only_a_report_that_stands_is_held_against(office, carried_in, state, expected):
    kept(office, {"3.4": 2}, state)
    assert found(office) == expected


def test_what_agrees_is_not_found(office, carried_in):
    kept(office, {"3.4": 1})
    assert found(office) == []


def test_the_carry_over_of_the_form_before_counts_too(office, deps):
    row = History(
        agency=office, number_year=2020, channel="post", applicant_kind="natural_person",
        events=granted("2020-12-28", "2021-01-05"),
    )  # fmt: skip
    record_history([row], by=None, deps=deps)
    kept(office, {"3.4": 2, "2.1.1": 9}, year=2020, form="national_2019")
    assert found(office, 2021) == [CARRY_OVER]


def test_after_a_merger_it_is_explained_and_not_refused(office, county, carried_in):
    kept(office, {"3.4": 2}, scope="area", codes=["530000"])
    assert found(office, scope="area") == [("M-R4", "soft", "3.2", 1, 2)]


def test_the_same_tree_is_held_to_it(office, county, carried_in):
    kept(office, {"3.4": 2}, scope="area", codes=["530000", "530100"])
    assert found(office, scope="area") == [CARRY_OVER]


def test_a_number_out_of_all_proportion_is_asked_about(office, carried_in):
    kept(office, {"3.4": 1, "3.1": 30})
    assert found(office) == [("growth", "soft", "3.1", 0, 30)]


def brings(agency, number, deps, column="total"):
    return opening.enter(
        agency=agency, year=2022, form_key=FORM.key, reason="2021年年报", deps=deps,
        values={("last:3.4", column): Decimal(number)},
        by=member(agency, "statistician"),
    )  # fmt: skip


def test_a_first_year_enters_what_last_years_report_carried_out(
    office, carried_in, statistics_2023
):
    assert brings(office, 2, statistics_2023) == 1
    assert found(office) == [CARRY_OVER]
    told = report(count(FORM, 2022), office.pk, "own")
    assert (told["cells"]["3.2"]["total"], told["cells"]["3.4"]["total"]) == (1, 0)


def test_a_report_that_stands_goes_before_what_was_entered(
    office, carried_in, statistics_2023
):
    brings(office, 2, statistics_2023)
    kept(office, {"3.4": 1})
    assert found(office) == []


@pytest.fixture
def first_year(office, county, carried_in, deps):
    """Both have a request on the books of 2022; nothing of 2021 was signed here."""
    rows = [History(
        agency=county, number_year=2022, channel="post", applicant_kind="natural_person",
        events=granted("2022-03-01", "2022-03-09"))]  # fmt: skip
    record_history(rows, by=None, deps=deps)


def test_part_of_an_area_is_named_and_held_against_nothing(
    office, county, first_year, statistics_2023
):
    assert found(office, scope="area") == []
    brings(office, 2, statistics_2023)
    assert found(office, scope="area") == [("opening_missing", "soft", None, 1, 2)]
    told = report(count(FORM, 2022), office.pk, "area")["findings"]
    assert [f["message"].split(" / ")[0] for f in told if f["rule"] == "opening_missing"] == [
        "昆明市（530100）未填上年报告的结转数，缺其数的格未与上年核对"
    ]  # fmt: skip
    assert found(office, scope="own") == [CARRY_OVER]
    assert found(county, scope="area") == []


def test_an_area_is_held_to_it_once_all_of_it_has_entered_theirs(
    office, county, first_year, statistics_2023
):
    brings(office, 2, statistics_2023)
    brings(county, 3, statistics_2023)
    assert found(office, scope="area") == [("M-R4", "hard", "3.2", 1, 5)]


def test_nothing_carried_out_is_entered_as_nought(
    office, county, first_year, statistics_2023
):
    brings(office, 1, statistics_2023)
    brings(county, 0, statistics_2023)
    assert found(office, scope="area") == []


def test_a_column_that_one_of_them_left_out_is_not_compared(
    office, county, first_year, statistics_2023
):
    brings(office, 2, statistics_2023)
    brings(county, 3, statistics_2023)
    brings(county, 9, statistics_2023, "natural_person")
    assert found(office, scope="area") == [
        ("M-R4", "hard", "3.2", 1, 5),
        ("opening_missing", "soft", None, 1, 2),
    ]


def test_below_what_stands_needs_no_entering(
    office, county, first_year, statistics_2023
):
    brings(office, 2, statistics_2023)
    kept(county, {"3.4": 3}, "submitted")
    assert found(office, scope="area") == [("opening_missing", "soft", None, 1, 2)]
    Edition.objects.update(state="accepted")
    assert found(office, scope="area") == [("M-R4", "hard", "3.2", 1, 5)]


def test_the_list_of_obstacles_leads_to_where_each_enters_it(
    office, county, first_year, statistics_2023
):
    brings(office, 2, statistics_2023)
    which = Which(office, 2022, FORM.key, "area")
    by = member(office, "statistician")
    rows = obstacles(which, user=by, deps=statistics_2023)
    [row] = [one for one in rows if one.kind == "opening"]
    assert (row.rule, row.agencies) == ("opening_missing", ((county.pk, "昆明市"),))
    page = reverse("admin:reporting_edition_obstacles", args=[office.pk, 2022])
    shown = text(of(office, "statistician").get(page))
    there = reverse("admin:reporting_figure_opening")
    asked = f"agency={county.pk}&amp;year=2022&amp;form={FORM.key}"
    assert f'href="{there}?{asked}"' in shown


def test_growth_is_asked_across_the_form_of_2019(office, carried_in):
    cells = {"3.1": {"count": 30}, "3.2": {"count": 30}}
    Edition.objects.create(
        agency=office, year=2018, form="national_2018", scope="own", state="signed",
        content={"cells": cells}, as_of="2019-01-05T09:00:00+08:00", release="test",
        digest="x", agencies=[],
    )  # fmt: skip
    assert found(office, year=2019, form=national_2019.FORM) == [
        ("growth", "soft", "3.1", 0, 30)
    ]


def test_a_letter_of_last_year_registered_late_is_an_adjustment_to_explain(
    office, deps, statistics_2023
):
    """Signed with one carried out; a second of December 2021 is registered in 2022."""

    def carried(received):
        row = History(
            agency=office, number_year=2021, channel="post",
            applicant_kind="natural_person", events=granted(received, "2022-01-10"),
        )  # fmt: skip
        record_history([row], by=None, deps=deps)

    carried("2021-12-20")
    then = replace(statistics_2023, clock=FixedClock.on("2022-01-20"))
    which = Which(office, 2021, FORM.key, "own")
    edition = filing.submit(which, by=member(office, "statistician"), deps=then)
    filing.sign(edition, by=member(office, "office_head"), deps=then)
    assert found(office) == []
    carried("2021-12-22")
    told = report(count(FORM, 2022), office.pk, "own")["findings"]
    assert [
        (f["rule"], f["level"], f["where"]["column"], f["left"], f["right"])
        for f in told
        if "作为调整说明 / " in f["message"]
    ] == [
        ("M-R4", "soft", "natural_person", 2, 1), ("M-R4", "soft", "total", 2, 1),
    ]  # fmt: skip
    assert not any(f["rule"] == "M-R4" and f["level"] == "hard" for f in told)
