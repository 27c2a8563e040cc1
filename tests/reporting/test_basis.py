"""What a report rests on where a superior has accepted reports below: the cells, the draft's
lists, the signed edition and its proof all say the same."""

import json
from datetime import date

import pytest

from reporting.formats.national_2018 import FORM
from reporting.models import Edition, Report
from reporting.services import editions, filing, handing_up, jobs, opened
from reporting.services.basis import Basis, basis
from reporting.services.editions import Which
from reporting.services.taking_in import take_in
from reporting.services.tree import tree_on
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency
from requests_app.models.requests import DisclosureRequest
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.reporting.conftest import granted, member
from tests.reporting.test_taking_in import of

pytestmark = pytest.mark.django_db
RECEIVED = ("3.1", "count")


@pytest.fixture
def people(office, county):
    return {a.code: member(a, "office_head", "statistician") for a in (office, county)}


@pytest.fixture
def whole(office):
    return Which(office, 2018, FORM.key, "area")


@pytest.fixture
def accepted(letters, county, people, statistics):
    """The county's own report, one letter; then another comes late."""
    return handed_up(Which(county, 2018, FORM.key, "own"), people, statistics)


@pytest.fixture
def taken_in(accepted, county, people, statistics):
    """The same as if the town had signed it in an installation of its own."""
    town = Agency(code="530102", name="五华区", kind="government", parent=county)
    place(town, on=None)
    own = filing.sign(accepted, by=people[county.code], deps=statistics)
    told = of(json.loads(json.dumps(handing_up.told(own))), agency=town.code)
    edition, _is_new = take_in(told, source="530102.json", by=None, deps=statistics)
    return edition


def handed_up(which, people, statistics):
    edition = filing.submit(which, by=people[which.agency.code], deps=statistics)
    above = people[which.agency.parent.code]
    return filing.accept(edition, by=above, deps=statistics)


def late(agency, deps):
    row = History(agency=agency, number_year=2018, channel="post", events=granted())
    return record_history([row], by=None, deps=deps)[0]


def signed(whole, people, statistics):
    by = people[whole.agency.code]
    edition = filing.submit(whole, by=by, deps=statistics)
    return filing.sign(edition, by=by, deps=statistics)


def draft(whole, statistics):
    jobs.run(jobs.ask(year=2018, deps=statistics), deps=statistics)
    return whole.filter(Report).get()


def behind(found):
    """The requests by key, and what was entered or reported."""
    figures = [(f["agency"], f["value"], f["origin"]) for f in found.figures]
    return sorted(row.pk for row in found.rows), figures


def test_a_letter_that_came_late_to_an_accepted_report_is_in_no_list(
    accepted, letters, whole, county, people, statistics, deps
):
    late(county, deps)
    edition = signed(whole, people, statistics)
    drafted = draft(whole, statistics)
    counted = sorted(letter.pk for letter in letters)
    assert edition.content["cells"]["3.1"] == {"count": 3}
    assert drafted.content["cells"]["3.1"] == {"count": 3}
    assert behind(opened.of_edition(edition, FORM, RECEIVED)) == (counted, [])
    assert behind(opened.of_draft(drafted, FORM, RECEIVED)) == (counted, [])
    assert editions.verify(edition, statistics) == ""


def test_a_report_taken_in_stands_in_its_numbers_as_reported(
    taken_in, letters, whole, people, statistics
):
    edition = signed(whole, people, statistics)
    drafted = draft(whole, statistics)
    counted = sorted(letter.pk for letter in letters)
    reported = [("530102", "1", "edition")]
    assert edition.content["cells"]["3.1"] == {"count": 4}
    assert drafted.content["cells"]["3.1"] == {"count": 4}
    assert behind(opened.of_edition(edition, FORM, RECEIVED)) == (counted, reported)
    assert behind(opened.of_draft(drafted, FORM, RECEIVED)) == (counted, reported)
    assert [f["number"] for f in opened.of_draft(drafted, FORM, RECEIVED).figures] == [
        1
    ]
    assert editions.verify(edition, statistics) == ""


def test_an_edition_names_what_it_rests_on(taken_in, whole, county, people, statistics):
    told = signed(whole, people, statistics).rests_on
    assert [{k: v for k, v in one.items() if k not in ("id", "sha256")} for one in told] == [
        {"agency": "530100", "name": "昆明市", "scope": "own", "number": 1},
        {"agency": "530102", "name": "五华区", "scope": "own", "number": 1, "taken_in": True},
    ]  # fmt: skip


def test_an_area_accepted_whole_stands_for_all_below(
    accepted, letters, whole, office, county, people, statistics, deps
):
    area = handed_up(Which(county, 2018, FORM.key, "area"), people, statistics)
    late(county, deps)
    found = basis(FORM, 2018, tree_on(date(2018, 12, 31)), office.pk, "area")
    assert found == Basis(books=frozenset({office.pk}), standing=(area,))
    edition = signed(whole, people, statistics)
    assert editions.verify(edition, statistics) == ""
    assert behind(opened.of_edition(edition, FORM, RECEIVED))[0] == sorted(
        letter.pk for letter in letters
    )


def test_what_is_sent_back_afterwards_changes_nothing_above(
    accepted, whole, county, people, statistics, deps
):
    edition = signed(whole, people, statistics)
    late(county, deps)
    filing.send_back(
        accepted, remarks=[], reason="漏了一件", by=people[county.code], deps=statistics
    )
    again = handed_up(Which(county, 2018, FORM.key, "own"), people, statistics)
    assert (again.pk, again.content["cells"]["3.1"]) == (accepted.pk, {"count": 2})
    assert editions.verify(edition, statistics) == ""
    assert len(behind(opened.of_edition(edition, FORM, RECEIVED))[0]) == 3


def test_one_counted_below_and_on_the_books_as_well_is_refused(
    accepted, letters, whole, office, people, statistics
):
    counted = DisclosureRequest.objects.filter(pk=letters[2].pk)
    counted.update(agency=office, number="〔2018〕99号")
    with pytest.raises(NotAllowed, match=r"3\.1 count: 4 ≠ 3"):
        filing.submit(whole, by=people[office.code], deps=statistics)
    assert not whole.filter(Edition).exists()


def test_what_has_no_facts_is_not_signed(whole, letters, people, statistics):
    edition = filing.submit(whole, by=people[whole.agency.code], deps=statistics)
    edition.facts.all().delete()
    with pytest.raises(NotAllowed, match="重新报送"):
        filing.sign(edition, by=people[whole.agency.code], deps=statistics)


def test_without_accepted_reports_it_is_the_books(letters, office, county):
    tree = tree_on(date(2018, 12, 31))
    assert basis(FORM, 2018, tree, office.pk, "area") == Basis(
        books=frozenset({office.pk, county.pk})
    )
    assert basis(FORM, 2018, tree, office.pk, "own") == Basis(
        books=frozenset({office.pk})
    )
