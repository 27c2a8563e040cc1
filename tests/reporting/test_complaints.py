"""Line 6 of the 2018 form: entered, but counted for an agency that logs its complaints."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.formats import national_2018, national_2019, national_2021
from reporting.models import Figure
from reporting.services import editions, filing, opened
from reporting.services.counting import count
from reporting.services.editions import Which
from reporting.services.reports import report
from requests_app.domain.vocabulary import ComplaintAbout
from requests_app.models import Complaint
from requests_app.services import complaints
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
FORM = national_2018.FORM
SIX = ("6", "count")


def complain(agency, *days, **also):
    Complaint.objects.bulk_create(
        Complaint(
            agency=agency, received_on=date.fromisoformat(day), about="other", **also
        )
        for day in days
    )


def enter(agency, value, line="6"):
    Figure.objects.create(
        agency=agency, year=2018, form=FORM.key, line=line, column="count", value=value,
        entered_at="2019-01-05T09:00Z",
    )  # fmt: skip


def six(agency, scope="area"):
    told = report(count(FORM, 2018), agency.pk, scope)
    return told["cells"]["6"]["count"], [f["rule"] for f in told["findings"]]


def test_without_a_log_the_figure_stands_or_the_cell_is_blank(office, county):
    enter(county, 40)
    assert (six(office, "own"), six(office)) == (
        (None, []),
        (40, []),
    )


def test_a_log_of_that_year_is_counted_beside_the_figures_of_others(office, county):
    complain(office, "2018-01-01", "2018-12-31", "2017-12-31", "2019-01-01")
    complain(office, "2018-05-05", voided_on=date(2018, 5, 6))
    enter(county, 40)
    assert (six(office, "own"), six(office)) == ((2, []), (42, []))


def test_a_figure_gives_way_to_the_log_and_says_so(office):
    enter(office, 7998)
    assert six(office) == (7998, [])
    complain(office, "2018-05-05")
    assert six(office) == (1, ["figure_replaced"])


def test_the_cell_opens_what_it_counts(office, county, client, statistics):
    from reporting.models import Report

    complain(office, "2018-05-05")
    enter(office, 7998)
    enter(county, 40)
    drafted = Report.objects.create(
        agency=office, year=2018, form=FORM.key, scope="area", content={},
        counted_at="2019-01-05T09:00Z",
    )  # fmt: skip
    found = opened.of_draft(drafted, FORM, SIX)
    shown = [row.received_on for row in found.rows], [f["value"] for f in found.figures]
    assert (found.source, shown) == ("complaints", ([date(2018, 5, 5)], ["40"]))
    client.force_login(member(office, "statistician"))
    user = member(office, "statistician")
    user.is_staff = True
    user.save()
    client.force_login(user)
    page = client.get(
        reverse("admin:reporting_edition_opened", args=[drafted.pk, *SIX])
    ).content.decode()
    link = reverse("admin:requests_app_complaint_change", args=[found.rows[0].pk])
    assert (link in page, "尚未填报" in page) == (True, False)


def test_signing_freezes_them_and_later_ones_are_an_adjustment(
    office, county, statistics, unsealed
):
    from reporting.services.adjustments import adjustments

    complain(office, "2018-05-05", "2018-06-05")
    enter(office, 7998)
    enter(county, 40)
    which = Which(office, 2018, FORM.key, "area")
    edition = filing.submit(which, by=member(office, "statistician"), deps=statistics)
    edition = filing.sign(edition, by=member(office, "office_head"), deps=statistics)
    assert (edition.content["cells"]["6"]["count"], editions.verify(edition, statistics)) == (
        42, "",
    )  # fmt: skip
    complain(office, "2018-07-05")
    assert [a.source for a in adjustments(edition)] == ["complaints"]
    assert editions.verify(edition, statistics) == ""
    frozen = opened.of_edition(edition, FORM, SIX).rows
    assert len(frozen) == 2
    edition.facts.filter(source="complaints").first().delete()
    assert editions.verify(edition, statistics) == "6 count: 42 ≠ 41"


def test_one_taken_back_is_counted_no_more(office, deps):
    by = member(office, "handler")
    made = complaints.register(
        agency=office, received_on=date(2018, 3, 1), about=ComplaintAbout.OTHER,
        text="x", by=by, deps=deps,
    )  # fmt: skip
    assert six(office)[0] == 1
    complaints.void(made, entry=1, reason="误登", by=by, deps=deps)
    assert six(office)[0] is None


@pytest.mark.parametrize("form", [national_2019.FORM, national_2021.FORM])
def test_a_form_without_a_line_for_them_lists_them(office, county, form):
    complain(office, "2018-03-01", "2019-01-01")
    complain(county, "2018-06-01")
    told = {
        scope: [
            f
            for f in report(count(form, 2018), office.pk, scope)["findings"]
            if f["rule"] == "complaints_without_line"
        ]
        for scope in ("own", "area")
    }
    assert told == {
        scope: [
            {
                "rule": "complaints_without_line",
                "level": "soft",
                "where": {"line": "4.1", "column": "total"},
                "left": n,
                "right": 0,
                "message": f"登记举报投诉 {n} 件，本表没有此行"
                f" / {n} complaints logged: no line for them here",
            }
        ]
        for scope, n in (("own", 1), ("area", 2))
    }
