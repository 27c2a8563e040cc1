"""登记回执: the numbers at once, the query code told here and on the receipt alone."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.acts import in_sight
from requests_app.admin.register_forms import may_register
from requests_app.admin.wording import lacking
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain.vocabulary import Channel, term
from requests_app.models import AccessRecord, DisclosureRequest
from requests_app.services import access, idempotency, intake, offers

Registered = tuple[list[DisclosureRequest], str]  # a paper's items, its query code


def answer_to(request, key: str) -> dict[str, Any]:
    """What was registered with that form; 404 for nothing."""
    answer = idempotency.answered(intake.caller_name(request.user), key)
    if answer is None or "query_code" not in answer:
        raise Http404
    return answer


def papers_in(answer: dict[str, Any], user) -> list[Registered]:
    """Each paper's requests in the order of their numbers, as far as they are in sight."""
    papers = [answer, *answer.get("same", [])]
    told = [[paper, *paper.get("items", [])] for paper in papers]
    references = [one["reference"] for items in told for one in items]
    visible = DisclosureRequest.objects.visible_to(user).filter(
        reference__in=references
    )
    found = {
        one.reference: one
        for one in visible.select_related("agency", "applicant", "wording")
    }
    return [
        (
            [found[o["reference"]] for o in items if o["reference"] in found],
            paper["query_code"],
        )
        for paper, items in zip(papers, told, strict=True)
    ]


def numbers(request, key: str, site):
    papers = papers_in(answer_to(request, key), request.user)
    context = {
        **site.each_context(request),
        "title": _("已登记"),
        "papers": papers,
        "made": [one for items, _code in papers for one in items],
        "key": key,
    }
    return TemplateResponse(request, "requests_app/registered.html", context)


@inject_app
def receipt(request, key: str, site, deps: Injected[Dependencies]):
    papers = papers_in(answer_to(request, key), request.user)
    papers = [(items, code) for items, code in papers if items]
    if not papers:
        raise Http404
    back = redirect("admin:requests_app_disclosurerequest_registered", key)
    return printed(request, papers, deps, back)


def may_reprint(user, found: DisclosureRequest) -> bool:
    return may_register(user) and offers.acts_here(user, found)


@inject_app
def again(request, pk: int, site, deps: Injected[Dependencies]):
    """补打回执, by POST: where no query code is left to tell, a new one is given out."""
    found = in_sight(request, pk)
    if not may_reprint(request.user, found):
        raise PermissionDenied
    back = redirect("admin:requests_app_disclosurerequest_change", pk)
    if request.method != "POST":
        return back
    first = found.parent or found
    items = [first, *first.items.filter(voided_on=None).order_by("pk")]
    if first.applicant and first.applicant.name:
        access.seen(
            found,
            fields=["name"],
            way=AccessRecord.Way.PAPER,
            reason=AccessRecord.Reason.SERVICE,
            words="补打登记回执",
            by=request.user,
            deps=deps,
        )
    code, is_new = intake.code_again(first)
    return printed(request, [(items, code)], deps, back, again=True, new_code=is_new)


def printed(request, papers: Sequence[Registered], deps: Dependencies, back, **told):
    """One PDF, a page for each paper."""
    content = {"receipts": [on_paper(*paper, deps, **told) for paper in papers]}
    try:
        pdf = deps.paper.print("receipt", content)
    except Unprintable as error:
        messages.error(request, lacking(error))
        return back
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = f"{papers[0][0][0].reference}-receipt.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def on_paper(
    made: list[DisclosureRequest],
    query_code: str,
    deps: Dependencies,
    *,
    again: bool = False,
    new_code: bool = False,
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
        "again": again,
        "new_code": new_code,
        "items": [
            {
                "number": one.number,
                "subject": one.wording.subject if hasattr(one, "wording") else "",
                "due_on": one.due_on,
            }
            for one in made
        ],
    }
