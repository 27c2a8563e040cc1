"""What several parts of a page ask for is read once for the request."""

from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies


def dependencies(request) -> Dependencies:
    """The menu and the banners count by one calendar."""
    if not hasattr(request, "dependencies"):
        request.dependencies = given()
    return request.dependencies


@inject_app
def given(deps: Injected[Dependencies]) -> Dependencies:
    return deps
