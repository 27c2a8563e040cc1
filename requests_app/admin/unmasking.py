"""显示个人信息: asked for with a reason, written down, shown for that view alone."""

from django.shortcuts import redirect
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin import file, persons
from requests_app.admin.acts import in_sight
from requests_app.admin.reasons import reasoned
from requests_app.dependencies import Dependencies
from requests_app.models import AccessRecord
from requests_app.services import access


@inject_app
def page(request, pk: int, site, deps: Injected[Dependencies]):
    found = in_sight(request, pk)
    form = reasoned(request) if request.method == "POST" else None
    if form is None:
        return redirect("admin:requests_app_disclosurerequest_change", found.pk)
    access.seen(
        found,
        fields=persons.known(found),
        way=AccessRecord.Way.PAGE,
        by=request.user,
        deps=deps,
        **form.cleaned_data,
    )
    return file.page(request, pk, site=site, shown=True)
