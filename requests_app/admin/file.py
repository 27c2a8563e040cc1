"""案卷: one request on one page — whose it is, where it stands, what may be done, what
happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.template.response import TemplateResponse
from django.urls import reverse
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin import papers, persons, receipts
from requests_app.admin.act_forms import FORMS
from requests_app.admin.acts import entries_of, in_sight
from requests_app.admin.letter_acts import HERE
from requests_app.admin.letter_forms import new_letter
from requests_app.admin.letter_service import letter_state
from requests_app.admin.manner import manner
from requests_app.admin.states import State, owed, state
from requests_app.admin.timeline import Moment, moments, service_record
from requests_app.admin.wording import away, happening
from requests_app.dependencies import Dependencies
from requests_app.domain import explanation, guide, lifecycle
from requests_app.domain.events import Event, StepDecided
from requests_app.domain.service import Service
from requests_app.models import (
    AccessRecord,
    Appeal,
    Attachment,
    DisclosureRequest,
    Letter,
    LogEntry,
    Participant,
    Unit,
)
from requests_app.models.language import spoken
from requests_app.models.requests import in_legal_order
from requests_app.services import (
    absences,
    access,
    duplicates,
    letters,
    offers,
    withdrawing,
)
from requests_app.services.letterless import letterless


@inject_app
def page(request, pk: int, site, deps: Injected[Dependencies], shown: bool = False):
    """`shown`: with the applicant's data unmasked, which was written down before."""
    found = in_sight(request, pk)
    entries = entries_of(found)
    log = list(in_legal_order(entries))
    prefetch_related_objects([found], "participants")  # asked for in four places
    now = lifecycle.standing(log, deps.calendar)
    answering = Letter.objects.answering(found)
    written = list(answering.prefetch_related("files", "also"))
    kinds = offers.offered(
        found, entries, user=request.user, deps=deps, letters=written
    )
    told = list(
        moments(found, entries, now.clock.calendar, request.user, letters=written)
    )
    today = deps.clock.today()
    absence = absences.substitute_of(found.handler_id, today)
    context = {
        **site.each_context(request),
        "title": str(found),
        "found": found,
        "state": state(found, today, deps.calendar),
        "today": today,
        "summary": spoken(*explanation.summary(now.clock)),
        "acts": [(kind.kind, happening(kind)) for kind in kinds if kind.kind in FORMS],
        "guided": StepDecided in kinds and today >= guide.FIRST_DAY,
        "moments": told,
        "served": service_record(told),
        "letters": list(stated(written, told, now, today)),
        "letterless": list(reminders(found, entries, written)),
        "reprints": receipts.may_reprint(request.user, found),
        "makes_letters": letters.makes(request.user, found),
        "reads_letters": access.may_read(request.user),
        "subject": found.wording.subject if hasattr(found, "wording") else "",
        "helping": helping(now),
        "away": absence and away(absence),
        **whose(found, log, shown=shown),
        **kept(found, log, request.user),
        "withdrawn": list(taken_out(found, told)),
        "appeals": [(appeal, owing(appeal, deps)) for appeal in found.appeals.all()],
    }
    return TemplateResponse(request, "requests_app/file.html", context)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """An act that has no letter yet, and where one is drafted or was begun."""

    on: date
    sequence: int
    what: str
    letter: str
    url: str
    begun: bool


def reminders(
    found: DisclosureRequest, entries: Sequence[LogEntry], letters: Sequence[Letter]
) -> Iterator[Reminder]:
    for one in letterless(found, entries, letters):
        begun = one.draft and reverse(HERE, args=[found.pk, one.draft.pk])
        yield Reminder(
            on=one.entry.on,
            sequence=one.entry.sequence,
            what=happening(type(one.entry.event())),
            letter=spoken(one.kind.zh, one.kind.en),
            url=begun or new_letter(found, one.kind, one.outcome),
            begun=bool(begun),
        )


def stated(
    written: Sequence[Letter],
    told: Sequence[Moment],
    now: lifecycle.Standing,
    today: date,
) -> Iterator[tuple[Letter, State]]:
    """Each letter with how far it has come."""
    named = {m.letter.pk for m in told if m.letter and not m.voided}
    for letter in written:
        service = now.letters.get(letter.pk, Service())
        yield (
            letter,
            letter_state(letter, service, named=letter.pk in named, today=today),
        )


def whose(
    found: DisclosureRequest, log: Sequence[Event], *, shown: bool
) -> dict[str, Any]:
    """The applicant, who stands beside, and what else they asked for."""
    first = found.parent or found
    return {
        "shown": shown,
        "facts": list(persons.facts(found.applicant, shown=shown)),
        "people": persons.people(found, log, shown=shown),
        "removed": persons.removed(found, log, shown=shown),
        "before": persons.earlier(found, shown=shown),
        "manner": list(manner(found)),
        "first": first,
        "items": list(first.items.order_by("pk")),
        "earlier": duplicates.of_the_same(found),
    }


def owing(appeal: Appeal, deps: Dependencies) -> list[tuple[str, State]]:
    """What the office owes in a case, and by when."""
    today = deps.clock.today()
    return [
        (spoken(duty.zh, duty.en), owed(due_on, today, deps.calendar))
        for duty, due_on in appeal.duties(deps.calendar)
    ]


def kept(found: DisclosureRequest, log: Sequence[Event], user) -> dict[str, Any]:
    """Papers, and what the user may do with them."""
    files = list(found.attachments.standing().select_related("added_by"))
    kinds = {file.kind for file in files}
    return {
        "attachments": files,
        "by_agent": Participant.Role.AGENT in {p.role for p in found.people(log)},
        "authorised": Attachment.Kind.AUTHORISATION in kinds,
        "may_add": papers.may_add(user, found),
        "may_withdraw": withdrawing.may(user, found),
        "readable": {f.pk for f in files if access.may_read_paper(user, f.kind)},
        "may_see": access.may_see_persons(user),
        "reasons": AccessRecord.Reason.choices,
        "cosignature": getattr(found, "cosignature", None),
    }


def taken_out(
    found: DisclosureRequest, told: Sequence[Moment]
) -> Iterator[tuple[Attachment, str]]:
    """Each paper that was withdrawn, and why."""
    why = {m.entry.details.get("attachment"): m.text for m in told}
    for paper in found.attachments.withdrawn().select_related("withdrawn_by"):
        yield paper, why.get(paper.pk, "")


def helping(now: lifecycle.Standing) -> list[dict[str, Any]]:
    """协办单位, each with its inner day and whether it has answered."""
    beside = now.desk.beside
    names = Unit.objects.in_bulk([c.unit for c in beside]) if beside else {}
    return [
        {"unit": names.get(c.unit), "due_on": c.due_on, "answered_on": c.answered_on}
        for c in beside
    ]
