"""The list of requests: a queue or all, with the state of each, and what is filtered as a
file."""

from datetime import date
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList

from requests_app.admin.menu import TITLES
from requests_app.admin.once import dependencies
from requests_app.admin.states import co_state, owed, state
from requests_app.dependencies import Dependencies
from requests_app.domain.respondent import DISCLOSURE_ORDERED
from requests_app.models import Appeal
from requests_app.models.requests import inner_due_on
from requests_app.services import queues


class QueueFilter(SimpleListFilter):
    title = _("待办")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return list(TITLES.items())

    def queryset(self, request, queryset):
        if self.value() not in queues.QUEUES:
            return queryset
        deps = dependencies(request)
        return queues.within(queryset, self.value(), user=request.user, deps=deps)


class FirstPage(Paginator):
    """What fits on the first page is counted by fetching it: searched for once."""

    @cached_property
    def few(self) -> list:
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def count(self) -> int:
        return (
            len(self.few)
            if len(self.few) <= self.per_page
            else self.object_list.count()
        )

    def page(self, number):
        return Page(self.few[: self.per_page], 1, self)


class StatedList(ChangeList):
    """Reads the calendar once for the whole page."""

    def get_results(self, request) -> None:
        super().get_results(request)
        key = request.GET.get("queue")
        beside = request.user.unit_id if key == "beside" else None
        deps = dependencies(request)
        first = isinstance(self.paginator, FirstPage)
        rows = self.paginator.page(1) if first else self.result_list
        self.result_list: Any = stated(list(rows), beside, deps)
        if key == "to_decide_anew":
            self.result_list = to_decide_anew(self.result_list, deps)


def stated(requests: list, beside: int | None, deps: Dependencies) -> list:
    """How each stands; for a unit that helps, by the inner day that it was given."""
    today = deps.clock.today()
    for one in requests:
        inner = inner_due_on(one, beside)
        one.state = (
            co_state(inner, today, deps.calendar)
            if inner
            else state(one, today, deps.calendar)
        )
    return requests


def to_decide_anew(requests: list, deps: Dependencies) -> list:
    """With the day by which the decision orders it, not the reply's."""
    today = deps.clock.today()
    due: dict[int, date] = {}
    for case in Appeal.objects.ordered().filter(disclosure_request__in=requests):
        for duty, on in case.duties(deps.calendar):
            if duty is DISCLOSURE_ORDERED:
                due[case.disclosure_request_id] = min(
                    on, due.get(case.disclosure_request_id, on)
                )
    for one in requests:
        one.state = owed(due[one.pk], today, deps.calendar)
    return requests
