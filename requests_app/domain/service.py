"""The reply day (答复日) by how the reply was served: 国办公开办函〔2016〕235号."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.domain import events as happened
from requests_app.domain.clock import Finding
from requests_app.domain.events import Event
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ServiceMethod

ARTICLE = "国办公开办函〔2016〕235号"
#: served when it leaves us; every other way when the applicant signs
COUNTS_WHEN_SENT = frozenset({ServiceMethod.POSTAL, ServiceMethod.ELECTRONIC})
SIGNED_FOR = frozenset(ServiceMethod) - COUNTS_WHEN_SENT


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """One attempt to serve the reply. `sent_on`: posted, or left the system."""

    method: ServiceMethod
    sent_on: date | None = None
    signed_on: date | None = None

    @property
    def counts_on(self) -> date | None:
        """Posting for the postal enterprise (交邮之日), leaving the system for electronic
        service, signing for all else, another courier among them."""
        return self.sent_on if self.method in COUNTS_WHEN_SENT else self.signed_on


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """公告送达 by 民事诉讼法 as it stood, which a reply follows by analogy: served when so
    many days have passed."""

    in_force_from: date
    article: str
    days: int


ANNOUNCEMENTS = (
    Announcement(in_force_from=date(1991, 4, 9), article="第八十四条", days=60),
    Announcement(in_force_from=date(2013, 1, 1), article="第九十二条", days=60),
    Announcement(in_force_from=date(2022, 1, 1), article="第九十五条", days=30),
)


def announcement_on(on: date) -> Announcement:
    """By the law of the day on which it is announced."""
    return next(law for law in reversed(ANNOUNCEMENTS) if law.in_force_from <= on)


def reply_day(dispatches: Iterable[Dispatch]) -> date:
    """The first valid one, whatever comes back; NotAllowed while there is none."""
    days = [day for d in dispatches if (day := d.counts_on) is not None]
    if not days:
        raise NotAllowed(
            "尚未送达：邮寄以交邮之日、其他方式以申请人签收之日为答复日 "
            "(not served yet: posted, or signed for)",
            ARTICLE,
        )
    return min(days)


def delivered(log: Iterable[Event]) -> date | None:
    """送达日: the first day on which the applicant had the reply, or the law says so; the
    reply day of LAW 1.5 is another question."""
    days = [day for event in log if (day := served_on(event)) is not None]
    return min(days, default=None)


def served_on(event: Event) -> date | None:
    match event:
        case happened.ReplyDelivered():
            return event.on
        case happened.Replied(service=method) if method in SIGNED_FOR:
            return event.on  # its reply day is the day of signing
        case happened.ReplyRefused(left=True):
            return event.on
        case happened.ReplyAnnounced():
            return event.served_on
    return None


def irregular(method: ServiceMethod | str, on: date) -> tuple[Finding, ...]:
    """A courier other than the postal enterprise may not carry a reply."""
    if method != ServiceMethod.COURIER:
        return ()
    message = "答复应由邮政企业寄送，其他快递以签收之日为答复日 (no postal enterprise: the day it was signed for)"
    return (
        Finding(rule="courier_not_postal", on=on, message=message, article=ARTICLE),
    )
