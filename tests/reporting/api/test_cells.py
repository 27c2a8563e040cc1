"""Behind any cell of a year's report: appeals, complaints, and who entered what and when."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.models import Figure
from reporting.services import filing
from reporting.services.editions import Which
from reporting.services.entering import enter
from requests_app.models import Appeal, Complaint, DisclosureRequest
from tests.reporting.api.test_reports import books, cell, child, staff  # noqa: F401
from tests.reporting.conftest import member
from tests.requests_app.api.conftest import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered(office, statistics):
    def set_to(line, value):
        return enter(
            agency=office, year=2018, form_key="national_2018",
            values={(line, "count"): Decimal(value)},
            by=member(office, "statistician"), deps=statistics,
        )  # fmt: skip

    return set_to


@pytest.fixture
def appealed(office, books):  # noqa: F811
    found = DisclosureRequest.objects.filter(agency=office).order_by("pk")[0]
    for of, day in [(found, 5), (None, 6)]:
        Appeal.objects.create(
            agency=office, disclosure_request=of, procedure="reconsideration",
            case_number=f"复{day}号", body="省政府", filed_on=date(2018, 4, day),
            decided_on=date(2018, 5, day), result="upheld",
        )  # fmt: skip
    return found


def told(client, line, query=""):
    answer = cell(client, line, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_requests_keep_their_rows_and_say_that_they_are_requests(office, books):  # noqa: F811
    found = told(staff(office), "3.1")
    assert (found["source"], len(found["results"]), found["figures"]) == (
        "requests", 3, [],
    )  # fmt: skip


def test_behind_a_counted_case_are_the_cases(office, appealed):
    found = told(staff(office), "4")
    assert (found["source"], found["results"]) == ("appeals", [
        {
            "agency": "530000", "case_number": f"复{day}号", "reference": reference,
            "procedure": "reconsideration", "body": "省政府",
            "filed_on": f"2018-04-0{day}", "decided_on": f"2018-05-0{day}",
            "result": "upheld",
        }
        for day, reference in [(6, None), (5, appealed.reference)]
    ])  # fmt: skip


def test_behind_a_logged_complaint_is_the_complaint(office, books):  # noqa: F811
    Complaint.objects.create(agency=office, received_on=date(2018, 3, 2), about="other")
    found = told(staff(office), "6")
    assert (found["source"], found["results"]) == ("complaints", [
        {
            "agency": "530000", "received_on": "2018-03-02", "about": "other",
            "concluded_on": None, "result": None,
        }
    ])  # fmt: skip


def test_an_entered_cell_tells_who_entered_what_and_when(office, books, entered):  # noqa: F811
    entered("1.1", 7)
    entered("1.1", 8)
    found = told(staff(office), "1.1")
    then = "2019-01-10T09:00:00+08:00"
    changes = [
        {
            "agency": "530000", "was": was, "now": now, "origin": "entered", "reason": "",
            "changed_by": by,
        }
        for was, now, by in [(7, 8, "u1"), (None, 7, "u0")]
    ]  # fmt: skip
    instants = [c.pop("changed_at") for c in found["changes"]] + [
        f.pop("entered_at") for f in found["results"]
    ]
    assert (found["source"], found["results"], found["changes"], found["figures"]) == (
        "figures",
        [{"agency": "530000", "value": 8, "origin": "entered", "entered_by": "u1"}],
        changes,
        [],
    )
    assert {date.fromisoformat(i[:10]) for i in instants} == {
        date.fromisoformat(then[:10])
    }


def test_a_cell_that_nobody_entered_is_empty_and_known(office, books):  # noqa: F811
    found = told(staff(office), "1.1")
    assert (found["source"], found["results"], found["changes"]) == ("figures", [], [])


def test_figures_come_page_by_page(office, child, books, entered):  # noqa: F811
    entered("1.1", 7)
    Figure.objects.create(
        agency=child, year=2018, form="national_2018", line="1.1", column="count",
        value=3, entered_at="2019-01-05T09:00Z",
    )  # fmt: skip
    client = staff(office)
    first = told(client, "1.1", "?page_size=1")
    rest = client.get(first["next"]).json()
    back = client.get(rest["previous"]).json()
    assert [p["results"][0]["agency"] for p in (first, rest, back)] == [
        "530000", "530100", "530000",
    ]  # fmt: skip
    assert (first["previous"], rest["next"], rest["changes"]) == (None, None, [])


def test_of_a_signed_report_it_is_what_was_signed(
    office, appealed, entered, statistics
):
    entered("1.1", 7)
    head = member(office, "office_head")
    edition = filing.submit(
        Which(office, 2018, "national_2018", "area"), by=head, deps=statistics
    )
    filing.sign(edition, by=head, deps=statistics)
    Appeal.objects.create(
        agency=office, procedure="reconsideration", filed_on=date(2018, 4, 9),
        decided_on=date(2018, 5, 9), result="other",
    )  # fmt: skip
    client = staff(office)
    figures = told(client, "1.1")["results"]
    assert (len(told(client, "4")["results"]), [f["value"] for f in figures]) == (
        2,
        [7],
    )


def test_what_is_no_cell_is_not_found(office, books):  # noqa: F811
    client = staff(office)
    assert [cell(client, line).status_code for line in ("9.9", "1", "3")] == [404] * 3


def test_a_portal_reads_cases_and_figures_without_a_name(office, appealed, deps):
    _, caller = opened(office, deps)
    answer = cell(caller.client, "4", **caller.headers)
    assert (answer.status_code, "张三" in answer.content.decode()) == (200, False)


def test_a_portal_is_told_no_officials_account(office, entered, deps):
    entered("1.1", 7)
    _, caller = opened(office, deps)
    found = cell(caller.client, "1.1", **caller.headers).json()
    assert [(f["value"], f["entered_by"]) for f in found["results"]] + [
        (c["now"], c["changed_by"]) for c in found["changes"]
    ] == [(7, None)] * 2


def test_a_portal_reads_rows_of_its_own_agencies_alone(office, child, books, deps):  # noqa: F811
    """However far the area goes: the sum counts three, two of them are the office's."""
    _, caller = opened(office, deps)
    answer = cell(caller.client, "3.1", "?scope=area", **caller.headers).json()
    assert [row["agency"] for row in answer["results"]] == [office.code] * 2
