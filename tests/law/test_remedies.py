"""The remedies that a letter names, by outcome and day of reply (LAW 1.10)."""

from datetime import date

import pytest

from requests_app.domain.remedies import UNNAMED, remedies, review_comes_first
from requests_app.domain.vocabulary import Outcome


def day(text):
    return date.fromisoformat(text)


def told(calendar, outcome, replied, delivered=None):
    found = remedies(outcome, day(replied), delivered and day(delivered), calendar)
    return [(r.procedure.value, r.until and str(r.until), r.verified) for r in found]


# fmt: off
CASES = {
    "a refusal of 2018": (
        (Outcome.STATE_SECRET, "2018-08-01", "2018-08-03"),
        [("reconsideration", "2018-10-08", True), ("litigation_direct", "2019-02-03", True),
         ("litigation_after_reconsideration", None, True)]),
    "before May 2015 a suit had three months": (
        (Outcome.NOT_HELD, "2015-04-30", "2015-05-04"),
        [("reconsideration", "2015-07-03", True), ("litigation_direct", "2015-08-04", False),
         ("litigation_after_reconsideration", None, True)]),
    "from 2024 review comes first for refusals under Art. 14 to 16": (
        (Outcome.PERSONAL_PRIVACY, "2024-01-02", "2024-01-08"),
        [("reconsideration", "2024-03-08", True),
         ("litigation_after_reconsideration", None, True)]),
    "the refused part of a partial grant included": (
        (Outcome.PARTLY_GRANTED, "2024-01-02", "2024-01-08"),
        [("reconsideration", "2024-03-08", True),
         ("litigation_after_reconsideration", None, True)]),
    "what cannot be provided may be sued over directly": (
        (Outcome.NOT_HELD, "2024-01-02", "2024-01-08"),
        [("reconsideration", "2024-03-08", True), ("litigation_direct", "2024-07-08", True),
         ("litigation_after_reconsideration", None, True)]),
    "without delivery no period runs": (
        (Outcome.NOT_HELD, "2024-01-02"),
        [("reconsideration", None, True), ("litigation_direct", None, True),
         ("litigation_after_reconsideration", None, True)]),
}
# fmt: on


@pytest.mark.parametrize(("given", "expected"), CASES.values(), ids=CASES)
def test_the_remedies(calendar, given, expected):
    assert told(calendar, *given) == expected


def test_a_period_into_an_unpublished_year_is_provisional(calendar):
    found = list(
        remedies(Outcome.NOT_HELD, day("2026-10-01"), day("2026-10-09"), calendar)
    )
    assert [(r.until, r.provisional) for r in found][:2] == [
        (day("2026-12-08"), False),
        (day("2027-04-09"), True),
    ]


@pytest.mark.parametrize(
    ("outcome", "replied", "expected"),
    [
        (Outcome.DELIBERATIVE, "2023-12-31", False),
        (Outcome.DELIBERATIVE, "2024-01-01", True),
        (Outcome.ENQUIRY_MATTER, "2024-01-01", False),
        (Outcome.GRANTED, "2024-01-01", False),
    ],
)
def test_review_comes_first(outcome, replied, expected):
    assert review_comes_first(outcome, day(replied)) is expected


def test_a_letter_that_names_no_remedy_leaves_a_year(calendar):
    assert UNNAMED.last_day(day("2024-09-10"), calendar) == day("2025-09-10")
