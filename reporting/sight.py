"""The bridge's other lane: what a user sees of a year, counted in one statement.

Beside `facts`, which counts what a form counts: here every number is the length of a list
that the user may open, whatever form is in force.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    CharField,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import ExtractMonth, ExtractYear

from reporting.facts import appeals_matching, days_of
from requests_app.models.agencies import Agency
from requests_app.models.appeals import Appeal
from requests_app.models.requests import DisclosureRequest

NOUGHT = Value(0, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Row:
    """One group of one part: `place` is a month, an agency or a year."""

    part: str  # received, concluded, closed, agency, appeals, years, tree
    place: int | None
    one: str  # channel; timeliness; result; an agency's name
    two: str  # outcome; its path
    numbers: tuple[int | None, ...]


def seen(model, user) -> QuerySet:
    """Within sight; who sees all is asked for no list of agencies."""
    found = model.objects.all() if user.is_superuser else model.objects.visible_to(user)
    return found if model is Appeal else found.filter(voided_on=None)


def of_year(user, year: int, today: date) -> Iterator[Row]:
    """received, closed: (month, channel). concluded: (month, timeliness, outcome). agency:
    received, concluded in the year, open, overdue today. appeals: by the result at the year's end.
    years: the first and the last in which anything was received. tree: the agencies."""
    requests = seen(DisclosureRequest, user)
    new, closed = (
        Q(received_on__range=days_of(year)),
        Q(replied_on__range=days_of(year)),
    )
    open_ = Q(replied_on=None)
    received, concluded = requests.filter(new), requests.filter(closed)
    parts = [
        part("received", received, ExtractMonth("received_on"), "channel"),
        part("concluded", concluded, ExtractMonth("replied_on"), "timeliness", "outcome"),
        part("closed", concluded, ExtractMonth("replied_on"), "channel"),
        part(
            "agency", requests.filter(new | closed | open_), F("agency_id"),
            numbers=(new, closed, open_, open_ & Q(due_on__lt=today)),
        ),
        part("appeals", appeals(user, year), NOUGHT, "result_then"),
        years(user),
        tree(user),
    ]  # fmt: skip
    first, *others = parts
    for name, place, one, two, *numbers in first.union(*others, all=True):
        yield Row(name, place, one, two, tuple(numbers))


def appeals(user, year: int) -> QuerySet[Appeal]:
    return appeals_matching({}, year).filter(pk__in=seen(Appeal, user).values("pk"))


def part(
    name: str, found: QuerySet, place, one="", two="", numbers: tuple[Q, ...] = (Q(),)
) -> QuerySet:
    """GROUP BY place, one and two; every part has the same eight columns."""
    columns = {"one": F(one) if one else word(""), "two": F(two) if two else word("")}
    grouped = found.order_by().annotate(part=word(name), place=place, **columns)
    counted = {f"n{n}": Count("pk", filter=which) for n, which in enumerate(numbers)}
    rest = {f"n{n}": NOUGHT for n in range(len(numbers), 4)}
    return grouped.values_list("part", "place", "one", "two").annotate(
        **counted, **rest
    )


def word(said: str) -> Value:
    return Value(said, output_field=CharField())


def years(user) -> QuerySet:
    """Agency by agency, which the index on (agency, day of receipt) answers at its two
    ends; over all requests at once it would read every one."""
    received = DisclosureRequest.objects.filter(agency=OuterRef("pk"), voided_on=None)
    return (
        Agency.objects.visible_to(user)
        .order_by()
        .annotate(
            part=word("years"),
            first=Subquery(received.order_by("received_on").values("received_on")[:1]),
            last=Subquery(received.order_by("-received_on").values("received_on")[:1]),
        )
        .values_list("part")
        .annotate(
            place=ExtractYear(Min("first")), one=word(""), two=word(""),
            n0=ExtractYear(Max("last")), n1=NOUGHT, n2=NOUGHT, n3=NOUGHT,
        )
    )  # fmt: skip


def tree(user) -> QuerySet:
    """Every agency in sight: its key, name and path, and the key of the one above."""
    return (
        Agency.objects.visible_to(user)
        .order_by()
        .annotate(
            part=word("tree"), place=F("pk"), one=F("name"), two=F("path"),
            n0=F("parent_id"), n1=NOUGHT, n2=NOUGHT, n3=NOUGHT,
        )
        .values_list("part", "place", "one", "two", "n0", "n1", "n2", "n3")
    )  # fmt: skip
