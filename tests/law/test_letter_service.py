"""送达 of notices and letters on the way: what can happen to one, and what its delivery does
to the clock."""

from datetime import date, timedelta

import pytest

from requests_app.domain import deadlines
from requests_app.domain import events as happened
from requests_app.domain.letter_service import as_counted, may_happen, services
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.service import Service

MONDAY = date(2024, 9, 9)
DAYS = [MONDAY + timedelta(n) for n in range(60)]
NOTICE, LETTER = 7, 8


def told(kind, on=0, letter=NOTICE, **details):
    return happened.KINDS[f"letter_{kind}"](on=DAYS[on], letter=letter, **details)


SENT, BACK, AGAIN = told("sent"), told("returned", 3), told("sent_again", 4)
REFUSED, LEFT = told("refused", 3), told("refused", 3, left=True)
SIGNED, ANNOUNCED = told("delivered", 5), told("announced", 4, days=30)

# fmt: off
STANDS = {
    "on its way": ([SENT], Service(sendings=1)),
    "come back": ([SENT, BACK], Service(sendings=1, returns=1, back_on=DAYS[3])),
    "sent again": ([SENT, BACK, AGAIN], Service(sendings=2, returns=1)),
    "refused, then come back": ([SENT, REFUSED, told("returned", 4)],
                                Service(sendings=1, returns=1, back_on=DAYS[3])),
    "signed for": ([SENT, BACK, AGAIN, SIGNED],
                   Service(sendings=2, returns=1, served_on=DAYS[5])),
    "the second of two signed for, the first come back":
        ([SENT, told("sent_again", 2), BACK, SIGNED],
         Service(sendings=2, returns=1, served_on=DAYS[5])),
    "left there": ([SENT, LEFT], Service(sendings=1, served_on=DAYS[3])),
    "announced, its days not passed": ([SENT, BACK, ANNOUNCED],
                                       Service(sendings=1, returns=1, served_on=DAYS[34])),
    "announced, and come back meanwhile":
        ([SENT, ANNOUNCED, told("returned", 6)],
         Service(sendings=1, returns=1, served_on=DAYS[34])),
    "announced, and signed for meanwhile": ([SENT, ANNOUNCED, SIGNED],
                                            Service(sendings=1, served_on=DAYS[5])),
    "announced with nothing sent": ([ANNOUNCED], Service(served_on=DAYS[34])),
    "signed for on the day it came back": ([SENT, told("returned", 5), SIGNED],
                                           Service(sendings=1, returns=1, served_on=DAYS[5])),
}
IMPOSSIBLE = {
    "signed for, not sent or another letter was": [told("sent", letter=LETTER), SIGNED],
    "come back, not sent": [BACK],
    "refused, not sent": [REFUSED],
    "sent again, not sent": [AGAIN],
    "signed for, only announced": [ANNOUNCED, SIGNED],
    "sent twice": [SENT, told("sent", 1)],
    "come back twice": [SENT, BACK, told("returned", 4)],
    "signed for twice": [SENT, SIGNED, told("delivered", 6)],
    "sent again after it was left there": [SENT, LEFT, AGAIN],
    "come back on the day it was signed for": [SENT, SIGNED, told("returned", 5)],
    "sent again when the announcement's days have passed":
        [SENT, ANNOUNCED, told("sent_again", 34)],
}
# fmt: on


@pytest.mark.parametrize(("log", "expected"), STANDS.values(), ids=list(STANDS))
def test_how_far_a_letter_has_come(log, expected):
    assert services([*log, told("sent", 9, letter=LETTER)]) == {
        NOTICE: expected, LETTER: Service(sendings=1),
    }  # fmt: skip


@pytest.mark.parametrize("log", IMPOSSIBLE.values(), ids=list(IMPOSSIBLE))
def test_what_cannot_have_happened_to_a_letter(log):
    services(log[:-1])
    with pytest.raises(NotAllowed) as refused:
        services(log)
    assert refused.value.article == "第四十五条"


# fmt: off
NEXT = {
    "nothing yet": ([], {"sent", "announced"}),
    "on its way": ([SENT], {"sent_again", "returned", "refused", "announced", "delivered"}),
    "come back": ([SENT, BACK], {"sent_again", "refused", "announced", "delivered"}),
    "announced": ([SENT, ANNOUNCED],
                  {"sent_again", "returned", "refused", "announced", "delivered"}),
    "signed for": ([SENT, SIGNED], set()),
}
# fmt: on


@pytest.mark.parametrize(("log", "expected"), NEXT.values(), ids=list(NEXT))
def test_what_may_happen_next(log, expected):
    now = services(log)
    possible = {
        name.removeprefix("letter_")
        for name, kind in happened.KINDS.items()
        if issubclass(kind, happened.OfLetter)
        and may_happen(kind, NOTICE, DAYS[6], now)
    }
    assert possible == expected


def asked(on=0, letter=NOTICE, consultation="1"):
    return happened.OpinionSought(on=DAYS[on], letter=letter, consultation=consultation)


def answered(on, consultation="1"):
    return happened.OpinionReceived(on=DAYS[on], consultation=consultation)


def delivered(on, consultation="1"):
    return happened.OpinionDelivered(on=DAYS[on], consultation=consultation)


# fmt: off
OPINIONS = {  # a log, and the deliveries of consultations that it tells of
    "the letter of an open consultation": ([asked(), SENT, SIGNED], [delivered(5)]),
    "of one day, whichever was typed first": ([SENT, told("delivered"), asked()],
                                              [delivered(0)]),
    "the letter of another act": ([asked(letter=LETTER), SENT, SIGNED], []),
    "a consultation with no letter": ([asked(letter=None), SENT, SIGNED], []),
    "answered before it was signed for": ([asked(), SENT, answered(4), SIGNED], []),
    "answered on the day it was signed for": ([asked(), SENT, answered(5), SIGNED],
                                              [delivered(5)]),
    "answered after": ([asked(), SENT, SIGNED, answered(9)], [delivered(5)]),
    "told by an entry of its own": ([asked(), SENT, delivered(2), SIGNED], [delivered(2)]),
    "left there: no day of its receipt": ([asked(), SENT, LEFT], []),
    "signed for before anybody was asked": ([SENT, SIGNED, asked(6)], []),
    "two consultations, each by its own letter":
        ([asked(), asked(letter=LETTER, consultation="2"), SENT, SIGNED,
          told("sent", 1, letter=LETTER), told("delivered", 6, letter=LETTER)],
         [delivered(5), delivered(6, "2")]),
    "a name used again": ([asked(), answered(1), asked(2, LETTER),
                           told("sent", 2, letter=LETTER),
                           told("delivered", 6, letter=LETTER)], [delivered(6)]),
}
# fmt: on


@pytest.mark.parametrize(("log", "expected"), OPINIONS.values(), ids=list(OPINIONS))
def test_the_delivery_of_a_consultations_letter_is_that_of_the_consultation(
    calendar, log, expected
):
    counted = list(as_counted(log))
    assert [e for e in counted if isinstance(e, happened.OpinionDelivered)] == expected
    assert [e for e in counted if e not in expected or e in log] == log
    deadlines.read(MONDAY, counted, calendar)


def test_fifteen_working_days_run_from_the_letters_receipt(calendar):
    """第三十二条: sought on 9 September and never answered, silence ends it on the 30th; or
    on 12 October, where the letter was signed for on the 14th, a Saturday worked."""

    def due(*events):
        clock = deadlines.read(MONDAY, as_counted(list(events)), calendar)
        return clock.due_on

    sent = due(asked(), SENT)
    later = due(asked(), SENT, SIGNED)
    assert (sent, later) == (
        due(asked()), due(asked(), delivered(5)),
    )  # fmt: skip
    assert (str(sent), str(later)) == ("2024-11-01", "2024-11-08")
