"""登记 at the desk: one screen a channel, the number at once."""

import secrets

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin import typed
from requests_app.admin.application_form import DETAILS
from requests_app.admin.receipts import papers_in
from requests_app.admin.register_forms import (
    RULES,
    Participants,
    RegisterForm,
    agencies_of,
    may_register,
)
from requests_app.admin.wording import refused, said
from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel
from requests_app.models.language import spoken
from requests_app.services import duplicates, intake
from requests_app.services.idempotency import AtWork, KeyReused
from requests_app.services.papers import Refused

DONE = "admin:requests_app_disclosurerequest_registered"
FILE = "admin:requests_app_disclosurerequest_change"


def forbid_others(request) -> None:
    if not may_register(request.user):
        raise PermissionDenied


@inject_app
def page(request, channel: str, site, deps: Injected[Dependencies]):
    forbid_others(request)
    if channel not in DETAILS:
        raise Http404
    today = deps.clock.today()
    further = [text.strip() for text in request.POST.getlist("further")]
    form = RegisterForm(
        request.POST or None,
        request.FILES or None,
        channel=channel,
        user=request.user,
        today=today,
        further=further,
        initial={"submitted_on": today},
    )
    beside = Participants(request.POST or None, prefix="beside")
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    before = None
    if request.method == "POST" and form.is_valid() and beside.is_valid():
        before = typed.before(request, key, deps)
        if before is None:
            try:
                return registered(request, form, beside, key, deps)
            except NotAllowed as error:
                form.add_error(None, refused(error))
            except Refused as error:
                form.add_error(None, spoken(error.zh, error.en))
            except (AtWork, KeyReused):
                form.add_error(None, typed.USED)
    context = {
        **site.each_context(request),
        "title": _("登记申请"),
        "form": form,
        "beside": beside,
        "further": [text for text in further if text],
        "key": key,
        "before": before,
        "numbered": numbered(before, request.user),
        "channel": channel,
        "channels": [(c.value, said(c)) for c in Channel],
        "rule": RULES[channel],
    }
    return TemplateResponse(request, "requests_app/register.html", context)


def registered(request, form, beside, key: str, deps: Dependencies):
    """Once, however often it is sent: the same form sent again leads to the same numbers."""
    people = tuple(p.cleaned_data for p in beside if p.cleaned_data.get("name"))
    intake.hand_in(
        lambda: form.handed_in(people),
        caller=request.user,
        key=key,
        digest=typed.digest(request),
        typed=typed.digest(request),
        deps=deps,
    )
    return redirect(DONE, key)


def numbered(before: typed.Before | None, user) -> list[tuple[str, str]]:
    """(address, number) of what was registered with the same words."""
    papers = papers_in(before.answer, user) if before else []
    return [
        (reverse(FILE, args=[one.pk]), str(one))
        for items, _code in papers
        for one in items
    ]


def alike(request, site):
    """The live warning: a fragment for what is typed so far; posted, never in an address."""
    forbid_others(request)
    agency = agencies_of(request.user).filter(pk=number(request.POST.get("agency")))
    found = [
        one
        for chosen in agency
        for one in duplicates.earlier(
            chosen,
            name=request.POST.get("name", "").strip(),
            id_number=request.POST.get("id_number", ""),
            subject=request.POST.get("subject", ""),
        )
    ]
    return TemplateResponse(request, "requests_app/alike.html", {"found": found})


def number(text: str | None) -> int:
    return int(text) if (text or "").isdecimal() else 0
