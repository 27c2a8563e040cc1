"""Whose desk a request lies on, and what cannot have happened there."""

from datetime import date

import pytest

from requests_app.domain import events as happened
from requests_app.domain.desk import CoUnit, Desk, desk
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome

DAY = date(2024, 9, 11)
INNER, LATER = date(2024, 9, 18), date(2024, 9, 20)
ASSIGNED = happened.Assigned(on=DAY, unit=2, handler=7)
SUBMITTED = happened.SubmittedForReview(on=DAY)
BACK = happened.SentBack(on=DAY)
REVIEWED = happened.Reviewed(on=DAY)
REPLIED = happened.Replied(on=DAY, outcome=Outcome.GRANTED)
ANEW = happened.DecidedAnew(on=DAY, outcome=Outcome.NOT_HELD, appeal=1)
ASKED = happened.CoAssigned(on=DAY, unit=3, due_on=INNER)
ASKED_AGAIN = happened.CoAssigned(on=DAY, unit=3, due_on=LATER)
ANSWERED = happened.CoAnswered(on=DAY, unit=3)
CASES = {
    "two units help": (
        [ASSIGNED, ASKED, happened.CoAssigned(on=DAY, unit=4, due_on=LATER)],
        Desk(unit=2, handler=7, beside=(
            CoUnit(unit=3, due_on=INNER), CoUnit(unit=4, due_on=LATER),
        )),
    ),
    "asked again before the answer, by another day": (
        [ASKED, ASKED_AGAIN], Desk(beside=(CoUnit(unit=3, due_on=LATER),)),
    ),
    "asked again after the answer": (
        [ASKED, ANSWERED, ASKED_AGAIN],
        Desk(beside=(
            CoUnit(unit=3, due_on=INNER, answered_on=DAY),
            CoUnit(unit=3, due_on=LATER),
        )),
    ),
    "nobody's": ([], Desk()),
    "assigned": ([ASSIGNED], Desk(unit=2, handler=7)),
    "the last assignment stands": (
        [ASSIGNED, happened.Assigned(on=DAY, handler=8)], Desk(handler=8),
    ),
    "with the reviewer": ([SUBMITTED], Desk(submitted_on=DAY, proposed=SUBMITTED)),
    "sent back": ([SUBMITTED, BACK], Desk()),
    "sent back after the review": ([SUBMITTED, REVIEWED, BACK], Desk()),
    "reviewed": ([SUBMITTED, REVIEWED], Desk(reviewed=True, proposed=SUBMITTED)),
    "submitted again after the review": (
        [SUBMITTED, REVIEWED, SUBMITTED],
        Desk(submitted_on=DAY, proposed=SUBMITTED),
    ),
    "withdrawn while with the reviewer": ([SUBMITTED, REPLIED], Desk(proposed=SUBMITTED)),
    "with the reviewer again after a lost case": (
        [REPLIED, SUBMITTED], Desk(submitted_on=DAY, proposed=SUBMITTED),
    ),
    "decided anew while with the reviewer": (
        [REPLIED, SUBMITTED, ANEW], Desk(proposed=SUBMITTED),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_desk_after(name):
    log, expected = CASES[name]
    assert desk(log) == expected


@pytest.mark.parametrize(
    "log",
    [
        [BACK],
        [SUBMITTED, SUBMITTED],
        [SUBMITTED, BACK, BACK],
        [ANSWERED],
        [ASKED, ANSWERED, ANSWERED],
        [ASSIGNED, happened.CoAssigned(on=DAY, unit=2, due_on=INNER)],
        [happened.CoAssigned(on=LATER, unit=3, due_on=INNER)],
    ],
)
def test_what_cannot_have_happened_on_a_desk(log):
    with pytest.raises(NotAllowed):
        desk(log)
