"""Work lists (待办): one predicate each, for the list and for the count beside its name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from requests_app.dependencies import Dependencies
from requests_app.domain.lifecycle import Stage
from requests_app.models import Appeal, DisclosureRequest, Staff
from requests_app.services import absences
from requests_app.services.offers import WITHOUT_LETTER
from requests_app.services.watch import FURTHEST

OPEN = Q(replied_on=None, voided_on=None)
#: concluded here, and not yet in the archive
ANSWERED = Q(stage=Stage.REPLIED, voided_on=None, import_key=None)
UNSERVED = Q(delivered_on=None) & ~Q(outcome__in=WITHOUT_LETTER)
#: what came back, the reply or another letter, whatever the stage
RETURNED = Q(returned_on__isnull=False, voided_on=None)


@dataclass(frozen=True, kw_only=True)
class Day:
    """Who asks, and on which day; `soon` is the last day that is due soon, `desks` whose
    work the user minds: their own, and theirs in whose stead they act."""

    user: Staff
    today: date
    soon: date
    desks: frozenset[int]


def is_unserved(found: DisclosureRequest) -> bool:
    """One of `UNSERVED`, as it stands in hand."""
    return (
        found.stage == Stage.REPLIED
        and found.import_key is None
        and found.delivered_on is None
        and found.outcome not in WITHOUT_LETTER
    )


def my_units(day: Day) -> Q:
    """Those of my unit, and of the whole office where it has none."""
    if day.user.unit_id:
        return OPEN & Q(unit=day.user.unit_id)
    return OPEN & Q(agency=day.user.agency_id)


def beside(unit_id: int | None) -> Q:
    """协办: where the help of my unit is awaited."""
    return Q(co_units__contains=f",{unit_id}:") if unit_id else Q(pk__in=[])


def ordered() -> Q:
    """Where a decision orders a new answer that is not given yet."""
    return Q(
        pk__in=Appeal.objects.ordered().values("disclosure_request"), voided_on=None
    )


#: key → which requests lie in it
# fmt: off
QUEUES: Mapping[str, Callable[[Day], Q]] = {
    "mine":       lambda day: OPEN & Q(handler__in=day.desks),
    "unit":       my_units,
    "beside":     lambda day: OPEN & beside(day.user.unit_id),
    "waiting":    lambda day: OPEN & ~Q(waiting_for=""),
    "due_soon":   lambda day: OPEN & Q(due_on__range=(day.today, day.soon)),
    "overdue":    lambda day: OPEN & Q(due_on__lt=day.today),
    "to_review":  lambda day: Q(submitted_on__isnull=False) & (OPEN | ordered()),
    "to_decide_anew": lambda day: ordered(),
    "to_serve":   lambda day: ANSWERED & UNSERVED & Q(returned_on=None),
    "to_serve_again": lambda day: RETURNED,
    "to_archive": lambda day: ANSWERED & ~UNSERVED,
}
# fmt: on


def day_of(user: Staff, deps: Dependencies, absent: Iterable[int] | None = None) -> Day:
    """`absent`: in whose stead the user acts, where that is known already."""
    today = deps.clock.today()
    if absent is None:
        found = absences.standing_in_for(user, today)
        absent = found.values_list("absent", flat=True)
    return Day(
        user=user,
        today=today,
        soon=deps.calendar.nth(today, FURTHEST),
        desks=frozenset({user.pk, *absent}),
    )


def within(
    found: QuerySet[DisclosureRequest], key: str, day: Day
) -> QuerySet[DisclosureRequest]:
    return found.filter(QUEUES[key](day))


def counts(day: Day) -> dict[str, int]:
    """Of every queue, in one statement over what lies in any of them."""
    lies_in = {key: predicate(day) for key, predicate in QUEUES.items()}
    in_any = DisclosureRequest.objects.visible_to(day.user).filter(
        reduce(or_, lies_in.values())
    )
    return in_any.aggregate(
        **{key: Count("pk", filter=where) for key, where in lies_in.items()}
    )
