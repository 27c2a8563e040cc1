from pathlib import Path

import pytest

import requests_app
from requests_app.adapters.calendars import calendar_in
from requests_app.domain.calendars import Calendar
from tests.fakes import Drawer, FixedClock, Postbox, QuietBell

CALENDAR_DATA = Path(requests_app.__path__[0]) / "calendar_data"


@pytest.fixture(autouse=True)
def in_chinese():
    """A page read in English leaves its language to whatever runs next."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return calendar_in(CALENDAR_DATA)


@pytest.fixture
def deps(calendar):
    from requests_app.adapters.numbers import CountedNumbers
    from requests_app.dependencies import Dependencies
    from requests_app.letters.documents import DocxLetters

    return Dependencies(
        clock=FixedClock(),
        calendar=calendar,
        numbers=CountedNumbers(),
        bell=QuietBell(),
        courier=Postbox(),
        paper=Drawer(),
        letters=DocxLetters(),
    )


@pytest.fixture
def office(db):
    from requests_app.models import Agency
    from requests_app.services.agencies import place

    agency = Agency(code="530000", name="云南省人民政府", kind="government")
    place(agency, on=None)
    return agency


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """What the migrations brought is there again after a flush, for whoever comes next."""
    yield
    if nextitem is not None and "transactional_db" in item.fixturenames:
        bring_back(item)


def bring_back(item) -> None:
    from django.db import connection
    from pytest_django.plugin import blocking_manager_key

    with item.config.stash[blocking_manager_key].unblock():
        kept = getattr(connection, "_test_serialized_contents", None)
        if kept:
            connection.creation.deserialize_db_from_string(kept)


@pytest.fixture
def committed(transactional_db, django_db_serialized_rollback):
    """A database in which transactions really end, for threads of their own; what the
    migrations brought is there. The triggers are down for the flush afterwards, the only
    one who may do that."""
    from django.db import connection

    from reporting.models import protection as of_reports
    from reporting.models import sealed
    from requests_app.models import protection as of_logs

    for kept in (of_logs, of_reports, sealed):
        kept.install(connection)
    yield connection
    for kept in (of_logs, of_reports, sealed):
        kept.remove(connection)


#: tests that tell their cases when all of them run, and how many they are to be in all
WHOLE_FUZZ, FEWEST_CASES = 20, 2000


def pytest_terminal_summary(terminalreporter):
    """What tests have to say though they passed: how many cases there were."""
    told = [
        pair
        for reports in terminalreporter.stats.values()
        for report in reports
        for pair in getattr(report, "user_properties", [])
        if getattr(report, "when", "") == "teardown"
    ]
    cases = [value for name, value in told if name == "schemathesis cases"]
    if cases:
        terminalreporter.write_line(
            f"schemathesis: {sum(cases)} cases in {len(cases)} tests"
        )
    if len(cases) >= WHOLE_FUZZ and sum(cases) < FEWEST_CASES:
        terminalreporter.write_line(f"schemathesis: {FEWEST_CASES} cases are promised")
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED
    for name, value in told:
        if name == "said":
            terminalreporter.write_line(value)
