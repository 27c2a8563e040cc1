"""What portal and applicant may know of what is awaited of the applicant, and the notices
that told of it: the applicant's own letters, stamped, and no other's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from requests_app.dependencies import Dependencies
from requests_app.domain import awaited as law
from requests_app.domain.awaited import Awaited
from requests_app.domain.letters import SHAPES, Addressee, LetterKind
from requests_app.domain.vocabulary import term
from requests_app.models import DisclosureRequest, Letter
from requests_app.services.status import Paper, neutral

TO_THE_APPLICANT = frozenset(
    kind for kind, shape in SHAPES.items() if shape.to is Addressee.APPLICANT
)


@dataclass(frozen=True, kw_only=True)
class Awaiting:
    awaited: Awaited
    papers: list[Paper]


def awaiting(made: DisclosureRequest, *, deps: Dependencies) -> list[Awaiting]:
    if made.replied_on or made.voided_on:
        return []
    letters = {letter.pk: letter for letter in notices(made)}
    if not (letters or made.waiting_for or made.provisional):
        return []
    log = list(made.log())
    found = [*law.awaited(log, deps.calendar), *reasons(log, letters.values())]
    return [
        Awaiting(awaited=one, papers=papers(letters.get(one.letter or 0)))
        for one in found
    ]


def notices(made: DisclosureRequest) -> Iterable[Letter]:
    sent = made.letters.standing().filter(kind__in=sorted(TO_THE_APPLICANT))
    return sent.prefetch_related("files")


def reasons(log: list, letters: Iterable[Letter]) -> Iterator[Awaited]:
    """No event of the log tells of that notice: it is out when its stamped copy is."""
    out = [
        letter
        for letter in letters
        if letter.kind == LetterKind.REASONS_NOTICE and letter.served_version()
    ]
    for letter in out[-1:]:
        found = law.reason(letter.dated_on, log, letter.pk)
        if found:
            yield found


def papers(letter: Letter | None) -> list[Paper]:
    copy = letter and letter.served_version()
    if letter is None or not copy:
        return []
    return [neutral(copy, term(LetterKind, letter.kind).zh, 1)]
