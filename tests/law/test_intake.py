"""The day of receipt (2019 第三十一条)."""

from datetime import date, datetime

import pytest

from requests_app.domain.events import Received
from requests_app.domain.intake import Arrival, Receipt, legal_day, receipt
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel, ChannelDetail

SUBMITTED, SIGNED, CONFIRMED = date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 6)
ALL = Arrival(submitted_on=SUBMITTED, signed_on=SIGNED, confirmed_on=CONFIRMED)
ARRIVED = Arrival(submitted_on=SUBMITTED)
ON_SUBMISSION = Receipt(on=SUBMITTED, arrived_on=SUBMITTED)
ON_SIGNING = Receipt(on=SIGNED, arrived_on=SIGNED)
ON_CONFIRMATION = Receipt(on=CONFIRMED, arrived_on=SUBMITTED)
CAUTIOUS = Receipt(on=SUBMITTED, arrived_on=SUBMITTED, cautious=True)


@pytest.mark.parametrize(
    ("channel", "detail", "arrival", "expected"),
    [
        (Channel.IN_PERSON, None, ALL, ON_SUBMISSION),
        (Channel.IN_PERSON, ChannelDetail.ORAL, ARRIVED, ON_SUBMISSION),
        (Channel.POST, None, ALL, ON_SIGNING),
        (Channel.POST, ChannelDetail.SIGNED_MAIL, ALL, ON_SIGNING),
        (Channel.POST, ChannelDetail.ORDINARY_MAIL, ALL, ON_CONFIRMATION),
        (Channel.POST, ChannelDetail.ORDINARY_MAIL, ARRIVED, CAUTIOUS),
        (Channel.POST, None, ARRIVED, CAUTIOUS),
        (Channel.FAX, None, ALL, ON_CONFIRMATION),
        (Channel.FAX, None, ARRIVED, CAUTIOUS),
        (Channel.ONLINE, None, ALL, ON_CONFIRMATION),
        (Channel.ONLINE, ChannelDetail.WEB, ARRIVED, ON_SUBMISSION),
        (Channel.ONLINE, ChannelDetail.APP, ARRIVED, ON_SUBMISSION),
        (Channel.ONLINE, ChannelDetail.EMAIL, ARRIVED, CAUTIOUS),
        (Channel.ONLINE, ChannelDetail.EMAIL, ALL, ON_CONFIRMATION),
        (None, None, ARRIVED, ON_SUBMISSION),
        (None, None, Arrival(signed_on=SIGNED), ON_SIGNING),
    ],
)
def test_the_day_of_receipt(channel, detail, arrival, expected):
    assert receipt(arrival, channel, detail) == expected


def test_under_the_2008_regime_an_email_has_arrived_when_the_mail_system_has_it():
    arrival = Arrival(submitted_on=date(2018, 3, 1), confirmed_on=date(2018, 3, 5))
    assert receipt(arrival, Channel.ONLINE, ChannelDetail.EMAIL) == Receipt(
        on=date(2018, 3, 1), arrived_on=date(2018, 3, 1)
    )


def test_the_article_is_that_of_the_day_of_receipt():
    over_the_change = Arrival(
        submitted_on=date(2019, 5, 13), confirmed_on=date(2019, 5, 15)
    )
    assert [
        receipt(over_the_change, Channel.ONLINE).article,
        receipt(Arrival(signed_on=date(2019, 5, 14)), Channel.POST).article,
    ] == ["国务院令第711号第三十一条", "国办公开办函〔2015〕207号第一条"]


def test_what_the_log_is_told():
    assert [ON_CONFIRMATION.event, ON_SIGNING.event, CAUTIOUS.event] == [
        Received(on=CONFIRMED, arrived_on=SUBMITTED),
        Received(on=SIGNED),
        Received(on=SUBMITTED, cautious=True),
    ]


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
