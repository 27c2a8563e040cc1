"""An act of the office as a small form on the request: typed, its effect shown, confirmed.

The form carries the sequence it was drawn from. Whoever comes second is shown what the
first did, with everything typed still in the form; the same act sent twice is one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.act_forms import FORMS, Drawn
from requests_app.admin.act_forms.base import ActForm
from requests_app.admin.wording import DONE_ALREADY, happening, refused, sentence
from requests_app.dependencies import Dependencies
from requests_app.domain import explanation, lifecycle
from requests_app.domain.clock import Finding
from requests_app.domain.events import KINDS, Archived, Event
from requests_app.domain.letters import kinds_of
from requests_app.domain.lifecycle import Standing
from requests_app.domain.regimes import NotAllowed
from requests_app.models import DisclosureRequest, LogEntry, Staff
from requests_app.models.language import spoken
from requests_app.models.requests import in_legal_order
from requests_app.services import letters, offers, recording, together
from requests_app.services.recording import RecordedMeanwhile


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What an act would do, shown before it is confirmed."""

    was_due_on: date | None
    due_on: date | None
    provisional: bool
    summary: str
    was_stage: str
    stage: str
    findings: tuple[Finding, ...]
    voids_all: bool = False
    #: what it would do to the others that the same letter answers
    others: tuple[tuple[str, "Effect"], ...] = ()

    @property
    def moves(self) -> bool:
        return self.was_due_on != self.due_on

    @property
    def token(self) -> str:
        """What was shown; where it is no longer so, it is shown again before recording."""
        own = f"{self.was_due_on}|{self.due_on}|{self.provisional}|{self.stage}"
        return ";".join([own, *(f"{name}|{one.token}" for name, one in self.others)])


def effect(was: Standing, then: Standing) -> Effect:
    return Effect(
        was_due_on=was.due_on,
        due_on=then.due_on,
        provisional=then.provisional,
        summary=spoken(*explanation.summary(then.clock)),
        was_stage=was.stage,
        stage=then.stage,
        findings=tuple(f for f in then.findings if f not in was.findings),
    )


def in_sight(request, pk: int) -> DisclosureRequest:
    visible = DisclosureRequest.objects.visible_to(request.user)
    at_once = ("agency", "applicant", "wording", "unit", "handler", "parent")
    return get_object_or_404(visible.select_related(*at_once), pk=pk)


def entries_of(found: DisclosureRequest) -> list[LogEntry]:
    log = found.entries.select_related(
        "recorded_by", "acting_for", "reason",
        "correction__was_applicant", "correction__participant",
    )  # fmt: skip
    return list(log.order_by("sequence"))


def since(entries: Sequence[LogEntry], seen: str | int | None) -> list[LogEntry]:
    """What was recorded after the form was drawn; nothing for a form just drawn."""
    text = str(seen or "")
    return [e for e in entries if e.sequence > int(text)] if text.isdecimal() else []


@inject_app
def page(request, pk: int, kind: str, site, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    if kind not in FORMS:
        raise Http404
    if not (
        offers.acts_here(request.user, found)
        and offers.entrusted(request.user, KINDS[kind])
    ):
        raise PermissionDenied
    entries = entries_of(found)
    now = lifecycle.standing(in_legal_order(entries), deps.calendar)
    drawn = Drawn(
        disclosure_request=found, now=now, user=request.user, today=deps.clock.today()
    )
    asked = {
        n: request.GET[n] for n in ("outcome", "remark", "letter") if n in request.GET
    }
    first = {**asked, "on": drawn.today, "seen": entries[-1].sequence}
    form = FORMS[kind](request.POST or None, initial=first, drawn=drawn)
    meanwhile = since(entries, request.POST.get("seen"))
    shown = None
    if request.method == "POST" and form.is_valid():
        event = form.told()
        if repeated(meanwhile, event, request.user, deps, form.tells):
            return already(request, found)
        try:
            then = recording.foreseen(
                found, event, by=request.user, deps=deps, reason=form.reason
            )
            others = tuple(beside(form, event, request.user, deps))
            shown = replace(effect(now, then), others=others)
            if confirmed(request, shown) and not meanwhile:
                form.keep(found, event, by=request.user, deps=deps)
                return done(request, found, event)
        except RecordedMeanwhile as error:
            if repeated(error.entries, event, request.user, deps, form.tells):
                return already(request, found)
            meanwhile = list(error.entries)
        except NotAllowed as error:
            form.add_error(None, refused(error))
    context = {
        **site.each_context(request),
        "title": f"{happening(KINDS[kind])} · {found}",
        "found": found,
        "form": form,
        "act": happening(KINDS[kind]),
        "letters": letters.makes(request.user, found) and kinds_of(kind),
        "kind": kind,
        "effect": shown,
        "seen": entries[-1].sequence if not meanwhile else meanwhile[-1].sequence,
        "meanwhile": [(sentence(e), e) for e in meanwhile],
    }
    return TemplateResponse(request, "requests_app/act.html", context)


def beside(
    form: ActForm, event: Event, user: Staff, deps: Dependencies
) -> Iterator[tuple[str, Effect]]:
    """(number, effect) of each that the act is recorded in too."""
    for one in form.others:
        past = in_legal_order(one.entries.order_by("sequence"))
        with together.named(one):
            then = recording.foreseen(
                one, event, by=user, deps=deps, reason=form.reason
            )
        yield one.number, effect(lifecycle.standing(past, deps.calendar), then)


def repeated(
    meanwhile: Sequence[LogEntry],
    event: Event,
    user,
    deps: Dependencies,
    tells: Callable[[LogEntry], bool] = lambda entry: True,
) -> bool:
    """A double click, or a form sent again by the back button."""
    same = lifecycle.stamped(event, deps.calendar)
    return any(
        e.recorded_by_id == user.pk and e.event() == same and tells(e)
        for e in meanwhile
    )


def confirmed(request, shown: Effect) -> bool:
    return "confirm" in request.POST and request.POST.get("shown") == shown.token


def already(request, found: DisclosureRequest):
    messages.info(request, DONE_ALREADY)
    return redirect("admin:requests_app_disclosurerequest_change", found.pk)


def done(request, found: DisclosureRequest, event: Event):
    found.refresh_from_db()
    due = found.due_on.isoformat() if found.due_on else _("未起算")
    messages.success(
        request,
        _("已记录“%(act)s”（%(on)s）。答复期限：%(due)s。")
        % {"act": happening(type(event)), "on": event.on, "due": due},
    )
    if isinstance(event, Archived):
        messages.info(
            request, _("可在“附件”栏取归档包：全卷 PDF、原件、日志和移交清单。")
        )
    return redirect("admin:requests_app_disclosurerequest_change", found.pk)
