"""The same form twice: the back button brings back what was typed, under a fresh key."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from requests_app.dependencies import Dependencies
from requests_app.services import idempotency, intake

RECENT = timedelta(days=1)
USED = gettext_lazy("此表已经登记过，没有重复登记。要另登一件，请重新打开登记页。")
#: what a form sends beside the words of whoever types
BESIDE = frozenset({"csrfmiddlewaretoken", "key", "again"})


@dataclass(frozen=True, kw_only=True)
class Before:
    """The same words were registered a while ago; `token` is what a click on 再登 confirms."""

    token: str
    answer: dict[str, Any]


def digest(request) -> str:
    """Of the words alone: fields left blank, and how many rows stood empty, say nothing."""
    told = {
        name: [value.strip() for value in values if value.strip()]
        for name, values in request.POST.lists()
        if name not in BESIDE and not name.endswith("_FORMS")
    }
    return idempotency.digest_of(
        request.path, {name: values for name, values in told.items() if values}
    )


def before(request, key: str, deps: Dependencies) -> Before | None:
    """What this person registered with the same words lately; None for nothing, and where
    the form says that it is meant all the same."""
    found = idempotency.typed_before(
        intake.caller_name(request.user),
        digest(request),
        since=deps.clock.now() - RECENT,
        but=key,
    )
    if found is None or request.POST.get("again") == found[0]:
        return None
    return Before(token=found[0], answer=found[1])
