"""After a lost case: the request is decided anew, and the duty closed; by the log alone.

A second decision is no second request (件): the reply that the tables count stays.
"""

from collections.abc import Sequence

from requests_app.domain.events import DecidedAnew, Event
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.respondent import DISCLOSURE_ORDERED
from requests_app.models import Appeal, DisclosureRequest, LogEntry


def open_for(disclosure_request: DisclosureRequest):
    """The cases that order this request to be decided anew."""
    return Appeal.objects.ordered().filter(disclosure_request=disclosure_request)


def forbid_unordered(event: Event, entries: Sequence[LogEntry]) -> None:
    """A concluded request is decided anew where a decision orders it, once for each."""
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


def close(event: Event) -> None:
    if isinstance(event, DecidedAnew):
        Appeal.objects.filter(pk=event.appeal).update(
            performed_on=event.on, new_outcome=event.outcome
        )


def reopen(event: Event) -> None:
    """The entry was taken back."""
    if isinstance(event, DecidedAnew):
        Appeal.objects.filter(pk=event.appeal).update(performed_on=None, new_outcome="")
