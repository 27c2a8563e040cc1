"""离岗代办、代审. A stand-in takes over what lies on a person's desk for some days, and no role:
what they may do is what their own roles allow (DESIGN §8; decision 0025). Nor do they hand it on:
who stands in for the stand-in does not stand in for the first (民法典第一百六十九条)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet

from requests_app.dependencies import Dependencies
from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Absence, DisclosureRequest, OutboxMessage, Staff

#: done by role and not on the handler's desk: who does them says for whom, if for anybody
BY_ROLE = (
    happened.ConfidentialityReviewed,
    happened.SentBack,
    happened.Reviewed,
)


@transaction.atomic
def announce(
    *,
    absent: Staff,
    substitute: Staff,
    from_on: date,
    until_on: date,
    by: Staff,
    deps: Dependencies,
) -> Absence:
    """Both people are held meanwhile: two absences entered at once do not overlap."""
    held = Staff.objects.filter(pk__in=(absent.pk, substitute.pk)).order_by("pk")
    list(held.select_for_update(of=("self",), no_key=True))
    forbid_strangers(by, absent)
    forbid_days(from_on, until_on, deps)
    forbid_overlap(absent, from_on, until_on)
    forbid_unfit(substitute, absent, from_on, until_on)
    made = Absence.objects.create(
        absent=absent,
        substitute=substitute,
        from_on=from_on,
        until_on=until_on,
        entered_by=by,
        entered_at=deps.clock.now(),
    )
    tell(made, "announced", deps)
    return made


@transaction.atomic
def withdraw(absence: Absence, *, by: Staff, deps: Dependencies) -> Absence:
    """Whoever is back, or never left: nobody stands in from now on. What was done in their
    stead stays as it was recorded."""
    locked = Absence.objects.select_for_update().get(pk=absence.pk)
    forbid_strangers(by, locked.absent)
    if locked.withdrawn_at:
        raise NotAllowed("已经撤回 (withdrawn already)")
    if locked.until_on < deps.clock.today():
        raise NotAllowed("期间已过，无须撤回 (these days are past)")
    locked.withdrawn_by, locked.withdrawn_at = by, deps.clock.now()
    locked.save()
    tell(locked, "withdrawn", deps)
    return locked


def tell(absence: Absence, what: str, deps: Dependencies) -> None:
    """Both, whoever entered it."""
    OutboxMessage.objects.create(
        topic=f"absence.{what}",
        key=f"absence:{absence.pk}:{what}",
        payload={
            "absence": absence.pk,
            "from_on": str(absence.from_on),
            "until_on": str(absence.until_on),
            "to": [absence.substitute_id, absence.absent_id],
        },
        next_at=deps.clock.now(),
    )
    deps.bell.ring("requests_app.deliver_outbox")


def standing_in_for(user: Staff, on: date) -> QuerySet[Absence]:
    """Those whose desk the user minds that day, while both are of one agency."""
    return Absence.objects.on(on).filter(
        substitute=user.pk, absent__agency=user.agency_id
    )


def substitutes_of(absent: Iterable[int], on: date) -> dict[int, Absence]:
    """By who is away that day."""
    found = Absence.objects.on(on).filter(absent__in=absent)
    return {one.absent_id: one for one in found.with_people()}


def substitute_of(absent: int | None, on: date) -> Absence | None:
    return substitutes_of([absent], on).get(absent) if absent else None


def minders(on: date) -> dict[int, int]:
    """Everybody who is away that day → who stands in for them and is still there."""
    there = Absence.objects.on(on).filter(
        substitute__is_active=True, substitute__agency=F("absent__agency")
    )
    return dict(there.values_list("absent", "substitute"))


def acting_for(
    disclosure_request: DisclosureRequest,
    event: Event,
    *,
    by: Staff | None,
    chosen: Staff | None = None,
    deps: Dependencies,
) -> int | None:
    """For whom an act is recorded: an absent handler's, on their desk; what is done by role,
    for whom the recorder names. NotAllowed where they do not stand in for them."""
    if by is None:
        return None
    if isinstance(event, BY_ROLE):
        whom = chosen.pk if chosen else None
    else:
        whom = disclosure_request.handler_id
    if whom in (None, by.pk):
        return None
    today = deps.clock.today()
    if standing_in_for(by, today).filter(absent=whom).exists():
        return whom
    if chosen:
        raise NotAllowed(f"当日并非代{chosen}办理 (not standing in for {chosen} today)")
    return None


def left_open(absence: Absence) -> QuerySet[Absence]:
    """In which the person stands in for others on days of this absence: nobody minds those
    desks then. To be told, not refused: being away is a fact."""
    others = Absence.objects.between(absence.from_on, absence.until_on)
    return others.filter(substitute=absence.absent_id).with_people()


def not_lent(absence: Absence) -> frozenset[str]:
    """Roles of the absent that their stand-in does not hold: what they alone allow waits,
    or is done by others who hold them."""
    return absence.absent.roles - absence.substitute.roles


def may_enter(user: Staff, absent: Staff) -> bool:
    heads = user.has_role("office_head") and user.agency_id == absent.agency_id
    return user.is_superuser or user.pk == absent.pk or heads


def forbid_strangers(by: Staff, absent: Staff) -> None:
    if not may_enter(by, absent):
        raise NotAllowed(
            "只有本人或者本机关的机构负责人可以登记、撤回离岗 "
            "(only the person themselves or the head of the office may do this)"
        )


def forbid_days(from_on: date, until_on: date, deps: Dependencies) -> None:
    if until_on < from_on:
        raise NotAllowed("离岗止日早于起日 (it ends before it begins)")
    if until_on < deps.clock.today():
        raise NotAllowed("期间已过，不必登记 (these days are past)")


def forbid_overlap(absent: Staff, from_on: date, until_on: date) -> None:
    for other in absent.absences.between(from_on, until_on):
        raise NotAllowed(
            f"已登记 {other.days} 离岗，期间重叠；请错开或先撤回 "
            f"(already away {other.days}: choose other days, or withdraw that first)"
        )


def forbid_unfit(
    substitute: Staff, absent: Staff, from_on: date, until_on: date
) -> None:
    """To name somebody is a choice, so that it is refused where they will not be there."""
    if substitute.pk == absent.pk:
        raise NotAllowed("不能由本人代办 (nobody stands in for themselves)")
    together = absent.agency_id and substitute.agency_id == absent.agency_id
    if not (together and substitute.is_active):
        raise NotAllowed(
            "代办人须是同一机关的在职工作人员 "
            "(the stand-in must be active staff of the same agency)"
        )
    for other in substitute.absences.between(from_on, until_on):
        raise NotAllowed(
            f"代办人 {other.days} 也离岗；请另选代办人，或分段登记 (the stand-in is away "
            f"{other.days}: choose another, or enter the days in parts)"
        )
