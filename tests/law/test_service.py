"""The reply day by how the reply was served (国办公开办函〔2016〕235号)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from requests_app.domain import events as happened
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.service import (
    Dispatch,
    Service,
    announcement_on,
    delivered,
    irregular,
    of_the_reply,
    reply_day,
)
from requests_app.domain.vocabulary import Outcome
from requests_app.domain.vocabulary import ServiceMethod as By

MONDAY, TUESDAY, FRIDAY = date(2024, 9, 9), date(2024, 9, 10), date(2024, 9, 13)


@pytest.mark.parametrize(
    ("dispatches", "expected"),
    [
        ([Dispatch(method=By.POSTAL, sent_on=MONDAY, signed_on=FRIDAY)], MONDAY),
        ([Dispatch(method=By.DIRECT, sent_on=MONDAY, signed_on=FRIDAY)], FRIDAY),
        ([Dispatch(method=By.ENTRUSTED, sent_on=MONDAY, signed_on=FRIDAY)], FRIDAY),
        ([Dispatch(method=By.COURIER, sent_on=MONDAY, signed_on=FRIDAY)], FRIDAY),
        ([Dispatch(method=By.ELECTRONIC, sent_on=MONDAY)], MONDAY),
        (  # the first valid posting, whatever comes back
            [
                Dispatch(method=By.POSTAL, sent_on=TUESDAY),
                Dispatch(method=By.POSTAL, sent_on=FRIDAY, signed_on=FRIDAY),
            ],
            TUESDAY,
        ),
        (  # a courier's posting is not valid: the letter posted after it is the first
            [
                Dispatch(method=By.COURIER, sent_on=MONDAY),
                Dispatch(method=By.POSTAL, sent_on=FRIDAY),
            ],
            FRIDAY,
        ),
    ],
)
def test_the_reply_day(dispatches, expected):
    assert reply_day(dispatches) == expected


@pytest.mark.parametrize(
    "dispatches", [[], [Dispatch(method=By.COURIER, sent_on=MONDAY)]]
)
def test_what_is_not_served_is_no_reply(dispatches):
    with pytest.raises(NotAllowed):
        reply_day(dispatches)


def test_a_courier_other_than_the_postal_enterprise_is_a_finding():
    assert [f.rule for f in irregular(By.COURIER, MONDAY)] == ["courier_not_postal"]
    assert [irregular(by, MONDAY) for by in By if by is not By.COURIER] == [()] * 4


SIGNED = happened.ReplyDelivered(on=FRIDAY)
LEFT = happened.ReplyRefused(on=TUESDAY, left=True)
ANNOUNCED = happened.ReplyAnnounced(on=MONDAY, days=30)
POSTED = happened.ReplyPosted(on=MONDAY, mail_number="1")


@pytest.mark.parametrize(
    ("on", "article", "days"),
    [
        ("2008-05-01", "第八十四条", 60),
        ("2012-12-31", "第八十四条", 60),
        ("2013-01-01", "第九十二条", 60),
        ("2021-12-31", "第九十二条", 60),
        ("2022-01-01", "第九十五条", 30),
        ("2024-01-01", "第九十五条", 30),
    ],
)
def test_an_announcement_runs_by_the_law_of_its_day(on, article, days):
    law = announcement_on(date.fromisoformat(on))
    assert (law.article, law.days) == (article, days)


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ([], None),
        ([POSTED, happened.ReplyReturned(on=TUESDAY)], None),
        ([happened.ReplyRefused(on=TUESDAY)], None),
        ([POSTED, SIGNED], FRIDAY),
        ([LEFT, SIGNED], TUESDAY),
        ([ANNOUNCED], MONDAY + timedelta(30)),
        ([ANNOUNCED, SIGNED], FRIDAY),
    ],
)
def test_the_day_on_which_the_reply_is_delivered(log, expected):
    assert delivered(log) == expected


REPLIED = happened.Replied(on=MONDAY, outcome=Outcome.GRANTED, service=By.POSTAL)
BACK = happened.ReplyReturned(on=TUESDAY)
REFUSED = happened.ReplyRefused(on=TUESDAY)
AGAIN = happened.ReplyPosted(on=FRIDAY)
ANEW = happened.DecidedAnew(on=FRIDAY, outcome=Outcome.GRANTED, appeal=1)
LATE = happened.ReplyReturned(on=MONDAY + timedelta(30))
OTHERS = happened.LetterReturned(on=FRIDAY, letter=7)


@pytest.mark.parametrize(
    ("log", "back_on", "served_on", "twice"),
    [
        ([REPLIED], None, None, []),
        ([REPLIED, BACK], TUESDAY, None, []),
        ([REPLIED, REFUSED], TUESDAY, None, []),
        ([REPLIED, BACK, REFUSED], TUESDAY, None, []),
        ([REPLIED, BACK, AGAIN], None, None, []),
        ([REPLIED, BACK, SIGNED], None, FRIDAY, []),
        ([REPLIED, BACK, OTHERS], TUESDAY, None, []),
        # once served it is not served again, in the order of the log on one day too
        ([REPLIED, LEFT, BACK], None, TUESDAY, [TUESDAY]),
        ([REPLIED, BACK, LEFT], None, TUESDAY, []),
        ([REPLIED, LEFT, SIGNED], None, TUESDAY, [FRIDAY]),
        ([REPLIED, SIGNED, AGAIN], None, FRIDAY, [FRIDAY]),
        ([replace(REPLIED, service=By.DIRECT), BACK], None, MONDAY, [TUESDAY]),
        # an announcement serves when its days have passed, and hinders nothing until then
        ([REPLIED, ANNOUNCED, BACK, SIGNED], None, FRIDAY, []),
        ([REPLIED, ANNOUNCED, LATE], None, LATE.on, [LATE.on]),
        # a second decision is served anew
        ([REPLIED, LEFT, ANEW, AGAIN], None, None, []),
        ([REPLIED, LEFT, ANEW, SIGNED, AGAIN], None, FRIDAY, [FRIDAY]),
    ],
)
def test_a_reply_is_served_once(log, back_on, served_on, twice):
    now, findings = of_the_reply(log)
    assert (now.back_on, now.served_on) == (back_on, served_on)
    assert [(f.rule, f.on) for f in findings] == [("already_served", d) for d in twice]


def test_nothing_is_served_before_there_is_a_reply():
    assert of_the_reply([]) == (Service(), ())
