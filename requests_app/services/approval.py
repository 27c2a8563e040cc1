"""审核 binds (第四十五条): what was submitted is reviewed, and what was approved goes out.

What the system records by itself, `by` None, was decided elsewhere and is not asked.
"""

from collections.abc import Sequence

from requests_app.domain.desk import desk
from requests_app.domain.events import Event, Replied, Reviewed, SubmittedForReview
from requests_app.domain.letters import KIND_OF
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome
from requests_app.models import DisclosureRequest, Letter, LogEntry
from requests_app.models.requests import in_legal_order
from requests_app.services.offers import WITHOUT_LETTER

ARTICLE = "第四十五条"


def proposed(found: DisclosureRequest, outcome: Outcome) -> Letter | None:
    """The letter of that outcome as it stands: what is submitted with it."""
    kind = KIND_OF.get(outcome)
    if kind is None:
        return None
    same = Letter.objects.answering(found).filter(kind=kind, outcome=outcome)
    return same.filter(voided_at=None).order_by("pk").last()


def forbid_unapproved(event: Event, by, entries: Sequence[LogEntry]) -> None:
    if by is None:
        return
    if isinstance(event, SubmittedForReview):
        forbid_foreign_draft(event, entries)
    if isinstance(event, Reviewed):
        forbid_unsubmitted(entries)
    if isinstance(event, Replied) and event.outcome not in WITHOUT_LETTER:
        forbid_unreviewed_reply(entries)
        forbid_other_reply(event, entries)


def forbid_foreign_draft(
    event: SubmittedForReview, entries: Sequence[LogEntry]
) -> None:
    mine = Letter.objects.answering(entries[0].disclosure_request_id)
    if event.draft and not mine.filter(pk=event.draft).exists():
        raise NotAllowed(
            "所送审的文书不答复本件 (the letter submitted does not answer this request)",
            ARTICLE,
        )


def forbid_unsubmitted(entries: Sequence[LogEntry]) -> None:
    now = desk(in_legal_order(entries))
    if now.submitted_on is None:
        raise NotAllowed(
            "尚未送审，请承办人先送审 (nothing is submitted: submit it first)", ARTICLE
        )
    if now.proposed and now.proposed.draft and not is_as_submitted(now.proposed):
        raise NotAllowed(
            "送审后文书已改动，请退回承办人重新送审 "
            "(the letter was changed since: send it back to be submitted again)",
            ARTICLE,
        )


def is_as_submitted(submitted: SubmittedForReview) -> bool:
    same = Letter.objects.filter(pk=submitted.draft, revision=submitted.revision)
    return same.filter(voided_at=None).exists()


def forbid_unreviewed_reply(entries: Sequence[LogEntry]) -> None:
    if not desk(in_legal_order(entries)).reviewed:
        raise NotAllowed(
            "答复须先审核：请承办人送审，由他人审核后再答复 "
            "(a reply is reviewed first: submit it, and have another review it)",
            ARTICLE,
        )


def forbid_other_reply(event: Replied, entries: Sequence[LogEntry]) -> None:
    approved = desk(in_legal_order(entries)).approved
    if approved is None or not approved.outcome:
        return
    if event.outcome != approved.outcome:
        raise NotAllowed(
            f"审核通过的是“{Outcome(approved.outcome).zh}”，作其他答复请重新送审 "
            "(another outcome was approved: submit it again)",
            ARTICLE,
        )
    if event.letter and approved.draft and event.letter != approved.draft:
        raise NotAllowed(
            "此文书不是审核通过的那一份，请重新送审 "
            "(this is not the letter that was approved: submit it again)",
            ARTICLE,
        )


def forbid_changed(letter: Letter, found: DisclosureRequest) -> None:
    """A reply is issued in the words that were approved; a review that names no outcome is
    of the older kind, and binds none."""
    approved = desk(found.log()).approved
    if approved is None or not approved.outcome:
        return
    if (letter.pk, letter.revision) != (approved.draft, approved.revision):
        raise NotAllowed(
            f"此稿不是审核通过的文稿（审核后有改动或另拟），请重新送审：{found.number} "
            "(not the text that was approved: submit it again)",
            ARTICLE,
        )
