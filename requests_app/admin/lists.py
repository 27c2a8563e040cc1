"""The list of requests: a queue or all, with the state of each, and what is filtered as a
file."""

from datetime import date
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList
from wireup import Injected
from wireup.integration.django import inject

from requests_app.admin.menu import TITLES
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
        return chosen(request, queryset, self.value())


@inject
def chosen(request, found, key: str | None, deps: Injected[Dependencies]):
    if key not in queues.QUEUES:
        return found
    return queues.within(found, key, user=request.user, deps=deps)


class StatedList(ChangeList):
    """Reads the calendar once for the whole page."""

    def get_results(self, request) -> None:
        super().get_results(request)
        key = request.GET.get("queue")
        beside = request.user.unit_id if key == "beside" else None
        self.result_list: Any = stated(list(self.result_list), beside)
        if key == "to_decide_anew":
            self.result_list = to_decide_anew(self.result_list)
        if key in TITLES:
            self.title = TITLES[key]


@inject
def stated(requests: list, beside: int | None, deps: Injected[Dependencies]) -> list:
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


@inject
def to_decide_anew(requests: list, deps: Injected[Dependencies]) -> list:
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
