"""A paper that cannot be printed is said on the page it was asked from, by its character."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect

from requests_app.dependencies import Unprintable
from requests_app.models.language import heard


def printable(view: Callable) -> Callable:
    """Back to where the paper was asked for, with what it lacks."""

    @wraps(view)
    def told(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Unprintable as error:
            messages.error(request, heard(str(error)))
            return redirect("admin:requests_app_disclosurerequest_changelist")

    return told
