"""The statutory clock against cases counted by hand (LAW §7)."""

from datetime import date, timedelta

import pytest

from requests_app.domain import deadlines
from requests_app.domain.events import (
    Extended,
    FeeNoticed,
    FeePaid,
    OpinionDelivered,
    OpinionReceived,
    OpinionSought,
    SupplementAsked,
    SupplementReceived,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Timeliness

WORDS = {
    "supplement_asked": SupplementAsked,
    "supplement_received": SupplementReceived,
    "opinion_sought": OpinionSought,
    "opinion_delivered": OpinionDelivered,
    "opinion_received": OpinionReceived,
    "fee_noticed": FeeNoticed,
    "fee_paid": FeePaid,
}


def day(text):
    return date.fromisoformat(text)


def told(text):
    kind, on, *extra = text.split(":")
    if kind == "extended":
        return Extended(on=day(on), days=int(extra[0]))
    named = {"consultation": extra[0]} if extra else {}
    return WORDS[kind](on=day(on), **named)


def read(calendar, received, *events):
    return deadlines.read(day(received), [told(e) for e in events], calendar)


def asdays(clock):
    def text(on):
        return on and on.isoformat()

    rules = [f.rule for f in clock.findings]
    return text(clock.base_due_on), text(clock.due_on), rules


# fmt: off
CASES = {
    "D01 Spring Festival 2018": ("第二十四条",
        ["2018-02-08"], ("2018-03-06", "2018-03-06", [])),
    "D02 National Day 2018": ("第二十四条",
        ["2018-09-21"], ("2018-10-18", "2018-10-18", [])),
    "D03 29 December works by next year's notice": ("第二十四条",
        ["2018-12-20"], ("2019-01-11", "2019-01-11", [])),
    "D05 amended Labour Day 2019 ends on a worked Sunday": ("第二十四条",
        ["2019-04-08"], ("2019-04-28", "2019-04-28", [])),
    "D06 last day of the 2008 regime": ("第二十四条",
        ["2019-05-14"], ("2019-06-04", "2019-06-04", [])),
    "D08 first day of the 2019 regime": ("第三十三条",
        ["2019-05-15"], ("2019-06-13", "2019-06-13", [])),
    "D12 received on a holiday": ("第三十三条",
        ["2023-10-01"], ("2023-11-01", "2023-11-01", [])),
    "D16 a supplement in time starts the period anew": ("第三十条",
        ["2024-09-10", "supplement_asked:2024-09-20", "supplement_received:2024-10-08"],
         ("2024-11-04", "2024-11-04", [])),
    "a supplement asked on the 8th working day restarts nothing": ("第三十条",
        ["2024-09-10", "supplement_asked:2024-09-23", "supplement_received:2024-10-08"],
         ("2024-10-14", "2024-10-14", ["supplement_late"])),
    "a second supplement restarts nothing": ("第三十条",
        ["2024-09-10", "supplement_asked:2024-09-20", "supplement_received:2024-10-08",
          "supplement_asked:2024-10-10", "supplement_received:2024-10-20"],
         ("2024-11-04", "2024-11-04", ["supplement_repeated"])),
    "under the 2008 regime every supplement starts the 15 days anew": ("第二十一条第（四）项",
        ["2018-02-08", "supplement_asked:2018-03-05", "supplement_received:2018-03-12"],
         ("2018-04-02", "2018-04-02", [])),
    "while a supplement is awaited there is no due day": ("第三十条",
        ["2024-09-10", "supplement_asked:2024-09-20"], (None, None, [])),
    "D18 ten working days of consultation": ("第三十二条、第三十三条第三款",
        ["2023-03-01", "opinion_sought:2023-03-10", "opinion_received:2023-03-24"],
         ("2023-04-13", "2023-04-13", [])),
    "silence with no delivery known ends 15 working days after sending": ("第三十二条、第三十三条第三款",
        ["2023-03-01", "opinion_sought:2023-03-10"],
         ("2023-04-20", "2023-04-20", [])),
    "silence ends 15 working days after delivery": ("第三十二条、第三十三条第三款",
        ["2023-03-01", "opinion_sought:2023-03-10", "opinion_delivered:2023-03-13"],
         ("2023-04-21", "2023-04-21", [])),
    "overlapping consultations are merged": ("第三十二条、第三十三条第三款",
        ["2023-03-01", "opinion_sought:2023-03-10:a", "opinion_sought:2023-03-17:b",
          "opinion_received:2023-03-21:a", "opinion_received:2023-03-24:b"],
         ("2023-04-13", "2023-04-13", [])),
    "a consultation begun after the due day pauses nothing": ("第二十三条、第二十四条第三款",
        ["2018-02-08", "opinion_sought:2018-03-07", "opinion_received:2018-03-14"],
         ("2018-03-06", "2018-03-06", ["opinion_late"])),
    "an extension told after the base due day has no effect": ("第三十三条第二款",
        ["2025-08-29", "extended:2025-09-28:15"],
         ("2025-09-26", "2025-09-26", ["extension_late"])),
    "D20 an extension told on the last day, a worked Sunday": ("第三十三条第二款",
        ["2025-09-01", "extended:2025-09-28:20"], ("2025-09-28", "2025-10-31", [])),
    "an overlong extension counts as the most": ("第三十三条第二款",
        ["2025-09-01", "extended:2025-09-28:30"],
         ("2025-09-28", "2025-10-31", ["extension_overlong"])),
    "a second extension has no effect": ("第三十三条第二款",
        ["2025-09-01", "extended:2025-09-20:5", "extended:2025-09-26:5"],
         ("2025-09-28", "2025-10-11", ["extension_repeated"])),
    "an extension already told is added to the period that starts anew": ("第三十三条第二款",
        ["2025-09-01", "supplement_asked:2025-09-03", "extended:2025-09-04:5",
          "supplement_received:2025-09-05"],
         ("2025-10-10", "2025-10-16", [])),
    "a fee paid starts the period anew": ("第四十二条",
        ["2024-09-10", "fee_noticed:2024-09-20", "fee_paid:2024-10-08"],
         ("2024-11-04", "2024-11-04", [])),
    "a fee noticed after the due day restarts nothing": ("第四十二条",
        ["2024-09-10", "fee_noticed:2024-10-16", "fee_paid:2024-10-17"],
         ("2024-10-14", "2024-10-14", ["fee_notice_late"])),
}
# fmt: on


@pytest.mark.parametrize(("article", "given", "expected"), CASES.values(), ids=CASES)
def test_the_clock(calendar, article, given, expected):
    clock = read(calendar, *given)
    assert asdays(clock) == expected
    assert article in vars(clock.regime.article).values()


@pytest.mark.parametrize(("article", "given", "expected"), CASES.values(), ids=CASES)
def test_events_may_be_given_in_any_order(calendar, article, given, expected):
    received, *events = given
    days = [e.split(":")[1] for e in events]
    if len(set(days)) == len(days):
        assert asdays(read(calendar, received, *reversed(events))) == expected


def test_a_due_day_in_a_year_without_a_notice_is_provisional(calendar):
    clock = read(calendar, "2026-12-10")
    assert (clock.due_on, clock.provisional) == (day("2027-01-08"), True)


def test_a_due_day_in_a_published_year_is_not(calendar):
    assert read(calendar, "2026-11-24").provisional is False


@pytest.mark.parametrize(
    "given",
    [
        ["2024-09-10", "supplement_received:2024-09-20"],
        ["2024-09-10", "opinion_received:2024-09-20"],
        ["2024-09-10", "opinion_sought:2024-09-20:a", "opinion_received:2024-09-21:b"],
        ["2024-09-10", "opinion_sought:2024-09-20", "opinion_sought:2024-09-21"],
        ["2024-09-10", "fee_paid:2024-09-20"],
        ["2024-09-10", "supplement_asked:2024-09-09"],
        ["2024-09-10", "extended:2024-09-11:0"],
        ["2008-04-30"],
    ],
)
def test_what_cannot_have_happened_is_refused(calendar, given):
    with pytest.raises(NotAllowed):
        read(calendar, *given)


def test_the_strip_says_of_each_day_whether_it_counts_and_why(calendar):
    strip = list(
        read(
            calendar,
            "2018-02-08",
            "opinion_sought:2018-02-12",
            "opinion_received:2018-02-13",
        ).days()
    )
    assert [(d.on.isoformat(), d.counts, d.because) for d in strip][:8] == [
        ("2018-02-09", True, "working_day"),
        ("2018-02-10", False, "weekend"),
        ("2018-02-11", True, "in_lieu_working_day"),
        ("2018-02-12", True, "working_day"),
        ("2018-02-13", False, "paused:opinion"),
        ("2018-02-14", True, "working_day"),
        ("2018-02-15", False, "春节"),
        ("2018-02-16", False, "春节"),
    ]
    assert strip[-1].on == day("2018-03-07")
    assert sum(d.counts for d in strip) == 15


def test_the_strip_counts_exactly_the_reply_period_from_every_day(calendar):
    for n in range(0, 6500, 13):
        received = date(2008, 5, 1) + timedelta(n)
        clock = deadlines.read(received, [], calendar)
        assert sum(d.counts for d in clock.days()) == clock.regime.reply_days


@pytest.mark.parametrize(
    ("concluded", "expected"),
    [
        ("2025-09-28", Timeliness.ON_TIME),
        ("2025-09-29", Timeliness.EXTENDED),
        ("2025-10-31", Timeliness.EXTENDED),
        ("2025-11-01", Timeliness.LATE),
    ],
)
def test_timeliness_follows_the_clock(calendar, concluded, expected):
    clock = read(calendar, "2025-09-01", "extended:2025-09-28:20")
    assert deadlines.timeliness(clock, day(concluded)) is expected


def test_concluded_while_no_due_day_runs_is_on_time(calendar):
    clock = read(calendar, "2024-09-10", "supplement_asked:2024-09-20")
    assert deadlines.timeliness(clock, day("2026-01-01")) is Timeliness.ON_TIME
