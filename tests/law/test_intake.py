"""The day of receipt (2019 第三十一条)."""

from datetime import date, datetime

import pytest

from requests_app.domain.intake import Arrival, Receipt, legal_day, receipt
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel

SUBMITTED, SIGNED, CONFIRMED = date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 6)
ALL = Arrival(submitted_on=SUBMITTED, signed_on=SIGNED, confirmed_on=CONFIRMED)
ARRIVED = Arrival(submitted_on=SUBMITTED)


@pytest.mark.parametrize(
    ("channel", "arrival", "expected"),
    [
        (Channel.IN_PERSON, ALL, Receipt(on=SUBMITTED)),
        (Channel.POST, ALL, Receipt(on=SIGNED)),
        (Channel.FAX, ALL, Receipt(on=CONFIRMED)),
        (Channel.ONLINE, ALL, Receipt(on=CONFIRMED)),
        (Channel.ONLINE, ARRIVED, Receipt(on=SUBMITTED)),
        (Channel.FAX, ARRIVED, Receipt(on=SUBMITTED, cautious=True)),
        (Channel.POST, ARRIVED, Receipt(on=SUBMITTED, cautious=True)),
    ],
)
def test_the_day_of_receipt(channel, arrival, expected):
    assert receipt(arrival, channel) == expected


def test_nothing_known_is_refused():
    with pytest.raises(NotAllowed):
        receipt(Arrival(), Channel.POST)


def test_a_day_is_a_day_in_shanghai():
    assert legal_day(datetime.fromisoformat("2019-05-14T16:05+00:00")) == date(
        2019, 5, 15
    )


def test_an_instant_without_offset_is_not_guessed():
    with pytest.raises(ValueError, match="offset"):
        legal_day(datetime(2019, 5, 14, 16, 5))  # noqa: DTZ001
