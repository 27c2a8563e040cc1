"""Every day of the covered years against two sources that share no code with ours."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from requests_app.domain.calendars import CalendarNotPublished

EVERY_DAY = [date(2008, 1, 1) + timedelta(n) for n in range(365 * 19 + 5)]


def test_the_years_are_whole():
    assert EVERY_DAY[-1] == date(2026, 12, 31)


def test_chinesecalendar_agrees_on_every_day(calendar):
    differ = [
        d for d in EVERY_DAY if calendar.is_working(d) != chinese_calendar.is_workday(d)
    ]
    assert differ == []


def test_holidays_agrees_on_every_day(calendar):
    other = holidays.China(years=range(2008, 2027))
    differ = [d for d in EVERY_DAY if calendar.is_working(d) != other.is_working_day(d)]
    assert differ == []


@pytest.mark.parametrize(
    ("day", "working", "name"),
    [
        ("2018-12-29", True, "元旦"),
        ("2019-04-28", True, "劳动节"),
        ("2020-01-31", False, "春节"),
        ("2020-02-01", False, "春节"),
        ("2015-09-03", False, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
    ],
)
def test_days_that_are_easily_wrong(calendar, day, working, name):
    on = date.fromisoformat(day)
    assert (calendar.is_working(on), calendar.name_of(on)) == (working, name)


def test_a_year_without_a_notice_is_not_guessed(calendar):
    with pytest.raises(CalendarNotPublished):
        calendar.is_working(date(2027, 1, 1))
