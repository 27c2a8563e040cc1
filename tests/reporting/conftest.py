"""An office with a county below it, a year's books, and those who report on them."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from reporting.dependencies import Dependencies
from reporting.models import sealed
from requests_app.domain.events import Received, Replied
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Agency, Staff
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history
from tests.fakes import FixedClock, Press, QuietBell, TextRenderer


@pytest.fixture
def statistics():
    """January 2019, when the year 2018 is reported."""
    from reporting.formats import national_2018

    return Dependencies(
        clock=FixedClock.on("2019-01-10"),
        bell=QuietBell(),
        formats=(national_2018.FORM,),
        renderers={".csv": TextRenderer()},
        release="test",
    )


@pytest.fixture
def press():
    return Press()


@pytest.fixture
def counting(statistics, press) -> Dependencies:
    """November 2026, with a press that may fail."""
    return replace(statistics, clock=FixedClock(), renderers={press.ending: press})


@pytest.fixture
def county(office):
    agency = Agency(code="530100", name="昆明市", kind="government", parent=office)
    place(agency, on=None)
    return agency


@pytest.fixture
def town(county):
    agency = Agency(
        code="530101", name="某镇", kind="government", level="township", parent=county
    )
    place(agency, on=None)
    return agency


@pytest.fixture
def letters(office, county, deps):
    """Two at the office and one at the county, all granted in March 2018."""
    rows = [
        History(agency=agency, number_year=2018, channel=channel, events=granted())
        for agency, channel in [(office, "online"), (office, "post"), (county, "fax")]
    ]
    return record_history(rows, by=None, deps=deps)


@pytest.fixture
def unsealed(db):
    """The database as somebody finds it who may take the triggers down."""
    connection.check_constraints()
    sealed.remove(connection)
    yield
    connection.check_constraints()
    sealed.install(connection)


def granted(received="2018-03-01", replied="2018-03-09"):
    reply = Replied(on=date.fromisoformat(replied), outcome=Outcome.GRANTED)
    return Received(on=date.fromisoformat(received)), reply


def member(agency, *roles):
    user = Staff.objects.create_user(f"u{Staff.objects.count()}", agency=agency)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user
