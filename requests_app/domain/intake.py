"""Which day counts as the day of receipt (收到申请之日), by regime and channel."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel

SHANGHAI = ZoneInfo("Asia/Shanghai")
ARTICLE = "国务院令第711号第三十一条"


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
    """What is known of how a request came in; at least one of the three."""

    submitted_on: date | None = None
    signed_on: date | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    on: date
    cautious: bool = False  # not confirmed yet: counted from arrival (DESIGN §10)


def receipt(arrival: Arrival, channel: Channel | None = None) -> Receipt:
    """2019 第三十一条. In person: submission. Post: signing, or confirmation of a letter
    nobody signed for. Fax: confirmation. Online: confirmation, which a published portal
    gives by its automatic receipt, so that submission there is confirmed at once."""
    if channel is Channel.IN_PERSON:
        order = (arrival.submitted_on, arrival.confirmed_on, arrival.signed_on)
    elif channel is Channel.POST:
        order = (arrival.signed_on, arrival.confirmed_on, arrival.submitted_on)
    else:
        order = (arrival.confirmed_on, arrival.signed_on, arrival.submitted_on)
    on = next((day for day in order if day is not None), None)
    if on is None:
        raise NotAllowed("不知何日收到 (no day of arrival is given)", ARTICLE)
    unconfirmed = arrival.signed_on is None and arrival.confirmed_on is None
    return Receipt(
        on=on, cautious=unconfirmed and channel in (Channel.POST, Channel.FAX)
    )
