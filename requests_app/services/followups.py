"""After a lost case: the request is decided anew, and the duty closed; by the log alone.

A second decision is no second request (件): the reply that the tables count stays.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

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
from requests_app.domain.respondent import DISCLOSURE_ORDERED
from requests_app.domain.vocabulary import Outcome, term
from requests_app.models import Appeal, DisclosureRequest, LogEntry
from requests_app.models.language import heard, spoken
from requests_app.models.requests import in_legal_order
from requests_app.services import releases

#: what a second decision is reviewed by, before it is given
REVIEWS = (SubmittedForReview, ConfidentialityReviewed, SentBack, Reviewed)
#: what happens after a reply for a second decision alone
FOR_ANOTHER = frozenset({DecidedAnew, *REVIEWS})


def open_for(disclosure_request: DisclosureRequest | int):
    """The cases that order this request to be decided anew."""
    return Appeal.objects.ordered().filter(disclosure_request=disclosure_request)


def forbid_unordered(event: Event, entries: Sequence[LogEntry]) -> None:
    """A concluded request is decided anew where a decision orders it, once for each."""
    if isinstance(event, REVIEWS):
        forbid_idle_review(entries)
    if not isinstance(event, DecidedAnew):
        return
    request = entries[0].disclosure_request_id
    ordered = Appeal.objects.ordered().filter(disclosure_request=request)
    case = ordered.filter(pk=event.appeal).first()
    if case is None:
        raise NotAllowed(
            "没有责令重新答复而尚未履行的裁判 (no decision orders it, or it is done)",
            DISCLOSURE_ORDERED.article,
        )
    if event.on < case.decided_on:
        raise NotAllowed(
            f"早于裁判之日 {case.decided_on} (before the decision)",
            DISCLOSURE_ORDERED.article,
        )


def forbid_idle_review(entries: Sequence[LogEntry]) -> None:
    """What was replied to is reviewed again for a second decision alone."""
    concluded = any(isinstance(e, Replied) for e in in_legal_order(entries))
    if concluded and not open_for(entries[0].disclosure_request_id).exists():
        raise NotAllowed(
            "已答复；有责令重新答复的裁判的，才再送审和审查 "
            "(replied already: reviewed again only where a decision orders a new answer)",
            DISCLOSURE_ORDERED.article,
        )


def close(event: Event) -> None:
    if isinstance(event, DecidedAnew):
        Appeal.objects.filter(pk=event.appeal).update(
            performed_on=event.on, new_outcome=event.outcome
        )


def reopen(event: Event) -> None:
    """The entry was taken back."""
    if isinstance(event, DecidedAnew):
        Appeal.objects.filter(pk=event.appeal).update(performed_on=None, new_outcome="")


def second_decision(appeal: Appeal) -> tuple[date, str] | None:
    """A new answer typed with the case: of a concluded request it is told to the log,
    which then closes the duty."""
    request = appeal.disclosure_request
    if request is None or not request.replied_on or not appeal.new_outcome:
        return None
    before = Appeal.objects.filter(pk=appeal.pk).exclude(new_outcome="")
    return None if before else (appeal.performed_on, appeal.new_outcome)


def unreviewed(appeal: Appeal) -> Iterator[tuple[str, str]]:
    """A second decision that the log would refuse: the case is saved without it first."""
    anew = second_decision(appeal)
    if anew is None:
        return
    on, outcome = anew
    event = DecidedAnew(on=on, outcome=term(Outcome, outcome), appeal=appeal.pk or 0)
    entries = list(appeal.disclosure_request.entries.order_by("sequence"))
    try:
        releases.forbid_unreviewed_anew(event, entries, since=appeal.decided_on)
    except NotAllowed as error:
        yield (
            "new_outcome",
            _(
                "%(why)s先不填重新答复，保存本案；审核后在案卷中记录“重新答复”（%(article)s）。"
            )
            % {"why": heard(str(error)) + spoken("。", ". "), "article": error.article},
        )
