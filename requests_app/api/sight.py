"""What a caller may know of: out of sight is 404 (DESIGN §8)."""

from collections.abc import Collection

from wireup import Injected
from wireup.integration.django import inject

from requests_app.api.permissions import sees_persons
from requests_app.api.problems import Problem, nothing_here
from requests_app.dependencies import Dependencies
from requests_app.models import AccessRecord, DisclosureRequest, Staff
from requests_app.services import access, offers


def in_sight(caller, reference: str) -> DisclosureRequest:
    found = DisclosureRequest.objects.visible_to(caller).select_related("agency")
    one = found.filter(reference=reference).first()
    if one is None:
        raise not_found()
    return one


def to_act_on(caller, reference: str) -> DisclosureRequest:
    """In sight, and the caller's to act on: a superior sees, and acts on its own."""
    found = in_sight(caller, reference)
    if acting(caller) and not offers.acts_here(caller, found):
        raise not_yours()
    return found


def acting(caller) -> Staff | None:
    """Who an act is recorded by: None for what came through a portal."""
    return None if getattr(caller, "is_portal", False) else caller


def not_yours(pointer: str | None = None) -> Problem:
    return Problem(
        "forbidden",
        "由受理机关或者承继机关办理；作废的登记不再办理",
        "The answering agency acts, or what succeeded it; nobody on a voided registration",
        pointer=pointer,
    )


def not_found(pointer: str | None = None) -> Problem:
    said = nothing_here()
    return Problem("not_found", said, said, pointer=pointer)


def forbid_persons(caller) -> None:
    """Papers name the applicant: staff need a role that sees persons, a portal knows."""
    if getattr(caller, "is_portal", False) or sees_persons(caller):
        return
    raise Problem(
        "forbidden",
        "该角色不能查看申请人材料",
        "This role does not see the applicant's papers",
    )


@inject
def written_down(
    requests: Collection[int], fields: list[str], by, deps: Injected[Dependencies]
) -> None:
    """Before personal data is shown: to a member of staff, since a portal's calls are in
    its own log."""
    if not requests or getattr(by, "is_portal", False):
        return
    access.seen_each(
        requests,
        fields=fields,
        way=AccessRecord.Way.API,
        reason=AccessRecord.Reason.HANDLING,
        by=by,
        deps=deps,
    )
