"""A year's report and the very requests behind its cells, within sight."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from reporting.services import filing
from reporting.services.editions import Which
from requests_app.domain.events import Replied
from requests_app.domain.vocabulary import Outcome
from requests_app.models import AccessRecord, Agency, Staff
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.reporting.conftest import granted, member
from tests.requests_app.api.conftest import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(office):
    agency = Agency(code="530100", name="昆明市", kind="government", parent=office)
    place(agency, on=None)
    return agency


@pytest.fixture
def books(office, child, deps):
    from requests_app.domain.events import Received

    rows = [
        History(
            agency=agency,
            number_year=2018,
            channel=channel,
            applicant_name="张三",
            subject="某路",
            events=(
                Received(on=date(2018, 3, 1)),
                Replied(on=date(2018, 3, 9), outcome=Outcome.GRANTED),
            ),
        )
        for agency, channel in [(office, "online"), (office, "post"), (child, "online")]
    ]
    record_history(rows, by=None, deps=deps)


def staff(agency, *roles):
    user = Staff.objects.create_user(f"u{Staff.objects.count()}", agency=agency)
    user.groups.set(Group.objects.filter(name__in=roles))
    client = Client()
    client.force_login(user)
    return client


def cell(client, line, query="", **headers):
    url = f"/api/v1/reports/2018/cells/{line}/count/requests/{query}"
    return client.get(url, headers=headers)


def test_the_report_is_the_commands(office, books):
    told = staff(office).get("/api/v1/reports/2018/").json()
    assert [told[k] for k in ("agency", "year", "form", "scope")] == [
        "530000", 2018, "national_2018", "area",
    ]  # fmt: skip
    assert told["cells"]["3.1"] == {"count": 3}
    assert told["cells"]["1.1"] == {"count": None}


def test_a_report_of_one_office_alone(office, books):
    told = staff(office).get("/api/v1/reports/2018/?scope=own&agency=530000").json()
    assert told["cells"]["3.1"] == {"count": 2}


@pytest.mark.parametrize("line", ["3.1", "3.1.3", "3.2", "3.3.2", "3.1.1"])
def test_behind_a_cell_are_just_as_many_requests(office, books, line):
    client = staff(office)
    counted = client.get("/api/v1/reports/2018/").json()["cells"][line]["count"]
    assert len(cell(client, line).json()["results"]) == counted


def test_behind_a_cell_nobody_is_named_unless_the_role_allows(office, books):
    plain = cell(staff(office, "statistician"), "3.1").json()["results"]
    assert all("applicant_name" not in row and "subject" not in row for row in plain)
    told = cell(staff(office, "handler"), "3.1").json()["results"]
    assert {(row["applicant_name"], row["subject"]) for row in told} == {
        ("张三", "某路")
    }


def test_who_was_named_is_written_down(office, books):
    cell(staff(office, "statistician"), "3.1")
    assert AccessRecord.objects.count() == 0
    named = cell(staff(office, "handler"), "3.1").json()["results"]
    seen = AccessRecord.objects.order_by("-disclosure_request_id").values_list(
        "disclosure_request__reference", "way", "fields"
    )
    assert list(seen) == [(row["reference"], "api", ["name"]) for row in named]


def test_behind_a_signed_cell_is_what_was_signed(office, books, deps, statistics):
    head = member(office, "office_head")
    which = Which(office, 2018, "national_2018", "area")
    edition = filing.submit(which, by=head, deps=statistics)
    filing.sign(edition, by=head, deps=statistics)
    late = History(agency=office, number_year=2018, channel="fax", events=granted())
    record_history([late], by=None, deps=deps)
    client = staff(office)
    counted = client.get("/api/v1/reports/2018/").json()["cells"]["3.1"]["count"]
    assert (counted, len(cell(client, "3.1").json()["results"])) == (3, 3)
    assert cell(client, "3.1.2").json()["results"] == []


def test_behind_a_cell_is_what_was_accepted_from_below(
    office, child, books, deps, statistics
):
    which = Which(child, 2018, "national_2018", "own")
    own, above = member(child, "statistician"), member(office, "statistician")
    edition = filing.submit(which, by=own, deps=statistics)
    filing.accept(edition, by=above, deps=statistics)
    late = History(agency=child, number_year=2018, channel="fax", events=granted())
    record_history([late], by=None, deps=deps)
    client = staff(office)
    for line in ("3.1", "3.1.2", "3.1.3"):
        counted = client.get("/api/v1/reports/2018/").json()["cells"][line]["count"]
        assert len(cell(client, line).json()["results"]) == counted
    pages = cell(client, "3.1", "?page_size=2").json()
    assert len(client.get(pages["next"]).json()["results"]) == 1


def test_a_portal_sees_no_name(office, books, deps):
    _, caller = opened(office, deps)
    answer = cell(caller.client, "3.1", **caller.headers)
    assert answer.status_code == 200
    assert "张三" not in answer.content.decode()


def test_pages_behind_a_cell(office, books):
    client = staff(office)
    first = cell(client, "3.1", "?page_size=2").json()
    rest = client.get(first["next"]).json()
    assert (len(first["results"]), len(rest["results"]), rest["next"]) == (2, 1, None)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("reports/2018/?agency=530000", 404),
        ("reports/2018/?agency=530100", 200),
        ("reports/2018/?scope=everything", 400),
        ("reports/2018/?form=national_1999", 400),
        ("reports/2018/?colour=red", 400),
        ("reports/1999/", 404),
        ("reports/0000/", 404),
        ("reports/year/", 404),
        ("reports/2018/cells/9.9/count/requests/", 404),
        ("reports/2018/cells/1.1/count/requests/", 200),
        ("reports/2018/cells/3.1/total/requests/", 404),
        ("reports/2018/cells/3.1/count/requests/?cursor=cD1h", 404),
    ],
)
def test_what_a_child_agency_may_ask(child, books, url, status):
    assert staff(child).get(f"/api/v1/{url}").status_code == status


def test_a_caller_with_several_roots_in_sight_names_one(office, books, deps):
    place(Agency(code="990000", name="别省", kind="government"), on=None)
    root = Staff.objects.create_superuser("root")
    client = Client()
    client.force_login(root)
    answer = client.get("/api/v1/reports/2018/")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (
        400, "/agency",
    )  # fmt: skip


def test_nobody_unknown_reads_reports(client, books):
    assert client.get("/api/v1/reports/2018/").status_code == 401
