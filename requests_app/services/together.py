"""并案答复: one letter that answers several requests of one applicant (法释〔2025〕8号第十四条
第（三）项).

Each stays a 件 of its own (一申请一件): with its log, its review, its reply and its due day;
the letter names them all.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from requests_app.domain.events import Event
from requests_app.domain.letters import SHAPES, LetterKind
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import term
from requests_app.models import DisclosureRequest, Letter
from requests_app.services import letter_words, letters, recording
from requests_app.services.duplicates import of_applicant

ARTICLE = "法释〔2025〕8号第十四条"


def candidates(letter: Letter) -> QuerySet[DisclosureRequest]:
    """Open requests of the same applicant to the same agency: a letter goes to one person.

    Whoever bears the same name with another identity number is another person.
    """
    own = letter.disclosure_request
    applicant = own.applicant
    if applicant is None or not answers(letter):
        return DisclosureRequest.objects.none()
    same = of_applicant(applicant.name, applicant.id_number) | Q(applicant=applicant)
    asked = DisclosureRequest.objects.open().filter(same, agency=letter.agency_id)
    if applicant.id_index:
        asked = asked.filter(applicant__id_index__in=["", applicant.id_index])
    found = asked.exclude(pk=own.pk).select_related("wording", "applicant", "agency")
    return found.order_by("received_on", "pk")


def answers(letter: Letter) -> bool:
    """A reply; a notice on the way is about one request and its clock."""
    return bool(SHAPES[term(LetterKind, letter.kind)].outcomes)


@transaction.atomic
def answer(letter: Letter, others: Iterable[int], *, seen: int) -> Letter:
    """From now on the draft answers its own request and `others`, by id; its facts name
    each. Raises NotAllowed for one that it may not answer, and ChangedMeanwhile."""
    locked = letters.locked_draft(letter, seen)
    wanted = set(others)
    allowed = {one.pk: one for one in candidates(locked).filter(pk__in=wanted)}
    if wanted - set(allowed):
        raise NotAllowed(
            "只能并案答复同一申请人向同一机关提出、尚未答复的申请 "
            "(only open requests of the same applicant to the same agency)",
            ARTICLE,
        )
    before = {one.pk: one for one in locked.also.all()}
    gone = [one for pk, one in before.items() if pk not in wanted]
    come = [one for pk, one in allowed.items() if pk not in before]
    locked.facts = told_anew(locked, gone, come)
    locked.also.set(allowed.values())
    locked.revision += 1
    locked.save()
    return locked


def told_anew(
    letter: Letter,
    gone: Sequence[DisclosureRequest],
    come: Sequence[DisclosureRequest],
) -> str:
    """The facts of each on a line of its own; what a person wrote beside them stays."""
    kind = term(LetterKind, letter.kind)
    out = {letter_words.first_facts(one, kind) for one in gone}
    kept = [line for line in letter.facts.splitlines() if line.strip() not in out]
    return "\n".join([*kept, *(letter_words.first_facts(one, kind) for one in come)])


def beside(found: DisclosureRequest) -> list[DisclosureRequest]:
    """The open requests that a letter answers together with this one."""
    shared = Letter.objects.answering(found).filter(voided_at=None)
    pks = {one.pk for letter in shared for one in letter.answered()} - {found.pk}
    open_ = DisclosureRequest.objects.open().filter(pk__in=pks)
    return list(open_.order_by("pk"))


@transaction.atomic
def record_each(
    found: DisclosureRequest,
    others: Iterable[DisclosureRequest],
    event: Event,
    *,
    seen: int,
    **told: Any,
) -> None:
    """The same act in each, or in none; `told` is what `recording.record` takes. Locked in
    one order, whichever of them the form was opened on."""
    for one in sorted([found, *others], key=lambda request: request.pk):
        with named(one):
            recording.record(one, event, seen=seen if one == found else None, **told)


@contextmanager
def named(found: DisclosureRequest) -> Iterator[None]:
    """A refusal says of which request."""
    try:
        yield
    except recording.RecordedMeanwhile:
        raise
    except NotAllowed as error:
        raise NotAllowed(f"{found.number}：{error.message}", error.article) from error
