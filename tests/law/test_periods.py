"""Periods in calendar days and months, and the office's own as respondent."""

from datetime import date

import pytest

from requests_app.domain.periods import Period, months_after
from requests_app.domain.respondent import answer, performance_due_on
from requests_app.domain.vocabulary import Procedure


def day(text):
    return date.fromisoformat(text)


# fmt: off
LAST_DAYS = [
    (Period(days=60), "2018-08-03", "2018-10-08"),           # D26: 2 October is a holiday
    (Period(days=60), "2024-01-02", "2024-03-04"),           # 2 March 2024 is a Saturday
    (Period(days=60), "2024-01-08", "2024-03-08"),
    (Period(days=15), "2025-09-13", "2025-09-28"),           # a Sunday that is worked
    (Period(months=6), "2024-08-31", "2025-02-28"),          # no 31 February
    (Period(months=6), "2024-04-01", "2024-10-08"),          # 1 October is a holiday
    (Period(months=12), "2024-02-29", "2025-02-28"),
    (Period(working_days=10), "2024-09-25", "2024-10-14"),
]
# fmt: on


@pytest.mark.parametrize(
    ("period", "start", "expected"),
    LAST_DAYS,
)
def test_the_last_day(calendar, period, start, expected):
    assert period.last_day(day(start), calendar) == day(expected)


def test_months_run_to_the_day_of_the_same_number():
    assert [
        months_after(day("2023-12-15"), 1),
        months_after(day("2023-12-31"), 2),
        months_after(day("2023-01-31"), 13),
    ] == [day("2024-01-15"), day("2024-02-29"), day("2024-02-29")]


# fmt: off
ANSWERS = [  # 行政复议法 §§48, 54, 88; 行政诉讼法 §67
    (Procedure.RECONSIDERATION, False, "2024-09-25", "2024-10-14"),
    (Procedure.RECONSIDERATION, True, "2024-09-25", "2024-10-08"),
    (Procedure.LITIGATION_DIRECT, False, "2024-09-20", "2024-10-08"),
    (Procedure.LITIGATION_AFTER_RECONSIDERATION, False, "2024-11-01", "2024-11-18"),
]
# fmt: on


@pytest.mark.parametrize(
    ("procedure", "simple", "notified", "expected"),
    ANSWERS,
)
def test_the_answer_that_the_office_owes(
    calendar, procedure, simple, notified, expected
):
    duty = answer(procedure, simple=simple)
    assert duty.due_on(day(notified), calendar) == day(expected)


def test_disclosure_that_a_court_orders(calendar):
    """The day that the judgment fixes, else 20 working days (法释〔2025〕8号 §11)."""
    decided = day("2025-09-01")
    assert [
        performance_due_on(decided, None, calendar),
        performance_due_on(decided, day("2025-09-10"), calendar),
    ] == [day("2025-09-28"), day("2025-09-10")]
