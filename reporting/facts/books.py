"""What stands on a year's books, as querysets: the very rows that a cell counts."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, Q, QuerySet, Value, When

from reporting.period import Span, period
from reporting.tables import Condition
from requests_app.domain.vocabulary import AppealResult, Entry, Exit
from requests_app.models.appeals import Appeal
from requests_app.models.complaints import Complaint
from requests_app.models.requests import DisclosureRequest

REQUEST_DIMENSIONS = ("channel", "applicant_kind", "timeliness", "outcome")
APPEAL_DIMENSIONS = ("procedure", "result")
REVIEW = "review"  # of appeals, of doubts alone: whether review was skipped
DIMENSIONS = (*REQUEST_DIMENSIONS, *APPEAL_DIMENSIONS)
COLUMNS = {"result": "result_then"}  # a dimension → its column, where named otherwise


def days_of(when: Span) -> tuple[date, date]:
    """The first and the last day counted."""
    counted = period(when)
    return counted.start, counted.end


def on_the_books(when: Span) -> Q:
    """What the year had to deal with: there by its end, not concluded before it."""
    start, end = days_of(when)
    return Q(received_on__lte=end) & (Q(replied_on=None) | Q(replied_on__gte=start))


def ways(condition: Condition, when: Span) -> Q:
    """The `entry` and `exit` parts of a condition: of what is on the books one cut by
    the day of receipt, one by the day of reply."""
    start, end = days_of(when)
    cuts = {
        Entry.NEW: Q(received_on__gte=start),
        Entry.CARRIED_IN: Q(received_on__lt=start),
        Exit.CLOSED: Q(replied_on__lte=end),
        Exit.CARRIED_OUT: Q(replied_on=None) | Q(replied_on__gt=end),
    }
    chosen = Q()
    for dimension in ("entry", "exit"):
        admitted = sorted(condition.get(dimension, ()))
        chosen &= reduce(or_, [cuts[value] for value in admitted], Q())
    return chosen


def requests_matching(condition: Condition, when: Span) -> QuerySet[DisclosureRequest]:
    """The very requests that a cell counts."""
    return DisclosureRequest.objects.filter(
        on_the_books(when),
        among(condition, REQUEST_DIMENSIONS) & ways(condition, when),
        voided_on=None,
    )


def concerned(
    source: str, condition: Condition, when: Span, agencies: Collection[int]
) -> Iterator[tuple[int, int, str]]:
    """(agency, key, name) of the requests or appeals that a doubt is about, by agency in the
    order received or filed."""
    found = MATCHING[source](condition, when).filter(agency__in=agencies)
    name, day = NAMES[source]
    rows = found.order_by("agency_id", day, "pk")
    for agency_id, key, named, on in rows.values_list(
        "agency_id", "pk", name, day
    ).iterator():
        yield agency_id, key, named or str(on)


def appeals_matching(
    condition: Condition, when: Span, agencies: Collection[int] | None = None
) -> QuerySet[Appeal]:
    """The very cases that a cell counts, of these agencies or of all: each dispute once,
    with its result by then."""
    start, end = days_of(when)
    on_the_books = Q(filed_on__lte=end) & (
        Q(decided_on=None) | Q(decided_on__gte=start)
    )
    result_then = Case(
        When(decided_on__lte=end, then="result"), default=Value(AppealResult.PENDING)
    )
    found = Appeal.objects.filter(on_the_books).without_co_defendants()
    if REVIEW in condition:
        found = found.judged()
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    return (
        found.last_instance_by(end, agencies)
        .annotate(result_then=result_then)
        .filter(among(condition, (*APPEAL_DIMENSIONS, REVIEW)))
    )


def orders_untold(when: Span, agencies: Collection[int]) -> Iterator[tuple[int, str]]:
    """(key, name) of the cases corrected in the year of which nobody has told whether the
    decision orders anything."""
    found = Appeal.objects.orders_untold().filter(
        agency__in=agencies, decided_on__range=days_of(when)
    )
    return ((case.pk, str(case)) for case in found.order_by("decided_on", "pk"))


def complaints_matching(_condition: Condition, when: Span) -> QuerySet[Complaint]:
    """Those received in the year; no form asks more of them."""
    return Complaint.objects.filter(received_on__range=days_of(when), voided_on=None)


MATCHING: Mapping[str, Callable[[Condition, Span], QuerySet]] = {
    "requests": requests_matching,
    "appeals": appeals_matching,
    "complaints": complaints_matching,
}
#: what a finding calls a row by, and the day by which it orders them
NAMES = {
    "requests": ("reference", "received_on"),
    "appeals": ("case_number", "filed_on"),
}
MODELS = {"requests": DisclosureRequest, "appeals": Appeal, "complaints": Complaint}


def with_keys(source: str, keys: QuerySet | Collection[int]) -> QuerySet:
    """The rows that a signed report froze, by their keys."""
    return MODELS[source].objects.filter(pk__in=keys)


def among(condition: Condition, dimensions: Collection[str]) -> Q:
    return Q(
        **{
            f"{COLUMNS.get(d, d)}__in": sorted(v)
            for d, v in condition.items()
            if d in dimensions
        }
    )


def agencies_with_complaints(when: Span) -> set[int]:
    found = complaints_matching({}, when).order_by()
    return set(found.values_list("agency_id", flat=True).distinct())


def agencies_with_a_log(when: Span) -> set[int]:
    """Agencies with a request on the year's books or an appeal filed or decided in it."""
    return {
        agency_id
        for rows in logged(when)
        for agency_id in rows.order_by().values_list("agency_id", flat=True).distinct()
    }


def has_a_log(agency_id: int, when: Span) -> bool:
    return any(rows.filter(agency=agency_id).exists() for rows in logged(when))


def logged(when: Span) -> tuple[QuerySet, QuerySet]:
    """Requests on the year's books; appeals filed or decided in it."""
    start, end = days_of(when)
    filed_or_decided = Q(filed_on__range=(start, end)) | Q(
        decided_on__range=(start, end)
    )
    return requests_matching({}, when), Appeal.objects.filter(filed_or_decided)


def agencies_on_the_books(when: Span) -> set[int]:
    """Agencies with a request or an appeal that the year's tables count."""
    return {
        agency_id
        for found in (requests_matching({}, when), appeals_matching({}, when))
        for agency_id in found.order_by().values_list("agency_id", flat=True).distinct()
    }
