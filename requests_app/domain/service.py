"""The reply day (答复日) by how the reply was served: 国办公开办函〔2016〕235号; and how far a
letter has come to its reader (送达)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from requests_app.domain import events as happened
from requests_app.domain.clock import Finding
from requests_app.domain.events import Event
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.sending import (
    Announced,
    CameBack,
    Delivered,
    OfLetter,
    Refused,
    SentOut,
    ServiceEvent,
)
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


#: what tells of the service of a reply or of any other letter
SERVING = (ServiceEvent, happened.Replied, happened.DecidedAnew)


def delivered(log: Iterable[Event]) -> date | None:
    """送达日: the first day on which the applicant had the reply, or the law says so; the
    reply day of LAW 1.5 is another question."""
    own = (event for event in log if not isinstance(event, OfLetter))
    days = [day for event in own if (day := served_on(event)) is not None]
    return min(days, default=None)


def served_on(event: Event) -> date | None:
    match event:
        case Delivered():
            return event.on
        case happened.Replied(service=method) if method in SIGNED_FOR:
            return event.on  # its reply day is the day of signing
        case Refused(left=True):
            return event.on
        case Announced():
            return event.served_on
    return None


@dataclass(frozen=True, kw_only=True)
class Service:
    """How far one letter has come. `back_on`: since when, returned or refused, it waits to
    be served again; `served_on` of an announcement is a day to come until its days have
    passed."""

    sendings: int = 0
    returns: int = 0
    back_on: date | None = None
    served_on: date | None = None

    def is_served(self, on: date) -> bool:
        return self.served_on is not None and self.served_on <= on


def after(now: Service, event: Event) -> Service:
    served = served_on(event)
    if served is not None:
        return replace(
            now, back_on=None, served_on=min(served, now.served_on or served)
        )
    match event:
        case SentOut():
            return replace(now, back_on=None, sendings=now.sendings + 1)
        case CameBack():
            return replace(came_back(now, event.on), returns=now.returns + 1)
        case Refused():
            return came_back(now, event.on)
    return now


def came_back(now: Service, on: date) -> Service:
    """While an announcement runs, nothing waits to be served again."""
    return replace(now, back_on=now.back_on or on) if now.served_on is None else now


def of_the_reply(log: Iterable[Event]) -> tuple[Service, tuple[Finding, ...]]:
    """The reply's service, and what was told of it once it was served. A second decision
    (法释〔2025〕8号第十一条) is served anew."""
    now = Service()
    findings: tuple[Finding, ...] = ()
    for event in log:
        match event:
            case OfLetter():
                continue
            case happened.Replied():
                now = after(Service(sendings=1), event)
            case happened.DecidedAnew():
                now = Service(sendings=1)
            case ServiceEvent() if now.is_served(event.on):
                findings += (already_served(event, now.served_on),)
            case ServiceEvent():
                now = after(now, event)
    return now, findings


def already_served(event: Event, served_on: date | None) -> Finding:
    return Finding(
        rule="already_served",
        on=event.on,
        message=f"答复已于 {served_on} 送达，不再{event.zh} (served on {served_on}: no {event.en})",
        article=ARTICLE,
    )


def irregular(method: ServiceMethod | str, on: date) -> tuple[Finding, ...]:
    """A courier other than the postal enterprise may not carry a reply."""
    if method != ServiceMethod.COURIER:
        return ()
    message = "答复应由邮政企业寄送，其他快递以签收之日为答复日 (no postal enterprise: the day it was signed for)"
    return (
        Finding(rule="courier_not_postal", on=on, message=message, article=ARTICLE),
    )
