"""送达 of every letter but the reply's: what can have happened to it, and the one thing that
its delivery does to the clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.sending import OfLetter
from requests_app.domain.service import Service, after, announcement_on

ARTICLE = "第四十五条"


def services(log: Iterable[Event]) -> Mapping[int, Service]:
    """Each letter's, by its id. NotAllowed for what cannot have happened: sent twice (the
    second time is another event), served or come back before it was sent, come back more
    often than sent, anything once it was served."""
    now: dict[int, Service] = {}
    for event in log:
        if isinstance(event, OfLetter):
            before = now.get(event.letter, Service())
            forbid_impossible(before, event)
            now[event.letter] = after(before, event)
    return now


def forbid_impossible(now: Service, event: OfLetter) -> None:
    if now.is_served(event.on):
        raise NotAllowed(
            f"该文书已于 {now.served_on} 送达；记录有误的，请先作废送达记录 "
            f"(served on {now.served_on}: void that entry first if it is wrong)",
            ARTICLE,
        )
    if isinstance(event, happened.LetterSent) and now.sendings:
        raise NotAllowed(
            "该文书已经发出；再次送出的，请记“文书再次发出” "
            "(sent before: record it as sent again)",
            ARTICLE,
        )
    if not now.sendings and not isinstance(event, MAY_COME_FIRST):
        raise NotAllowed(
            "该文书尚未发出，请先记“文书发出” (not sent yet: record that first)",
            ARTICLE,
        )
    if isinstance(event, happened.LetterReturned) and now.returns == now.sendings:
        raise NotAllowed(
            "该文书已经退回，没有在途的邮件；再次送出的，请先记“文书再次发出” "
            "(nothing of it is on the way: record it as sent again first)",
            ARTICLE,
        )


#: who cannot be found at all is told by announcement, with nothing sent (民事诉讼法第九十五条)
MAY_COME_FIRST = (happened.LetterSent, happened.LetterAnnounced)


def may_happen(
    kind: type[OfLetter], letter: int, on: date, letters: Mapping[int, Service]
) -> bool:
    try:
        now = letters.get(letter, Service())
        forbid_impossible(now, rehearsal(kind, letter, on))
    except NotAllowed:
        return False
    return True


def rehearsal(kind: type[OfLetter], letter: int, on: date) -> OfLetter:
    """The act in its mildest form."""
    if issubclass(kind, happened.LetterAnnounced):
        return kind(on=on, letter=letter, days=announcement_on(on).days)
    return kind(on=on, letter=letter)


def as_counted(log: Sequence[Event]) -> Iterable[Event]:
    """The log with the delivery of a consultation's letter told as that of the
    consultation too: its 15 working days run from then (第三十二条、第三十四条)."""
    came = {
        e.letter: e.on for e in reversed(log) if isinstance(e, happened.LetterDelivered)
    }
    return with_deliveries(log, came) if came else log


def with_deliveries(log: Sequence[Event], came: Mapping[int, date]) -> Iterator[Event]:
    for place, event in enumerate(log):
        yield event
        if isinstance(event, happened.OpinionSought) and event.letter:
            yield from delivery(event, came.get(event.letter), log[place + 1 :])


def delivery(
    sought: happened.OpinionSought, on: date | None, later: Sequence[Event]
) -> Iterator[happened.OpinionDelivered]:
    """While the consultation is open; an entry that tells of it itself comes first."""
    own = (
        e
        for e in later
        if isinstance(e, happened.OpinionDelivered | happened.OpinionReceived)
        and e.consultation == sought.consultation
    )
    told = next(own, None)
    if on is None or on < sought.on or isinstance(told, happened.OpinionDelivered):
        return
    if told is None or on <= told.on:
        yield happened.OpinionDelivered(on=on, consultation=sought.consultation)
