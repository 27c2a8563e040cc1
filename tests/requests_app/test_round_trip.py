"""A log read back from the database is the log that was recorded."""

import pytest
from hypothesis import HealthCheck, given, settings

from requests_app.domain import lifecycle
from requests_app.domain.events import Received, Registered
from requests_app.models import DisclosureRequest
from requests_app.services import standings
from requests_app.services.history import History, record_history
from tests.law.logs import as_event, logs

pytestmark = pytest.mark.django_db


@given(logs())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_folding_after_the_database_is_folding_before_it(office, deps, log):
    received_on, told = log
    events = [Received(on=received_on), *(as_event(*entry) for entry in told)]
    row = History(agency=office, events=tuple(events), number_year=received_on.year)
    (made,) = record_history([row], by=None, deps=deps)
    read = DisclosureRequest.objects.get(pk=made.pk)
    received, *later = events
    registered = Registered(on=received_on, number=made.number)
    in_memory = lifecycle.standing([received, registered, *later], deps.calendar)
    assert standings.read(read, deps) == in_memory
    assert list(standings.rebuild(write=False, deps=deps)) == []
