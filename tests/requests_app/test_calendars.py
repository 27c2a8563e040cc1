"""Loading notices: beside the earlier ones; what is missing is alarmed."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from requests_app.adapters import calendars as source
from requests_app.domain.calendars import NamedDay, Notice
from requests_app.domain.regimes import NotAllowed
from requests_app.models import CalendarDay, CalendarNotice, LocalRestDay
from requests_app.services import calendars
from requests_app.services.recording import register
from tests.fakes import FixedClock

pytestmark = pytest.mark.django_db


def notice(year=2027, days=(("2027-01-01", False, "元旦"),), **also):
    return Notice(
        year=year,
        days=tuple(
            NamedDay(on=date.fromisoformat(on), working=working, name=name)
            for on, working, name in days
        ),
        **also,
    )


@pytest.fixture
def load(deps):
    return lambda *notices: calendars.load(notices, at=deps.clock.now())


def test_the_database_holds_what_the_release_ships(calendar):
    assert source.loaded().version == calendar.version


def test_a_notice_is_loaded_once(load):
    assert [len(load(notice())), len(load(notice()))] == [1, 0]
    assert source.loaded().is_published(2027)


def test_an_amendment_is_added_and_the_earlier_notice_stays(load):
    load(notice(published_on=date(2026, 11, 20)))
    before = source.loaded().version
    load(
        notice(
            days=(("2027-01-01", False, "元旦"), ("2027-01-04", False, "元旦")),
            published_on=date(2026, 12, 20),
        )
    )
    now, earlier = source.loaded(), source.loaded().at(before)
    fourth = date(2027, 1, 4)
    assert (now.counts(fourth), earlier.counts(fourth)) == (False, True)
    assert CalendarNotice.objects.filter(year=2027).count() == 2


# fmt: off
IMPOSSIBLE = {
    "no day": notice(days=()),
    "a day of another year": notice(days=(("2028-01-01", False, "元旦"),)),
    "a day of the November before": notice(days=(("2026-11-30", False, "元旦"),)),
    "a day twice": notice(days=(("2027-01-01", False, "元旦"),) * 2),
    "a day without a name": notice(days=(("2027-01-01", False, " "),)),
    "holidays marked as worked": notice(days=(("2027-01-01", True, "元旦"),)),
}
# fmt: on


@pytest.mark.parametrize("impossible", IMPOSSIBLE.values(), ids=list(IMPOSSIBLE))
def test_a_notice_that_cannot_be_is_refused_whole(load, impossible):
    before = CalendarNotice.objects.count(), CalendarDay.objects.count()
    with pytest.raises(NotAllowed):
        load(impossible)
    assert (CalendarNotice.objects.count(), CalendarDay.objects.count()) == before


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        ("2026-10-31", None),
        ("2026-11-01", 2027),
        ("2026-12-31", 2027),
        ("2027-03-01", 2027),
        ("2025-11-10", None),
    ],
)
def test_from_november_on_the_missing_year_is_alarmed(calendar, today, missing):
    assert calendars.missing_year(date.fromisoformat(today), calendar) == missing


def test_local_rest_days_warn_where_they_are_switched_on_and_move_nothing(office, deps):
    letter = register(
        agency=office,
        received_on=date(2024, 9, 10),
        by=None,
        deps=replace(deps, clock=FixedClock.on("2024-09-11")),
    )
    for on, warns in (
        ("2024-09-20", True),
        ("2024-09-23", False),
        ("2024-11-01", True),
    ):
        LocalRestDay.objects.create(agency=office, on=on, name="火把节", warns=warns)
    assert [str(d.on) for d in calendars.local_rest_days(letter)] == ["2024-09-20"]
    assert letter.due_on == date(2024, 10, 14)


def test_the_command_loads_a_file_of_the_shipped_shape(tmp_path, capsys):
    file = tmp_path / "2027.json"
    told = {"year": 2027, "notices": [{"number": None, "published_on": "2026-11-25",
            "days": [{"on": "2027-01-01", "working": False, "name": "元旦"}]}]}  # fmt: skip
    file.write_text(json.dumps(told), encoding="utf-8")
    call_command("load_calendar", str(file))
    assert "已载入 2027年放假安排" in capsys.readouterr().out
