"""送达 of letters that are no reply: which may be served now, and what binds their record.

A reply leaves by its own entry (答复办结) and has its own acts of service.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from requests_app.domain.events import KINDS, Event, OfLetter, Replied, ServiceEvent
from requests_app.domain.letter_service import may_happen
from requests_app.domain.letters import SHAPES
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.service import Service
from requests_app.models import DisclosureRequest, Letter, LogEntry

ARTICLE = "第四十五条"
NO_REPLIES = frozenset(kind for kind, shape in SHAPES.items() if not shape.outcomes)

#: the entries that tell how a letter went out, came back and was taken
SERVICE = frozenset({Replied.kind}) | {
    kind for kind, event in KINDS.items() if issubclass(event, ServiceEvent)
}


def serviceable(letters: Iterable[Letter]) -> list[Letter]:
    """Issued with their number, their stamped copy in and found clean or cleared."""
    return [
        letter
        for letter in letters
        if letter.kind in NO_REPLIES
        and not letter.is_draft
        and letter.voided_at is None
        and letter.served_version() is not None
    ]


def letters_of(found: DisclosureRequest) -> list[Letter]:
    return list(found.letters.prefetch_related("files"))


def open_to(
    kind: type[OfLetter],
    letters: Iterable[Letter],
    services: Mapping[int, Service],
    on: date,
) -> list[Letter]:
    """Those of which that act may be told on that day."""
    return [
        letter
        for letter in serviceable(letters)
        if may_happen(kind, letter.pk, on, services)
    ]


def forbid_unserviceable(event: Event, entries: Sequence[LogEntry]) -> None:
    if not isinstance(event, OfLetter):
        return
    request_id = entries[0].disclosure_request_id
    own = Letter.objects.filter(disclosure_request=request_id, pk=event.letter)
    letter = own.prefetch_related("files").first()
    if letter is None or letter.is_draft or letter.voided_at:
        raise NotAllowed(
            "所选文书不是本件已签发的有效文书 (no such letter of this request is issued)",
            ARTICLE,
        )
    if letter.kind not in NO_REPLIES:
        raise NotAllowed(
            "答复的送达请用答复的各项送达记录 (a reply has its own record of service)",
            ARTICLE,
        )
    if letter.served_version() is None:
        raise NotAllowed(
            f"{letter} 尚无检查合格的盖章件，不能送出 "
            "(its stamped copy is not in, or not cleared)",
            ARTICLE,
        )
