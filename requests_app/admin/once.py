"""What several parts of a page ask for is read once for the request."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, FilteredRelation, Func, Q, Subquery
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.dependencies import Dependencies
from requests_app.models import Agency, Appeal, Staff
from requests_app.services import queues


@dataclass(frozen=True, slots=True)
class InStead:
    """Somebody who is away, in whose stead the reader acts."""

    absent: int
    name: str
    until_on: date


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands at the margin of every page."""

    demonstration: bool
    owed: int = 0  # appeals in which an answer or a performance is owed
    standing_in: tuple[InStead, ...] = ()


def dependencies(request) -> Dependencies:
    """The menu and the banners count by one calendar."""
    if not hasattr(request, "dependencies"):
        request.dependencies = given()
    return request.dependencies


@inject_app
def given(deps: Injected[Dependencies]) -> Dependencies:
    return deps


def day(request) -> queues.Day:
    """The menu counts, and the list shows, by one day."""
    if not hasattr(request, "day"):
        absent = [one.absent for one in margin(request).standing_in]
        request.day = queues.day_of(request.user, dependencies(request), absent)
    return request.day


def margin(request) -> Margin:
    if not hasattr(request, "margin"):
        user = getattr(request, "user", None)
        request.margin = read(user, dependencies(request).clock.today())
    return request.margin


#: of an absence in which the user stands in: what `InStead` and its check ask for
ABSENT = (
    "now__absent",
    "now__absent__agency",
    "now__until_on",
    "now__absent__last_name",
    "now__absent__first_name",
    "now__absent__username",
)


def read(user, today: date) -> Margin:
    """In one statement, on the sign-in page too: a row for each whom the user stands in
    for, and one where there is none."""
    demonstration = Agency.objects.filter(demonstration=True)
    if user is None or not user.is_authenticated:
        return Margin(demonstration.exists())
    cases = Appeal.objects.visible_to(user).with_duties().order_by()
    owed = cases.annotate(number=Func(F("pk"), function="COUNT")).values("number")
    told = Staff.objects.filter(pk=user.pk).annotate(now=standing_in(today))
    rows = list(
        told.order_by("now__until_on", "now__pk").values_list(
            Exists(demonstration), Subquery(owed), *ABSENT
        )
    )
    is_demonstration, number, *_ = rows[0]
    absent = in_stead((row[2:] for row in rows), user)
    return Margin(is_demonstration, number, tuple(absent))


def standing_in(today: date) -> FilteredRelation:
    """As `services.absences.standing_in_for`, joined."""
    return FilteredRelation(
        "standing_in",
        condition=Q(
            standing_in__withdrawn_at=None,
            standing_in__from_on__lte=today,
            standing_in__until_on__gte=today,
        ),
    )


def in_stead(rows: Iterable[tuple], user) -> Iterator[InStead]:
    for absent, agency, until_on, last_name, first_name, username in rows:
        if absent is not None and agency == user.agency_id:
            who = Staff(last_name=last_name, first_name=first_name, username=username)
            yield InStead(absent=absent, name=str(who), until_on=until_on)
