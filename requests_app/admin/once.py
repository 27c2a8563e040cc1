"""What several parts of a page ask for is read once for the request."""

from dataclasses import dataclass

from django.db.models import Exists, F, Func, Subquery
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.models import Agency, Appeal, Staff


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands at the margin of every page."""

    demonstration: bool
    owed: int = 0  # appeals in which an answer or a performance is owed


def dependencies(request) -> Dependencies:
    """The menu and the banners count by one calendar."""
    if not hasattr(request, "dependencies"):
        request.dependencies = given()
    return request.dependencies


@inject_app
def given(deps: Injected[Dependencies]) -> Dependencies:
    return deps


def margin(request) -> Margin:
    if not hasattr(request, "margin"):
        request.margin = read(getattr(request, "user", None))
    return request.margin


def read(user) -> Margin:
    """In one statement, on the sign-in page too."""
    demonstration = Agency.objects.filter(demonstration=True)
    if user is None or not user.is_authenticated:
        return Margin(demonstration.exists())
    cases = Appeal.objects.visible_to(user).with_duties().order_by()
    owed = cases.annotate(number=Func(F("pk"), function="COUNT")).values("number")
    told = Staff.objects.filter(pk=user.pk).values_list(
        Exists(demonstration), Subquery(owed)
    )
    return Margin(*told.get())
