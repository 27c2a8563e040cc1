"""The tree collected: accepted reports stand in the sums, nothing is added twice, and the
board shows who is late."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.formats import national_2018
from reporting.models import Edition
from reporting.services import collection, editions, filing
from reporting.services.editions import Which
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.fakes import FixedClock
from tests.reporting.conftest import granted, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(office, county, town):
    return {a.code: member(a, "office_head") for a in (office, county, town)}


@pytest.fixture
def letters(letters, town, deps):
    row = History(agency=town, number_year=2018, channel="fax", events=granted())
    return [*letters, *record_history([row], by=None, deps=deps)]


def late(agency, deps):
    row = History(agency=agency, number_year=2018, channel="post", events=granted())
    record_history([row], by=None, deps=deps)


def handed_up(agency, scope, people, statistics):
    which = Which(agency, 2018, "national_2018", scope)
    edition = filing.submit(which, by=people[agency.code], deps=statistics)
    above = people[agency.parent.code]
    return filing.accept(edition, by=above, deps=statistics)


def received(statistics, agency, scope="area"):
    told = editions.as_it_stands(
        year=2018, code=agency.code, form_key=None, scope=scope, deps=statistics
    )
    return told[1]["cells"]["3.1"]["count"]


def sums(statistics, *agencies):
    return [received(statistics, agency) for agency in agencies]


def test_without_reports_the_sum_is_the_books(
    letters, office, county, town, statistics
):
    assert sums(statistics, office, county, town) == [4, 2, 1]


def test_an_accepted_report_stands_in_the_sum(
    letters, office, county, town, people, statistics, deps
):
    handed_up(town, "own", people, statistics)
    late(town, deps)
    assert sums(statistics, office, county, town) == [4, 2, 1]


def test_what_is_not_handed_up_follows_the_books(
    letters, office, county, town, people, statistics, deps
):
    handed_up(town, "own", people, statistics)
    late(county, deps)
    late(town, deps)
    assert sums(statistics, office, county) == [5, 3]


def test_an_area_accepted_whole_holds_all_below_it(
    letters, office, county, town, people, statistics, deps
):
    handed_up(town, "own", people, statistics)
    handed_up(county, "area", people, statistics)
    late(county, deps)
    late(town, deps)
    late(office, deps)
    assert sums(statistics, office, county) == [5, 3]
    recounted = editions.reports.annual(
        year=2018, code="530000", form_key=None, scope="area", deps=statistics
    )
    assert recounted[1]["cells"]["3.1"] == {"count": 7}


def test_counted_again_a_signed_report_keeps_what_was_accepted_from_below(
    letters, office, county, town, people, statistics, deps
):
    edition = handed_up(county, "area", people, statistics)
    filing.sign(edition, by=people[county.code], deps=statistics)
    handed_up(town, "own", people, statistics)
    signed = received(statistics, county)
    late(county, deps)
    late(town, deps)
    assert received(statistics, county) == signed
    _, again, _ = editions.as_it_stands(
        year=2018, code=county.code, form_key=None, scope="area",
        deps=statistics, recount=True,
    )  # fmt: skip
    assert again["cells"]["3.1"] == {"count": signed + 1}


def test_accepted_reports_cost_one_statement_more(
    letters, office, county, town, people, statistics
):
    handed_up(town, "own", people, statistics)
    handed_up(county, "area", people, statistics)
    with CaptureQueriesContext(connection) as asked:
        collection.collected(national_2018.FORM, 2018)
    selects = [q["sql"] for q in asked if q["sql"].lstrip("( ").startswith("SELECT")]
    assert len(selects) == 5


# fmt: off
DUE = [
    # year, kind, level, scope, vertical, due
    (2018, "department", "",           "own",  False, "2019-03-31"),
    (2018, "government", "county",     "area", False, "2019-03-31"),
    (2019, "department", "",           "own",  False, "2020-01-31"),
    (2021, "government", "township",   "area", False, "2022-01-31"),
    (2021, "government", "province",   "own",  False, "2022-01-31"),
    (2021, "government", "county",     "area", False, "2022-02-20"),
    (2021, "government", "prefecture", "area", False, "2022-03-10"),
    (2021, "government", "province",   "area", False, "2022-03-31"),
    (2021, "government", "",           "area", False, "2022-03-31"),
    (2021, "department", "",           "own",  True,  "2022-03-31"),
]
# fmt: on


@pytest.mark.parametrize(("year", "kind", "level", "scope", "vertical", "due"), DUE)
def test_by_when_a_report_is_due(year, kind, level, scope, vertical, due):
    agency = Agency(kind=kind, level=level, parent_id=1)
    agency.reports_to_id = 2 if vertical else None
    assert collection.due_on(agency, year, scope) == date.fromisoformat(due)


def told(board):
    return [(r.agency.code, r.scope, r.depth, r.state, r.late) for r in board]


def test_the_board_shows_who_is_late(letters, office, county, town, people, statistics):
    handed_up(town, "own", people, statistics)
    april = replace(statistics, clock=FixedClock.on("2019-04-01"))
    assert told(collection.board(2018, user=people["530000"], deps=april)) == [
        ("530000", "own", 0, "draft", True),
        ("530000", "area", 0, "draft", True),
        ("530100", "own", 1, "draft", True),
        ("530100", "area", 1, "draft", True),
        ("530101", "own", 2, "accepted", False),
    ]
    assert not any(
        r.late for r in collection.board(2018, user=people["530000"], deps=statistics)
    )


def test_everybody_sees_their_own_branch(letters, people, statistics):
    board = collection.board(2018, user=people["530101"], deps=statistics)
    assert told(board) == [("530101", "own", 0, "draft", False)]


def test_a_dissolved_agency_owes_nothing(letters, people, town, statistics):
    town.dissolved_on = date(2018, 5, 1)
    town.save()
    assert collection.board(2018, user=people["530101"], deps=statistics) == []


@pytest.fixture
def moved(letters, office, county, town, people):
    """On 5 January, after the year and before its report: the town stands elsewhere."""
    west = Agency(code="530200", name="曲靖市", kind="government", parent=office)
    place(west, on=None)
    people["530200"] = member(west, "office_head")
    town.parent = west
    place(town, on=date(2019, 1, 5))
    return west


def owed(user, statistics, year=2018):
    rows = collection.board(year, user=user, deps=statistics, form_key="national_2018")
    return [(row.agency.code, row.scope, row.depth) for row in rows]


def test_who_had_it_in_the_sum_on_31_december_reviews_it(
    moved, town, people, statistics
):
    which = Which(town, 2018, "national_2018", "own")
    edition = filing.submit(which, by=people["530101"], deps=statistics)
    old, new = people["530100"], people["530200"]
    assert (filing.offered(edition, old), filing.offered(edition, new)) == (
        ["accept", "send_back"], [],
    )  # fmt: skip
    assert Edition.objects.visible_to(old).contains(edition)
    with pytest.raises(NotAllowed, match="由上级机关"):
        filing.accept(edition, by=new, deps=statistics)
    assert filing.accept(edition, by=old, deps=statistics).state == "accepted"


def test_the_board_is_the_tree_of_that_31_december(moved, people, statistics):
    in_2018 = [("530100", "own", 0), ("530100", "area", 0), ("530101", "own", 1)]
    assert owed(people["530100"], statistics) == in_2018
    assert owed(people["530200"], statistics) == [("530200", "own", 0)]
    assert owed(people["530200"], statistics, 2019) == [
        ("530200", "own", 0), ("530200", "area", 0), ("530101", "own", 1),
    ]  # fmt: skip


def test_a_vertical_system_is_owed_to_its_own_line(office, county, people, statistics):
    bureau = Agency(
        code="530100-9",
        name="某局",
        kind="department",
        parent=county,
        reports_to=office,
    )
    place(bureau, on=None)
    assert ("530100-9", "own", 1) in owed(people["530000"], statistics)
    assert "530100-9" not in [code for code, *_ in owed(people["530100"], statistics)]
