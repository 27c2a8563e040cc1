"""A file is drawn anew where what it shows beside its own numbers has changed."""

from dataclasses import replace

import pytest

from reporting.models import Rendering, Report
from reporting.services import jobs, rendering
from requests_app.models import DisclosureRequest
from tests.fakes import FixedClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(letters, counting):
    """2017 and 2018, every file of both."""
    for year in (2017, 2018):
        counted(year, counting, "2026-11-25")
        rendering.resume(deps=counting)
    return counting


def counted(year, deps, day="2026-11-26"):
    at = replace(deps, clock=FixedClock.on(day))
    jobs.ask(year=year, since=at.clock.now(), deps=at)
    jobs.resume(deps=at)


def asked():
    """Which reports have files to be drawn."""
    found = Rendering.objects.filter(state="asked").order_by("report__agency__code")
    return sorted(set(found.values_list("report__agency__code", "report__year")))


@pytest.mark.parametrize("year", [2017, 2018])
def test_counted_again_without_a_change_nothing_is_drawn(drawn, year):
    counted(year, drawn)
    assert asked() == []


def test_a_year_that_changed_is_shown_by_those_after_it(drawn, letters):
    """The request of the county is moved into 2017: the office's area too has it."""
    DisclosureRequest.objects.filter(pk=letters[2].pk).update(
        received_on="2017-03-01", replied_on="2017-03-09"
    )
    counted(2017, drawn)
    assert asked() == [
        ("530000", 2017), ("530000", 2018), ("530100", 2017), ("530100", 2018),
    ]  # fmt: skip


def test_an_agency_below_is_shown_by_the_one_above(drawn, county):
    """Its name alone is changed: no number of the office is."""
    Report.objects.filter(agency=county, year=2018, scope="area").update(digest="x")
    rendering.ask_showing(2018, deps=drawn)
    assert asked() == [("530000", 2018), ("530100", 2018)]


def test_one_beside_it_that_it_does_not_show_is_nothing_to_it(drawn, county, office):
    Report.objects.filter(agency=office, year=2018, scope="area").update(digest="x")
    Report.objects.filter(agency=county, year=2018, scope="own").update(digest="x")
    rendering.ask_showing(2018, deps=drawn)
    assert asked() == [("530000", 2018)]


def test_a_report_that_never_had_files_gets_none(letters, counting):
    jobs.want(year=2018, form_key=None, since=None, render=False, deps=counting)
    jobs.resume(deps=counting)
    counted(2017, counting)
    assert set(Rendering.objects.values_list("report__year", flat=True)) == {2017}
