"""送达: what becomes of a letter after it was issued, of the reply and of every other one.

The shapes are the same for both; `service` reads them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from requests_app.domain.happening import Event, LetterEvent
from requests_app.domain.vocabulary import ServiceMethod


@dataclass(frozen=True, kw_only=True)
class ServiceEvent(Event, kind="", zh=""): ...


@dataclass(frozen=True, kw_only=True)
class SentOut(ServiceEvent, kind="", zh=""): ...


@dataclass(frozen=True, kw_only=True)
class CameBack(ServiceEvent, kind="", zh=""): ...


@dataclass(frozen=True, kw_only=True)
class Refused(ServiceEvent, kind="", zh=""):
    """`left`: left there before witnesses or pictures, and served by that (留置送达,
    民事诉讼法第八十九条; 第八十六条 until 2021)."""

    left: bool = False


@dataclass(frozen=True, kw_only=True)
class Announced(ServiceEvent, kind="", zh=""):
    """Served when `days` have passed since the announcement: not fewer than the law of its
    day has (`service.ANNOUNCEMENTS`)."""

    days: int

    @property
    def served_on(self) -> date:
        return self.on + timedelta(self.days)


@dataclass(frozen=True, kw_only=True)
class Delivered(ServiceEvent, kind="", zh=""): ...


# --- of the reply, which leaves by `Replied` ---
@dataclass(frozen=True, kw_only=True)
class ReplyEvent(LetterEvent, kind="", zh=""):
    mail_number: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplyPosted(ReplyEvent, SentOut, kind="reply_posted", zh="答复再次交邮"): ...


@dataclass(frozen=True, kw_only=True)
class ReplyReturned(ReplyEvent, CameBack, kind="reply_returned", zh="答复退回"): ...


@dataclass(frozen=True, kw_only=True)
class ReplyRefused(ReplyEvent, Refused, kind="reply_refused", zh="拒收答复"): ...


@dataclass(frozen=True, kw_only=True)
class ReplyAnnounced(Announced, kind="reply_announced", zh="公告送达"): ...


@dataclass(frozen=True, kw_only=True)
class ReplyDelivered(ReplyEvent, Delivered, kind="reply_delivered", zh="答复送达"): ...


# --- of every other letter ---
@dataclass(frozen=True, kw_only=True)
class OfLetter(ServiceEvent, kind="", zh=""):
    """Names a letter that was issued and issues none, so no `LetterEvent`. To whom it went,
    who signed, why it came back or has no mail number stands in the text beside the entry."""

    letter: int


@dataclass(frozen=True, kw_only=True)
class LetterMail(OfLetter, kind="", zh=""):
    mail_number: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterDispatched(LetterMail, SentOut, kind="", zh=""):
    service: ServiceMethod | str = ""


@dataclass(frozen=True, kw_only=True)
class LetterSent(LetterDispatched, kind="letter_sent", zh="文书发出"): ...


@dataclass(frozen=True, kw_only=True)
class LetterSentAgain(
    LetterDispatched, kind="letter_sent_again", zh="文书再次发出"
): ...


@dataclass(frozen=True, kw_only=True)
class LetterReturned(LetterMail, CameBack, kind="letter_returned", zh="文书退回"): ...


@dataclass(frozen=True, kw_only=True)
class LetterRefused(LetterMail, Refused, kind="letter_refused", zh="拒收文书"): ...


@dataclass(frozen=True, kw_only=True)
class LetterAnnounced(
    OfLetter, Announced, kind="letter_announced", zh="文书公告送达"
): ...


@dataclass(frozen=True, kw_only=True)
class LetterDelivered(
    LetterMail, Delivered, kind="letter_delivered", zh="文书送达"
): ...
