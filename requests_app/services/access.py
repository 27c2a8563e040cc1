"""Who may see whom a request is of, and the record of having seen it."""

from collections.abc import Iterable

from requests_app.dependencies import Dependencies
from requests_app.domain.regimes import NotAllowed
from requests_app.models import AccessRecord, DisclosureRequest, Enquiry, Staff
from requests_app.models.attachments import PERSONAL

#: who handles the applicant's case (DESIGN §8); the others see it masked
SEES_PERSONS = frozenset({"intake_clerk", "handler", "reviewer", "office_head"})


def may_see_persons(user) -> bool:
    return user.is_superuser or bool(SEES_PERSONS & set(user.roles))


def may_read(user) -> bool:
    """The papers of the case, whom it is of or masked: 第十七条, who reviews for secrets
    reads what is to be disclosed and needs no name for it."""
    return may_see_persons(user) or user.has_role("confidentiality_reviewer")


def may_read_paper(user, kind: str) -> bool:
    return may_see_persons(user) or (may_read(user) and kind not in PERSONAL)


def seen(
    of: DisclosureRequest | Enquiry,
    *,
    fields: Iterable[str],
    way: str,
    reason: str,
    words: str = "",
    impersonal: bool = False,
    by: Staff,
    deps: Dependencies,
) -> AccessRecord:
    """Written before anything is shown. NotAllowed for whom it does not concern, and for
    another reason that is not put in words. `impersonal`: a paper that is not personal by
    its kind."""
    if not (impersonal and may_read(by)):
        forbid(by)
    if reason == AccessRecord.Reason.OTHER and not words:
        raise NotAllowed("请说明事由 (put the reason in words)")
    return AccessRecord.objects.create(
        disclosure_request=of if isinstance(of, DisclosureRequest) else None,
        enquiry=of if isinstance(of, Enquiry) else None,
        by=by,
        at=deps.clock.now(),
        way=way,
        fields=list(fields),
        reason=reason,
        words=words,
    )


def seen_each(
    requests: Iterable[int],
    *,
    fields: Iterable[str],
    way: str,
    reason: str,
    by: Staff,
    deps: Dependencies,
) -> None:
    """A list that shows them: one record a request, in one statement."""
    forbid(by)
    AccessRecord.objects.bulk_create(
        AccessRecord(
            disclosure_request_id=pk,
            by=by,
            at=deps.clock.now(),
            way=way,
            fields=list(fields),
            reason=reason,
        )
        for pk in requests
    )


def forbid(user) -> None:
    if not may_see_persons(user):
        raise NotAllowed(
            "该岗位不能查阅申请人个人信息 (this role does not see the applicant)"
        )
