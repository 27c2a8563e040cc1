"""登记回执 and 申请登记表: the numbers at once, the query code told here and on the receipt
alone."""

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

from requests_app.admin import persons
from requests_app.admin.acts import in_sight
from requests_app.admin.letter_files import docx
from requests_app.admin.reasons import reasoned
from requests_app.admin.register_forms import may_register
from requests_app.admin.wording import lacking
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain.intake_papers import IntakePaper
from requests_app.domain.templates import BY_KEY
from requests_app.models import AccessRecord, DisclosureRequest
from requests_app.services import (
    access,
    idempotency,
    intake,
    intake_papers,
    intake_words,
    offers,
)

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
def first(request, key: str, paper: str, site, deps: Injected[Dependencies]):
    """For the applicant who waits: a receipt, or the form, of each paper at once."""
    kind = paper_of(paper)
    papers = papers_in(answer_to(request, key), request.user)
    papers = [(items, code) for items, code in papers if items]
    if not papers:
        raise Http404
    if kind is IntakePaper.APPLICATION_FORM:
        for items, _code in papers:
            reason = {"reason": AccessRecord.Reason.HANDLING, "words": "打印登记表"}
            seen(request, items[0], persons.known(items[0]), deps, **reason)
    told = [worded(kind, *paper, deps) for paper in papers]
    back = redirect("admin:requests_app_disclosurerequest_registered", key)
    return printed(request, kind, papers[0][0][0], told, deps, back)


def paper_of(key: str) -> IntakePaper:
    kind = BY_KEY.get(key)
    if not isinstance(kind, IntakePaper):
        raise Http404
    return kind


def may_reprint(user, found: DisclosureRequest) -> bool:
    return may_register(user) and offers.acts_here(user, found)


def whole(found: DisclosureRequest) -> list[DisclosureRequest]:
    """Every item of the paper that it came in on, the first first."""
    first = found.parent or found
    return [first, *first.items.filter(voided_on=None).order_by("pk")]


@inject_app
def again(request, pk: int, site, deps: Injected[Dependencies]):
    """补打回执, by POST: where no query code is left to tell, a new one is given out."""
    found = in_sight(request, pk)
    if not may_reprint(request.user, found):
        raise PermissionDenied
    back = redirect("admin:requests_app_disclosurerequest_change", pk)
    if request.method != "POST":
        return back
    items = whole(found)
    if items[0].applicant and items[0].applicant.name:
        reason = {"reason": AccessRecord.Reason.SERVICE, "words": "补打登记回执"}
        seen(request, found, ["name"], deps, **reason)
    code, is_new = intake.code_again(items[0])
    kind = IntakePaper.RECEIPT
    told = worded(kind, items, code, deps, again=True, new_code=is_new)
    return printed(request, kind, items[0], [told], deps, back)


@inject_app
def application_form(request, pk: int, site, deps: Injected[Dependencies]):
    """By POST and with a reason: it tells all that is known of the applicant."""
    found = in_sight(request, pk)
    form = reasoned(request) if request.method == "POST" else None
    back = redirect("admin:requests_app_disclosurerequest_change", found.pk)
    if form is None:
        return back
    seen(request, found, persons.known(found), deps, **form.cleaned_data)
    kind, items = IntakePaper.APPLICATION_FORM, whole(found)
    told = worded(kind, items, "", deps)
    return printed(request, kind, items[0], [told], deps, back)


def seen(
    request, found: DisclosureRequest, fields: list[str], deps: Dependencies, **why: str
) -> None:
    way = AccessRecord.Way.PAPER
    access.seen(found, fields=fields, way=way, by=request.user, deps=deps, **why)


def worded(
    kind: IntakePaper,
    items: Sequence[DisclosureRequest],
    code: str,
    deps: Dependencies,
    **more: bool,
) -> intake_words.Words:
    return intake_words.fields(kind, items, deps, query_code=code, **more)


def printed(
    request,
    kind: IntakePaper,
    found: DisclosureRequest,
    told: Sequence[intake_words.Words],
    deps: Dependencies,
    back,
):
    """A PDF of the shipped look; a DOCX where that is asked for, or the office has a look of
    its own."""
    name = f"{found.reference}-{kind.replace('_', '-')}"
    own = intake_papers.in_use(found.agency, kind) is not None
    if own or "docx" in (request.POST or request.GET):
        content = intake_papers.document(found.agency, kind, told, deps)
        return docx(content, f"{name}.docx")
    try:
        pdf = intake_papers.sheets(kind, told, deps)
    except Unprintable as error:
        messages.error(request, lacking(error))
        return back
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
