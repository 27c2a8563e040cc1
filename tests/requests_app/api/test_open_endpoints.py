"""Where no key is needed a portal may show its own: counted and logged as that portal."""

import pytest
from django.test import Client

from requests_app.models.portals import ApiCall
from tests.requests_app.api.conftest import Caller, opened

pytestmark = pytest.mark.django_db
NOBODYS = {"reference": "530000-2024-99", "query_code": "AAAABBBBCCCC"}


def looked_up(caller, times):
    """Different numbers each time, as a portal for its citizens would."""
    asked = (NOBODYS | {"reference": f"530000-2024-{n}"} for n in range(times))
    return [caller.post("lookup/", body).status_code for body in asked]


def test_by_its_key_a_portal_has_its_own_limit_and_is_logged(office, deps):
    portal, caller = opened(office, deps, per_minute=40)
    assert looked_up(caller, 45) == [404] * 40 + [429] * 5
    calls = ApiCall.objects.filter(portal=portal, route__contains="lookup")
    assert calls.count() == 41  # one row for all that were too many


def test_without_a_key_an_address_has_thirty(db):
    assert looked_up(Caller(Client(), {}), 33) == [404] * 30 + [429] * 3
    assert not ApiCall.objects.exists()


@pytest.mark.parametrize("path", ["lookup/", "deadlines/"])
def test_a_key_that_is_none_is_refused_and_not_overlooked(db, path):
    caller = Caller(Client(), {"authorization": "Bearer dpk_no"})
    assert caller.post(path, NOBODYS).status_code == 401


def test_the_calculator_counts_by_the_key_too(office, deps):
    _portal, caller = opened(office, deps, per_minute=2)
    asked = [caller.post("deadlines/", {"received": "2018-02-08"}).status_code for _ in "123"]  # fmt: skip
    assert asked == [200, 200, 429]
