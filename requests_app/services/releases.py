"""What hands information out is reviewed for secrets first (第十七条), and what is given after
a lost case is reviewed anew: what was reviewed before the decision was another answer.

What the system records by itself, `by` None, was decided elsewhere and is not asked.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from requests_app.domain.desk import desk
from requests_app.domain.events import (
    ConfidentialityReviewed,
    DecidedAnew,
    Event,
    Replied,
    Reviewed,
    SentBack,
    SubmittedForReview,
)
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import ConfidentialityConclusion, Outcome
from requests_app.models import Appeal, LogEntry
from requests_app.models.requests import in_legal_order

RELEASES = frozenset({Outcome.GRANTED, Outcome.PARTLY_GRANTED})
#: conclusions of the review that let it out; older entries name none
LETS = frozenset({"", ConfidentialityConclusion.PUBLISH})
ARTICLE = "第十七条"


def forbid_unreviewed(event: Event, by, entries: Sequence[LogEntry]) -> None:
    if by is None:
        return
    if isinstance(event, Replied) and event.outcome in RELEASES:
        forbid_unlooked_at(in_legal_order(entries))
    if isinstance(event, DecidedAnew):
        case = Appeal.objects.filter(pk=event.appeal, decided_on__isnull=False).first()
        if case is not None:
            forbid_unreviewed_anew(event, entries, since=case.decided_on)


def forbid_unreviewed_anew(
    event: DecidedAnew, entries: Sequence[LogEntry], *, since: date
) -> None:
    """`since`: the day of the decision that orders it."""
    if event.outcome not in RELEASES:
        return
    log = list(in_legal_order(entries))
    anew = [e for e in log if since <= e.on <= event.on]
    steps = [e for e in anew if isinstance(e, SubmittedForReview | SentBack | Reviewed)]
    if not steps or not isinstance(steps[-1], Reviewed):
        raise NotAllowed(
            "重新答复予以公开的，须就此重新审核：请承办人送审，由他人审核后再记录 "
            "(what is given anew is reviewed anew: submit it, and have another review it)",
            "第四十五条",
        )
    approved = desk(log).approved
    if approved and approved.outcome and approved.outcome != event.outcome:
        raise NotAllowed(
            f"审核通过的是“{Outcome(approved.outcome).zh}”，作其他答复请重新送审 "
            "(another outcome was approved: submit it again)",
            "第四十五条",
        )
    forbid_unlooked_at(anew)


def forbid_unlooked_at(log: Iterable[Event]) -> None:
    told = [e.conclusion for e in log if isinstance(e, ConfidentialityReviewed)]
    if not told:
        raise NotAllowed(
            "尚未保密审查，不能公开；请保密审查员先记录“保密审查” "
            "(have the confidentiality review recorded first)",
            ARTICLE,
        )
    if told[-1] not in LETS:
        raise NotAllowed(
            "最近一次保密审查的结论不是可以公开；请改作其他答复，或待主管部门确定后再记录“保密审查” "
            "(the last review does not let it out: reply otherwise, or record the review anew once decided)",
            ARTICLE,
        )
