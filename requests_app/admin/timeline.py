"""The log of one request in sentences, with the due day before and after each entry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from requests_app.admin.wording import sentence
from requests_app.domain import lifecycle
from requests_app.domain.calendars import Calendar
from requests_app.domain.events import KINDS, EntryVoided, Event, OfLetter
from requests_app.models import (
    Attachment,
    DisclosureRequest,
    Letter,
    LogEntry,
    Staff,
    Unit,
)
from requests_app.models.log import digest_of, voided_in
from requests_app.services import offers
from requests_app.services.sending import SERVICE

#: entries that point to a unit, a person or a paper, by these keys
NAMED = {
    **dict.fromkeys(("assigned", "co_assigned", "co_answered"), ("unit", "handler")),
    "paper_withdrawn": ("attachment",),
}


@dataclass(frozen=True, kw_only=True)
class Moment:
    entry: LogEntry
    sentence: str
    text: str
    was_due_on: date | None
    due_on: date | None
    voided: bool
    voidable: bool
    letter: Letter | None = None

    @property
    def served(self) -> Letter | None:
        """The letter, other than a reply, whose service it tells of."""
        return self.letter if issubclass(KINDS[self.entry.kind], OfLetter) else None

    @property
    def moved(self) -> bool:
        return self.was_due_on != self.due_on


def moments(
    found: DisclosureRequest,
    entries: Sequence[LogEntry],
    calendar: Calendar,
    user: Staff | None = None,
    letters: Iterable[Letter] | None = None,
) -> Iterator[Moment]:
    """In legal order: by day, then as recorded. A voided entry stays, and moves nothing;
    a voided receipt voids the whole, which reads on as it stood. `letters`: those of the
    request, where they are in hand."""
    voided = voided_in(entries)
    texts = {digest_of(s.salt, s.text): s.text for s in found.supplements.all()}
    names = names_in(entries)
    if letters is None:
        letters = Letter.objects.answering(found)
    by_id = {letter.pk: letter for letter in letters}
    may_void = user is not None and offers.acts_here(user, found)
    log: list[Event] = []
    due: date | None = None
    for entry in sorted(entries, key=lambda e: (e.on, e.sequence)):
        was = due
        if entry.sequence not in voided - {1} and entry.kind != EntryVoided.kind:
            log.append(entry.event())
            due = lifecycle.standing(log, calendar).due_on
        yield Moment(
            entry=entry,
            sentence=sentence(entry) + pointed_to(entry, names),
            text=text_of(entry) or texts.get(entry.digest, ""),
            was_due_on=was,
            due_on=due,
            voided=entry.sequence in voided,
            voidable=may_void and offers.voidable(entry, voided, user),
            letter=by_id.get(entry.details.get("letter", 0)),
        )


def service_record(told: Sequence[Moment]) -> list[Moment]:
    """送达记录: how the reply and the other letters went out, came back and were taken."""
    return [m for m in told if m.entry.kind in SERVICE and not m.voided]


def text_of(entry: LogEntry) -> str:
    """The reason beside it; of a correction the wording that stood before it too."""
    if entry.text:
        return entry.text
    if not hasattr(entry, "correction"):
        return ""
    told = entry.correction
    was = _("原申请内容：%(text)s") % {"text": told.was_subject or "—"}
    return f"{told.why}\n{was}" if told.subject else told.why


def names_in(entries: Sequence[LogEntry]) -> dict[str, dict[int, str]]:
    """The names that the log points to by id, in a query of each sort."""
    told = [e.details for e in entries if e.kind in NAMED]
    units = {d["unit"] for d in told if "unit" in d}
    people = {d["handler"] for d in told if "handler" in d}
    papers = {d["attachment"] for d in told if "attachment" in d}
    return {
        "unit": {u.pk: str(u) for u in Unit.objects.filter(pk__in=units)},
        "handler": {s.pk: str(s) for s in Staff.objects.filter(pk__in=people)},
        "attachment": {a.pk: a.name for a in Attachment.objects.filter(pk__in=papers)},
    }


def pointed_to(entry: LogEntry, names: dict[str, dict[int, str]]) -> str:
    told = [
        names[k].get(entry.details.get(k, 0), "") for k in NAMED.get(entry.kind, ())
    ]
    return _("：") + " ".join(name for name in told if name) if told else ""
