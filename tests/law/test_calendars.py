"""What was known of the calendar when, and counting by look-up."""

from datetime import date, timedelta

import pytest

from requests_app.domain.calendars import Calendar, Day, NamedDay, Notice


def day(text):
    return date.fromisoformat(text)


# fmt: off
KNOWN = [  # LAW §7 D05: the Labour Day notice of 2019-03-22 makes 28 April a working Sunday
    ("2019-03-21", "2019-04-08", 15, "2019-04-29"),
    ("2019-03-22", "2019-04-08", 15, "2019-04-28"),
    # the Spring Festival of 2020 was extended on 27 January: 31 January no longer counts
    ("2020-01-26", "2020-01-20", 5, "2020-02-01"),
    ("2020-01-27", "2020-01-20", 5, "2020-02-04"),
    # Victory Day 2015: 3 and 4 September off, Sunday 6 September worked
    ("2015-05-12", "2015-09-01", 4, "2015-09-07"),
    ("2015-05-13", "2015-09-01", 4, "2015-09-08"),
    # 29 December 2018 is worked by the notice for 2019, published on 6 December
    ("2018-12-05", "2018-12-28", 1, "2018-12-31"),
    ("2018-12-06", "2018-12-28", 1, "2018-12-29"),
]
# fmt: on


@pytest.mark.parametrize(
    ("known_on", "start", "nth", "expected"),
    KNOWN,
)
def test_what_was_known_on_a_day(calendar, known_on, start, nth, expected):
    assert calendar.known_on(day(known_on)).nth(day(start), nth) == day(expected)


def test_before_its_notice_a_year_is_not_published(calendar):
    then = calendar.known_on(day("2025-11-03"))
    assert (then.is_published(2025), then.is_published(2026)) == (True, False)


def test_a_version_can_be_asked_for_again(calendar):
    earlier = Calendar(calendar.notices[:-1])
    assert calendar.at(earlier.version).is_published(2026) is False
    assert calendar.at(calendar.version) is calendar
    with pytest.raises(LookupError):
        calendar.at("never")


def test_a_version_names_the_notices_whatever_their_days_order(calendar):
    notice = calendar.notices[0]
    turned = Notice(
        year=notice.year,
        number=notice.number,
        published_on=notice.published_on,
        days=tuple(reversed(notice.days)),
    )
    assert Calendar([turned]).version == Calendar([notice]).version


def test_a_later_notice_replaces_the_years_earlier_one_whole():
    def notice(published, *days):
        return Notice(
            year=2030,
            published_on=day(published),
            days=tuple(NamedDay(on=day(d), working=False, name="节") for d in days),
        )

    both = Calendar(
        [notice("2029-11-01", "2030-03-04"), notice("2030-01-01", "2030-03-05")]
    )
    assert [both.counts(day(d)) for d in ("2030-03-04", "2030-03-05")] == [True, False]


def test_counting_by_look_up_is_counting_day_by_day(calendar):
    """Over the last published year and beyond, where there is nothing to look up."""
    for start in (date(2008, 5, 1) + timedelta(11 * n) for n in range(700)):
        counted = [
            on
            for on in (start + timedelta(n) for n in range(1, 80))
            if calendar.counts(on)
        ]
        assert [calendar.nth(start, n) for n in range(1, 41)] == counted[:40]
        assert [calendar.between(start, on) for on in counted[:40]] == [*range(1, 41)]


def test_the_plain_rule_of_a_year_without_a_notice(calendar):
    """INTERFACES §4: Mondays to Fridays but 1 January, 1–2 May and 1–3 October."""
    resting = [
        on
        for on in (date(2029, 1, 1) + timedelta(n) for n in range(365))
        if on.weekday() < 5 and not calendar.counts(on)
    ]
    assert [str(on) for on in resting] == [
        "2029-01-01", "2029-05-01", "2029-05-02", "2029-10-01", "2029-10-02",
        "2029-10-03",
    ]  # fmt: skip


def test_a_strip_past_the_last_notice_is_explained_too(calendar):
    assert list(calendar.strip(day("2040-04-30"), day("2040-05-03"))) == [
        Day(day("2040-05-01"), False, "劳动节"),
        Day(day("2040-05-02"), False, "劳动节"),
        Day(day("2040-05-03"), True, "working_day"),
    ]
