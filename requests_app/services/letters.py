"""文书: drafted, issued with its own number, its stamped copy checked and taken in, voided.

A draft is edited freely; what is issued stands: its file is kept under its SHA-256, and
the number of a voided letter is not given again.
"""

import hashlib
import io
from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain.events import Event, LetterEvent, Replied, ReplyEvent
from requests_app.domain.letters import SHAPES, LetterKind, kinds_of, unfilled
from requests_app.domain.lifecycle import Stage
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.templates import BY_KEY
from requests_app.domain.vocabulary import Outcome, term
from requests_app.models import (
    DisclosureRequest,
    Letter,
    LetterNumbering,
    LetterTemplate,
    LogEntry,
    Staff,
)
from requests_app.models.log import voided_in
from requests_app.services import approval, attachments, letter_words, offers
from requests_app.services.papers import ENDINGS, OFFICE

DOCX = OFFICE + "wordprocessingml.document"
MAKERS = frozenset({"intake_clerk", "handler", "office_head"})
REVIEWED = frozenset({Stage.REVIEWED, Stage.REPLIED, Stage.ARCHIVED})


class NoNumbering(NotAllowed):
    def __init__(self, agency: str) -> None:
        super().__init__(
            f"{agency}的机关代字尚未填写，不能编排发文字号 "
            "(enter the agency's word for its letters first)",
        )


class ChangedMeanwhile(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "此文书已由他人改动或签发，请打开最新的一份 (somebody changed or issued it: open it anew)"
        )


def makes(user: Staff, found: DisclosureRequest) -> bool:
    may = user.is_superuser or not MAKERS.isdisjoint(user.roles)
    return may and offers.acts_here(user, found)


def draft(
    found: DisclosureRequest,
    *,
    kind: LetterKind,
    outcome: Outcome | None,
    by: Staff,
    deps: Dependencies,
) -> Letter:
    """With the words that law and request give it; the rest is a person's."""
    entries = list(found.entries.select_related("reason").order_by("sequence"))
    to_applicant = SHAPES[kind].to == "applicant" and found.applicant is not None
    return Letter.objects.create(
        disclosure_request=found,
        agency=found.agency,
        kind=kind,
        outcome=outcome or "",
        dated_on=deps.clock.today(),
        addressee=found.applicant.name if to_applicant else "",
        facts=letter_words.first_facts(found, kind),
        decision=letter_words.first_decision(found, kind, outcome, entries, deps),
        made_by=by,
        made_at=deps.clock.now(),
    )


@transaction.atomic
def revise(
    letter: Letter,
    *,
    by: Staff,
    seen: int,
    dated_on: date,
    addressee: str,
    facts: str,
    decision: str,
) -> Letter:
    locked = locked_draft(letter, seen)
    locked.dated_on, locked.addressee = dated_on, addressee
    locked.facts, locked.decision = facts, decision
    locked.revision += 1
    locked.save()
    locked.revised_by.add(by)
    return locked


@transaction.atomic
def discard(letter: Letter, *, seen: int) -> None:
    locked_draft(letter, seen).delete()


def locked_draft(letter: Letter, seen: int) -> Letter:
    locked = Letter.objects.select_for_update().filter(pk=letter.pk).first()
    if locked is None or not locked.is_draft or locked.revision != seen:
        raise ChangedMeanwhile
    return locked


def printed(letter: Letter, deps: Dependencies, number: str = "") -> bytes:
    """The DOCX as it would be issued now."""
    template = template_of(letter)
    told = letter_words.fields(letter, number or letter_words.UNNUMBERED)
    return deps.letters.write(source(template, letter.kind, deps), told)


def paper(letter: Letter, deps: Dependencies) -> bytes | None:
    """A PDF to be printed and stamped, of the very words of the DOCX; None for the
    office's own template, whose look is its own. Raises Unprintable."""
    if template_of(letter) is not None:
        return None
    content = printed(letter, deps) if letter.is_draft else kept(letter.stored)
    banner = letter.agency.banner
    lines = [line for line in deps.letters.read(content) if line != banner]
    agency, title, number, addressee, *body = lines
    told = {
        "banner": banner,
        "agency": agency,
        "title": title,
        "number": number,
        "addressee": addressee,
        "body": body[:-3],
        "signed": body[-3:],
    }
    return deps.paper.print("letter", told)


def template_of(letter: Letter) -> LetterTemplate | None:
    if not letter.is_draft:
        return letter.template
    return LetterTemplate.objects.in_use(letter.agency, letter.kind)


def source(template: LetterTemplate | None, kind: str, deps: Dependencies) -> bytes:
    if template is None:
        return deps.letters.shipped(BY_KEY[kind])
    return kept(template.stored)


def kept(stored: str) -> bytes:
    with default_storage.open(stored) as file:
        return file.read()


@transaction.atomic
def issue(letter: Letter, *, seen: int, by: Staff, deps: Dependencies) -> Letter:
    """Its number is of the year of its date, taken last, so that a refusal takes none. The
    same click twice issues once."""
    done = Letter.objects.filter(pk=letter.pk, issued_at__isnull=False, revision=seen)
    if (already := done.first()) is not None:
        return already
    locked = locked_draft(letter, seen)
    forbid_unfinished(locked, deps)
    numbering = LetterNumbering.objects.filter(agency=locked.agency).first()
    if numbering is None:
        raise NoNumbering(locked.agency.name)
    locked.template = LetterTemplate.objects.in_use(locked.agency, locked.kind)
    forbid_leaks(printed(locked, deps), deps)
    locked.number = next_number(locked, numbering, deps)
    content = printed(locked, deps, locked.number)
    locked.sha256 = hashlib.sha256(content).hexdigest()
    locked.stored = attachments.store(io.BytesIO(content), locked.sha256)
    locked.issued_by, locked.issued_at = by, deps.clock.now()
    locked.save()
    return locked


def next_number(letter: Letter, numbering: LetterNumbering, deps: Dependencies) -> str:
    sort = SHAPES[term(LetterKind, letter.kind)].sort
    year = letter.dated_on.year
    (serial,) = deps.numbers.next(letter.agency_id, year, f"letter-{sort}")
    return numbering.pattern.format(
        word=numbering.word, sort=sort.zh, year=year, serial=serial
    )


def forbid_unfinished(letter: Letter, deps: Dependencies) -> None:
    if letter.dated_on > deps.clock.today():
        raise NotAllowed("成文日期在今天之后 (dated after today)")
    if not letter.addressee.strip():
        raise NotAllowed("请填写收件人 (name the addressee)")
    open_ = "、".join(unfilled(letter.addressee, letter.facts, letter.decision))
    if open_:
        raise NotAllowed(f"尚有未填写的内容：【{open_}】 (fill in what stands in 【】)")
    if letter.outcome and letter.outcome not in offers.WITHOUT_LETTER:
        for found in letter.answered():
            if found.stage not in REVIEWED:
                raise NotAllowed(
                    f"答复须先审核再签发：{found.number} "
                    "(a reply is issued after its review)",
                    "第四十五条",
                )
            approval.forbid_changed(letter, found)


def forbid_leaks(content: bytes, deps: Dependencies) -> None:
    """An office's template may bring its own comments and tracked changes."""
    found = deps.letters.leaks(content, DOCX)
    if found:
        zh = "、".join(dict.fromkeys(leak.zh for leak in found))
        en = ", ".join(dict.fromkeys(leak.en for leak in found))
        raise NotAllowed(f"成文中{zh}，请先清理模板 (clear the template: {en})")


@transaction.atomic
def void(letter: Letter, *, reason: str, by: Staff, deps: Dependencies) -> Letter:
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.is_draft or locked.voided_at:
        raise ChangedMeanwhile
    entry = entry_of(locked)
    if entry is not None:
        raise NotAllowed(
            f"{entry.disclosure_request} 第 {entry.sequence} 条记录以此文书为据，"
            f"请先作废该记录 (void entry {entry.sequence} first)"
        )
    locked.voided_by, locked.voided_at = by, deps.clock.now()
    locked.void_reason = reason
    locked.save()
    return locked


def ready(found: DisclosureRequest, act: type[Event]) -> list[Letter]:
    """The letters of that act that may go out, the oldest first."""
    if not issubclass(act, LetterEvent):
        return []
    event = act.kind if not issubclass(act, ReplyEvent) else Replied.kind
    kinds = kinds_of(event)
    issued = Letter.objects.answering(found).standing().filter(kind__in=kinds)
    issued = issued.prefetch_related("files")
    return [letter for letter in issued if letter.served_version() is not None]


def last_of(
    found: DisclosureRequest, kind: LetterKind, outcome: Outcome | None
) -> Letter | None:
    """The last one of that kind that is not voided, a draft too."""
    same = Letter.objects.answering(found).filter(kind=kind, outcome=outcome or "")
    return same.filter(voided_at=None).order_by("pk").last()


def entry_of(letter: Letter) -> LogEntry | None:
    """The first entry that stands and names this letter, in any request it answers."""
    for found in letter.answered():
        entries = list(found.entries.order_by("sequence"))
        voided = voided_in(entries)
        for entry in entries:
            if (
                entry.details.get("letter") == letter.pk
                and entry.sequence not in voided
            ):
                return entry
    return None


def of_the_reply(found: DisclosureRequest) -> Letter | None:
    """The one that the reply standing in the log went out by."""
    named = [e.letter for e in found.log() if isinstance(e, Replied)]
    mine = Letter.objects.answering(found)
    return mine.filter(pk__in=[pk for pk in named if pk]).first()


def served_endings() -> tuple[str, ...]:
    """What a stamped copy may be: anything that is taken in, but a sheet."""
    return tuple(e for told in ENDINGS.values() for e in told if e != ".xlsx")
