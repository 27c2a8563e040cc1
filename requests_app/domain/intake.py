"""Which day counts as the day of receipt (收到申请之日), by regime and channel.

2019 regime: 第三十一条. 2008 regime: 国办公开办函〔2015〕207号 part 一. They differ for an
e-mail to the published box, which under 207 has arrived when the mail system has it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from requests_app.domain.events import Received
from requests_app.domain.regimes import REGIMES, NotAllowed
from requests_app.domain.vocabulary import Channel, ChannelDetail

SHANGHAI = ZoneInfo("Asia/Shanghai")
ARTICLE = "国务院令第711号第三十一条"
ARTICLE_2008 = "国办公开办函〔2015〕207号第一条"


def legal_day(instant: datetime | date) -> date:
    """The day in Asia/Shanghai; a plain day is itself. ValueError without an offset."""
    if not isinstance(instant, datetime):
        return instant
    if instant.tzinfo is None:
        raise ValueError(
            f"{instant.isoformat()} 没有时区，例如应写 +08:00 (an offset is needed)"
        )
    return instant.astimezone(SHANGHAI).date()


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What is known of how a request came in; at least one of the three.

    `signed_on`: anyone authorised signed for it, the mail room, the gate or the window.
    """

    submitted_on: date | None = None
    signed_on: date | None = None
    confirmed_on: date | None = None

    @property
    def first(self) -> date | None:
        days = (self.submitted_on, self.signed_on, self.confirmed_on)
        return min((day for day in days if day is not None), default=None)


@dataclass(frozen=True, kw_only=True)
class Manner:
    """形式要求 (第二十九条第二款第（三）项; LAW 5.1): how the applicant wants it, and what the
    form of 2008 asked for beside it (第二十条 用途, 第二十八条 减免)."""

    retrieval_number: str = ""  # 索取号, as the agency's catalogue has it
    provide_as: str = ""
    obtain_by: str = ""
    accepts_other: bool | None = None
    applied_on: date | None = None
    purpose: str = ""
    fee_waiver: bool = False


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`cautious`: counted from arrival until both sides have confirmed (DESIGN §10)."""

    on: date
    arrived_on: date
    cautious: bool = False

    @property
    def article(self) -> str:
        return ARTICLE_2008 if self.on < REGIMES[1].in_force_from else ARTICLE

    @property
    def event(self) -> Received:
        """The receipt as the log tells of it; the day of arrival only where it differs."""
        arrived_on = self.arrived_on if self.arrived_on != self.on else None
        return Received(on=self.on, arrived_on=arrived_on, cautious=self.cautious)


def receipt(
    arrival: Arrival,
    channel: Channel | None = None,
    detail: ChannelDetail | None = None,
) -> Receipt:
    """The day of receipt, or the cautious one; NotAllowed where no day is known."""
    arrived = arrival.first
    if arrived is None:
        raise NotAllowed("不知何日收到 (no day of arrival is given)", ARTICLE)
    on = counted(arrival, arrived, channel, detail)
    if on is None:
        return Receipt(on=arrived, arrived_on=arrived, cautious=True)
    waited = on == arrival.confirmed_on and channel is not None
    return Receipt(on=on, arrived_on=arrived if waited else on)


def counted(
    arrival: Arrival,
    arrived: date,
    channel: Channel | None,
    detail: ChannelDetail | None,
) -> date | None:
    """None: neither signed for nor confirmed where that is what counts."""
    by_email = detail is ChannelDetail.EMAIL
    if channel is Channel.IN_PERSON:
        return arrival.submitted_on or arrived
    if channel is Channel.POST and detail is not ChannelDetail.ORDINARY_MAIL:
        return arrival.signed_on or arrival.confirmed_on
    if by_email and arrived < REGIMES[1].in_force_from:
        return arrival.submitted_on or arrived
    if arrival.confirmed_on:
        return arrival.confirmed_on
    if channel is None:
        return arrival.signed_on or arrival.submitted_on
    # The automatic receipt of a published portal is the confirmation (DESIGN §10).
    return arrived if channel is Channel.ONLINE and not by_email else None
