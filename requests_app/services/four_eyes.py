"""Four eyes (第四十五条 审核): who has had a hand in a request does not review it, whatever
their rights; nor in whose stead it was done, nor who stands in for one of them."""

from collections.abc import Sequence
from datetime import date

from requests_app.domain.desk import desk
from requests_app.domain.events import (
    Event,
    Received,
    Registered,
    Reviewed,
    Searched,
    StepDecided,
    SubmittedForReview,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Letter, LogEntry, Staff
from requests_app.models.requests import in_legal_order
from requests_app.services import absences, offers

#: who did any of these has had a hand in what is reviewed
HANDS_IN = (Received, Registered, Searched, StepDecided, SubmittedForReview)
ARTICLE = "第四十五条"
NAMED = 5  # of those who may review it, where there are more


def forbid_own_review(
    event: Event, by, entries: Sequence[LogEntry], today: date
) -> None:
    if not isinstance(event, Reviewed) or by is None:
        return
    theirs = hands_in(entries)
    if by.pk in theirs:
        why = (
            "登记人、承办人、检索人、拟稿人、改稿人和送审人不得审核本人承办的申请",
            "who registered, handled, searched, drafted, revised or submitted it does "
            "not review it",
        )
    elif absences.standing_in_for(by, today).filter(absent__in=theirs).exists():
        why = (
            "代承办人、送审人办理期间不得审核其申请",
            "nor who stands in for the handler",
        )
    else:
        return
    zh, en = whoever_may(entries, theirs, today)
    raise NotAllowed(f"{why[0]}，{zh} ({why[1]}: {en})", ARTICLE)


def hands_in(entries: Sequence[LogEntry]) -> set[int]:
    kinds = {kind.kind for kind in HANDS_IN}
    done = [e for e in entries if e.kind in kinds]
    theirs = {e.recorded_by_id for e in done} | {e.acting_for_id for e in done}
    theirs.add(desk(in_legal_order(entries)).handler)
    drafts = Letter.objects.answering(entries[0].disclosure_request_id)
    for written in drafts.values_list("made_by", "revised_by"):
        theirs.update(written)
    return theirs - {None}


def whoever_may(
    entries: Sequence[LogEntry], theirs: set[int], today: date
) -> tuple[str, str]:
    """Those of the agency who may review it, by name, in both languages."""
    agency = entries[0].disclosure_request.agency_id
    reviewers = Staff.objects.filter(
        agency=agency, is_active=True, groups__name__in=offers.ROLES[Reviewed]
    )
    others = reviewers.exclude(pk__in=theirs).distinct().order_by("pk")
    free = [
        str(one)
        for one in others
        if not absences.standing_in_for(one, today).filter(absent__in=theirs).exists()
    ]
    if not free:
        return (
            "请由他人审核；本机关没有未经手此件的审核人，请管理员另授审核权限",
            "nobody else here may; have somebody else given the right to review",
        )
    told = free[:NAMED]
    return f"请由他人审核：{'、'.join(told)}", f"ask {', '.join(told)}"
