"""The explained due day of one request: on a page, and on paper for the file (案卷)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import override
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.wording import lacking
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain import explanation
from requests_app.domain.clock import Clock
from requests_app.models import DisclosureRequest
from requests_app.models.language import heard, spoken
from requests_app.services import calendars, standings


def told(disclosure_request: DisclosureRequest, deps: Dependencies) -> dict[str, Any]:
    """What page and paper show: summary, steps, strip in weeks, findings, warnings."""
    standing = standings.read(disclosure_request, deps)
    clock = standing.clock
    return {
        "disclosure_request": disclosure_request,
        "summary": spoken(*explanation.summary(clock)),
        "article": clock.regime.article.reply,
        "decree": clock.regime.decree,
        "base_due_on": clock.base_due_on,
        "due_on": clock.due_on,
        "provisional": disclosure_request.provisional,
        "steps": [
            {
                "on": step.on,
                "what": spoken(*step.what),
                "article": step.article,
                "due_on": step.due_on,
                "moved": step.moved,
                "findings": [heard(f.message) for f in step.findings],
            }
            for step in standings.steps(disclosure_request, deps)
        ],
        "days": strip(clock),
        "findings": [
            {**found, "message": heard(found["message"])}
            for found in disclosure_request.findings
        ],
        "local_rest_days": calendars.local_rest_days(disclosure_request),
    }


def strip(clock: Clock) -> list[dict[str, Any]]:
    """Every day with its number among the counted ones; uncounted days have none."""
    days, counted = [], 0
    for day in clock.days():
        counted += day.counts
        days.append(
            {
                "on": day.on,
                "counts": day.counts,
                "nth": counted if day.counts else None,
                "because": spoken(*explanation.because(day)),
                "weekday": date_format(day.on, "D"),
            }
        )
    return days


@inject_app
def page(request, pk: int, site, deps: Injected[Dependencies]):
    found = get_object_or_404(DisclosureRequest.objects.visible_to(request.user), pk=pk)
    context = {**site.each_context(request), "title": str(found), **told(found, deps)}
    return TemplateResponse(request, "requests_app/explained.html", context)


@inject_app
def paper(request, pk: int, deps: Injected[Dependencies]):
    found = get_object_or_404(DisclosureRequest.objects.visible_to(request.user), pk=pk)
    with override("zh-hans"):  # the file (案卷) is in Chinese, whoever prints it
        shown = told(found, deps)
    try:
        content = deps.paper.print("deadline", on_paper(found, shown))
    except Unprintable as error:
        messages.error(request, lacking(error))
        return redirect("admin:requests_app_disclosurerequest_change", found.pk)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.reference}-deadline.pdf"'
    return answer


def on_paper(found: DisclosureRequest, shown: dict[str, Any]) -> dict[str, Any]:
    """Plain JSON: days as text, no model."""
    kept = ("summary", "article", "decree", "steps", "days", "provisional")
    return {
        "number": found.number,
        "reference": found.reference,
        "agency": found.agency.name,
        "received_on": found.received_on,
        "banner": found.agency.banner,
        "findings": [f"{f['message']}（{f['article']}）" for f in shown["findings"]],
        **{key: shown[key] for key in kept},
    }
