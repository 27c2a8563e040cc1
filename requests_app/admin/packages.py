"""归档包 from the file or from the list: asked for with a reason, one request or many."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin import persons
from requests_app.admin.reasons import reasoned
from requests_app.admin.volume import on_paper
from requests_app.admin.wording import refused
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain.lifecycle import Stage
from requests_app.domain.regimes import NotAllowed
from requests_app.models import AccessRecord, DisclosureRequest
from requests_app.models.language import heard
from requests_app.services import access
from requests_app.services.packages import MOST, pack

LIST = "admin:requests_app_disclosurerequest_changelist"


def chosen(request, site, queryset) -> TemplateResponse:
    """What was ticked in the list, before it is packed: a reason is asked for."""
    found = list(queryset.order_by("pk")[: MOST + 1])
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("归档包"),
        "archived": [one for one in found if one.stage == Stage.ARCHIVED],
        "others": [one for one in found if one.stage != Stage.ARCHIVED],
        "most": MOST,
        "too_many": len(found) > MOST,
        "reasons": AccessRecord.Reason.choices,
    }
    return TemplateResponse(request, "requests_app/package.html", context)


@inject_app
def page(request, site, deps: Injected[Dependencies]):
    keys = [int(key) for key in request.POST.getlist("chosen") if key.isdecimal()]
    form = reasoned(request) if request.method == "POST" else None
    if form is None:
        return redirect(LIST)
    visible = DisclosureRequest.objects.visible_to(request.user)
    together = visible.select_related("agency", "applicant", "wording")
    found = list(together.filter(pk__in=keys, voided_on=None).order_by("pk"))
    try:
        file = pack(found, told=lambda one: on_paper(one, deps), deps=deps)
    except NotAllowed as error:
        messages.error(request, refused(error))
        return redirect(LIST)
    except Unprintable as error:
        messages.error(request, heard(str(error)))
        return redirect(LIST)
    for one in found:
        access.seen(
            one,
            fields=[*persons.known(one), "papers"],
            way=AccessRecord.Way.PACKAGE,
            by=request.user,
            deps=deps,
            **form.cleaned_data,
        )
    name = found[0].reference if len(found) == 1 else f"archive-{len(found)}"
    return FileResponse(file, as_attachment=True, filename=f"{name}.zip")
