"""Addresses that no link of ours has."""

from django.core.exceptions import BadRequest
from django.urls import reverse


def no_nul(get_response):
    """PostgreSQL keeps no NUL (U+0000): an address with one is refused (400) before it is
    looked for. Forms refuse it themselves, and so does the API."""

    def answered(request):
        asked = request.path + request.META.get("QUERY_STRING", "")
        if request.path.startswith(reverse("admin:index")) and (
            "\x00" in asked or "%00" in asked
        ):
            raise BadRequest("NUL")
        return get_response(request)

    return answered
