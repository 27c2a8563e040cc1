"""What the office itself forbids beside the law: consent, a head's reason, four eyes, a
letter that is not ready to go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from requests_app.domain.events import (
    Event,
    Extended,
    LetterEvent,
    Replied,
    ReplyEvent,
)
from requests_app.domain.letter_figures import differences
from requests_app.domain.letters import SHAPES, LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import term
from requests_app.models import Letter, LogEntry, Staff
from requests_app.services import approval, four_eyes, releases, sending


@dataclass(frozen=True, kw_only=True)
class HeadsReason:
    """Why the head of the office (机构负责人) allows what the law leaves to a decision."""

    given_by: object  # Staff
    text: str


def forbid(event: Event, by, entries: Sequence[LogEntry], today: date) -> None:
    """All of it, in the order in which an office would ask."""
    forbid_without_consent(event, by)
    four_eyes.forbid_own_review(event, by, entries, today)
    approval.forbid_unapproved(event, by, entries)
    releases.forbid_unreviewed(event, by, entries)
    forbid_unready_letter(event, entries)
    sending.forbid_unserviceable(event, entries)


def forbid_without_consent(event: Event, by) -> None:
    """第三十三条第二款: an extension needs the consent of the head of the office; the system
    itself, `by` None, records what others decided."""
    if not isinstance(event, Extended) or by is None:
        return
    if event.consented_by is not None:
        consented = Staff.objects.filter(pk=event.consented_by).first()
        if consented is not None and consented.is_office_head():
            return
        raise NotAllowed(
            "所填的同意人不是机构负责人 (who consented is no head of the office)",
            "第三十三条第二款",
        )
    if not by.is_office_head():
        raise NotAllowed(
            "延期须经政府信息公开工作机构负责人同意，请填写同意的负责人 "
            "(name the head who consented)",
            "第三十三条第二款",
        )


def forbid_unready_letter(event: Event, entries: Sequence[LogEntry]) -> None:
    """An act goes out by a letter of its kind that answers its request, issued, its stamped
    copy in and found clean or cleared."""
    if not isinstance(event, LetterEvent) or event.letter is None:
        return
    request_id = entries[0].disclosure_request_id
    issued = Letter.objects.answering(request_id).standing()
    letter = issued.filter(pk=event.letter).first()
    if letter is None or not belongs(letter, event):
        raise NotAllowed("所选文书不是本件此项的有效文书 (no such letter for this act)")
    if letter.served_version() is None:
        raise NotAllowed(
            f"{letter} 尚无检查合格的盖章件，不能送出 "
            "(its stamped copy is not in, or not cleared)"
        )
    if isinstance(event, Replied) and letter.outcome != event.outcome:
        raise NotAllowed("答复类别与文书不一致 (the letter says another outcome)")
    if told := differences(event, letter.decision):
        raise NotAllowed("；".join(told))


def belongs(letter: Letter, event: LetterEvent) -> bool:
    act = SHAPES[term(LetterKind, letter.kind)].act
    return act == (Replied.kind if isinstance(event, ReplyEvent) else event.kind)
