"""案卷: one request on one page — where it stands, what may be done, what happened."""

from django.template.response import TemplateResponse
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.act_forms import FORMS
from requests_app.admin.acts import entries_of, in_sight
from requests_app.admin.states import state
from requests_app.admin.timeline import moments
from requests_app.admin.wording import happening
from requests_app.dependencies import Dependencies
from requests_app.domain import explanation, guide, lifecycle
from requests_app.domain.events import StepDecided
from requests_app.models.language import spoken
from requests_app.models.requests import in_legal_order
from requests_app.services import offers


@inject_app
def page(request, pk: int, site, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    entries = entries_of(found)
    now = lifecycle.standing(in_legal_order(entries), deps.calendar)
    kinds = offers.offered(found, entries, user=request.user, deps=deps)
    context = {
        **site.each_context(request),
        "title": str(found),
        "found": found,
        "state": state(found, deps.clock.today(), deps.calendar),
        "summary": spoken(*explanation.summary(now.clock)),
        "acts": [(kind.kind, happening(kind)) for kind in kinds if kind.kind in FORMS],
        "guided": StepDecided in kinds and deps.clock.today() >= guide.FIRST_DAY,
        "moments": list(moments(found, entries, now.clock.calendar, user=request.user)),
        "attachments": found.attachments.all(),
        "appeals": found.appeals.all(),
        "subject": found.wording.subject if hasattr(found, "wording") else "",
    }
    return TemplateResponse(request, "requests_app/file.html", context)
