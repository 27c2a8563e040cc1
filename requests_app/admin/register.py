"""登记 at the desk: one screen a channel, the number at once, the receipt (登记回执) printed."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.register_forms import (
    DETAILS,
    RULES,
    Participants,
    RegisterForm,
    agencies_of,
)
from requests_app.admin.wording import lacking, refused, said
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Channel, term
from requests_app.models import DisclosureRequest
from requests_app.services import duplicates, idempotency, intake, offers
from requests_app.services.idempotency import AtWork, KeyReused

MOST_ITEMS = 50
USED = gettext_lazy("此表已经登记过，没有重复登记。要另登一件，请重新打开登记页。")


def forbid_others(request) -> None:
    user = request.user
    if not (user.is_superuser or (user.agency_id and user.has_role(*offers.REGISTER))):
        raise PermissionDenied


@inject_app
def page(request, channel: str, site, deps: Injected[Dependencies]):
    forbid_others(request)
    if channel not in DETAILS:
        raise Http404
    today = deps.clock.today()
    form = RegisterForm(
        request.POST or None,
        channel=channel,
        user=request.user,
        today=today,
        initial={"submitted_on": today},
    )
    beside = Participants(request.POST or None, prefix="beside")
    further = [text.strip() for text in request.POST.getlist("further")]
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    if request.method == "POST" and form.is_valid() and beside.is_valid():
        try:
            return registered(request, form, beside, further, key, deps)
        except NotAllowed as error:
            form.add_error(None, refused(error))
        except (AtWork, KeyReused):
            form.add_error(None, USED)
    context = {
        **site.each_context(request),
        "title": _("登记申请"),
        "form": form,
        "beside": beside,
        "further": [text for text in further if text],
        "key": key,
        "channel": channel,
        "channels": [(c.value, said(c)) for c in Channel],
        "rule": RULES[channel],
    }
    return TemplateResponse(request, "requests_app/register.html", context)


def registered(request, form, beside, further, key: str, deps: Dependencies):
    """Once, however often it is sent: the same form sent again leads to the same numbers."""
    people = tuple(p.cleaned_data for p in beside if p.cleaned_data.get("name"))
    items = tuple(text for text in further if text)[: MOST_ITEMS - 1]
    typed = {n: v for n, v in request.POST.lists() if n != "csrfmiddlewaretoken"}
    intake.hand_in(
        lambda: form.handed_in(items, people),
        caller=request.user,
        key=key,
        digest=idempotency.digest_of(typed),
        deps=deps,
    )
    return redirect("admin:requests_app_disclosurerequest_registered", key)


def answer_to(request, key: str) -> list[dict]:
    """What was registered with that form, the first item first; 404 for nothing."""
    answer = idempotency.answered(intake.caller_name(request.user), key)
    if answer is None:
        raise Http404
    return [answer, *answer.get("items", [])]


def numbers(request, key: str, site):
    """The numbers, at once; the query code is told here and on the receipt alone."""
    told = answer_to(request, key)
    references = [one["reference"] for one in told]
    visible = DisclosureRequest.objects.visible_to(request.user)
    made = visible.filter(reference__in=references).order_by("pk")
    context = {
        **site.each_context(request),
        "title": _("已登记"),
        "made": made.select_related("agency"),
        "query_code": told[0]["query_code"],
        "key": key,
    }
    return TemplateResponse(request, "requests_app/registered.html", context)


@inject_app
def receipt(request, key: str, site, deps: Injected[Dependencies]):
    told = answer_to(request, key)
    references = [one["reference"] for one in told]
    visible = DisclosureRequest.objects.visible_to(request.user)
    made = list(
        visible.filter(reference__in=references)
        .select_related("agency", "applicant", "wording")
        .order_by("pk")
    )
    if not made:
        raise Http404
    try:
        content = deps.paper.print(
            "receipt", on_paper(made, told[0]["query_code"], deps)
        )
    except Unprintable as error:
        messages.error(request, lacking(error))
        return redirect("admin:requests_app_disclosurerequest_registered", key)
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"{made[0].reference}-receipt.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def on_paper(
    made: list[DisclosureRequest], query_code: str, deps: Dependencies
) -> dict[str, object]:
    """登记回执 as printed: plain JSON, Chinese whatever the page's language."""
    first = made[0]
    return {
        "agency": first.agency.name,
        "banner": first.agency.banner,
        "applicant": first.applicant.name if first.applicant else "",
        "channel": term(Channel, first.channel).zh if first.channel else "",
        "received_on": first.received_on,
        "cautious": first.provisional,
        "query_code": query_code,
        "printed_on": deps.clock.today(),
        "items": [
            {"number": one.number, "subject": one.wording.subject, "due_on": one.due_on}
            for one in made
        ],
    }


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
