"""未附文书: acts that go out with a letter (LAW 5.2) and were recorded without one.

Nothing is forbidden for it: an office may write elsewhere, and a letter may follow its act.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from requests_app.domain.events import (
    KINDS,
    Event,
    LetterEvent,
    OpinionSought,
    Replied,
    ReplyEvent,
)
from requests_app.domain.letters import KIND_OF, LetterKind, kinds_of
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Attachment, DisclosureRequest, Letter, LogEntry
from requests_app.models.log import voided_in
from requests_app.services.offers import WITHOUT_LETTER

#: a paper in the file that says by its kind that the letter was written elsewhere
ON_PAPER = {
    Replied.kind: Attachment.Kind.REPLY,
    OpinionSought.kind: Attachment.Kind.OPINION,
}


@dataclass(frozen=True, kw_only=True)
class Letterless:
    """`draft`: the letter that was begun for it and is not issued yet."""

    entry: LogEntry
    kind: LetterKind
    outcome: Outcome | None
    draft: Letter | None


def letterless(
    found: DisclosureRequest,
    entries: Sequence[LogEntry],
    letters: Iterable[Letter] | None = None,
) -> list[Letterless]:
    """In the order of the log; a letter that no entry names stands for one act of its kind.
    `letters`: those of the request, where they are in hand."""
    voided = voided_in(entries)
    standing = [e for e in entries if e.sequence not in voided]
    named = {e.details["letter"] for e in standing if goes_out_by_one(e)}
    if letters is None:
        letters = Letter.objects.answering(found)
    unnamed = [
        letter
        for letter in letters
        if letter.pk not in named and letter.voided_at is None
    ]
    return list(missing(found, bare(standing), unnamed))


def goes_out_by_one(entry: LogEntry) -> bool:
    """The act of a letter, not what became of the letter since."""
    return "letter" in entry.details and issubclass(KINDS[entry.kind], LetterEvent)


def bare(entries: Sequence[LogEntry]) -> Iterator[tuple[LogEntry, Event]]:
    """What came in with its receipt, in one import, happened before the office wrote its
    letters here."""
    for entry in entries:
        if "letter" in entry.details or entry.recorded_at == entries[0].recorded_at:
            continue
        event = entry.event()
        if isinstance(event, Replied) and event.outcome in WITHOUT_LETTER:
            continue
        if isinstance(event, LetterEvent) and not isinstance(event, ReplyEvent):
            yield entry, event


def missing(
    found: DisclosureRequest,
    acts: Iterator[tuple[LogEntry, Event]],
    unnamed: list[Letter],
) -> Iterator[Letterless]:
    papers = {paper.kind for paper in found.attachments.standing()}
    for entry, event in acts:
        outcome = event.outcome if isinstance(event, Replied) else None
        fits = [one for one in unnamed if fitting(one, entry.kind, outcome)]
        one = min(fits, key=lambda letter: letter.is_draft, default=None)
        if one is not None:
            unnamed.remove(one)
        on_paper = ON_PAPER.get(entry.kind) in papers
        if (one is None or one.is_draft) and not on_paper:
            kind = KIND_OF[outcome] if outcome else kinds_of(entry.kind)[0]
            yield Letterless(entry=entry, kind=kind, outcome=outcome, draft=one)


def fitting(letter: Letter, act: str, outcome: Outcome | None) -> bool:
    return letter.kind in kinds_of(act) and letter.outcome == (outcome or "")
