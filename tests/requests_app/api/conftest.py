"""A portal of one office, its key, and a way to call the API with it."""

import copy
import json
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest
from django.test import Client
from wireup.integration.django import get_app_container

from requests_app.api.bodies import FORM
from requests_app.dependencies import Dependencies
from requests_app.models import Agency, Portal
from requests_app.services import portals
from requests_app.services.agencies import place
from tests.fakes import FixedClock


@dataclass
class Caller:
    client: Client
    headers: dict

    def get(self, path, **headers):
        return self.client.get(f"/api/v1/{path}", headers=self.headers | headers)

    def post(self, path, body, **headers):
        return self.client.post(
            f"/api/v1/{path}",
            json.dumps(body),
            content_type="application/json",
            headers=self.headers | headers,
        )

    def create(self, body, key="k1"):
        return self.post("requests/", body, **{"idempotency-key": key})


def opened(office, deps, name="省政府门户", **options):
    portal, key = portals.create(name=name, codes=[office.code], deps=deps, **options)
    return portal, Caller(Client(), {"authorization": f"Bearer {key}"})


@pytest.fixture
def portal(office, deps) -> Caller:
    return opened(office, deps)[1]


@pytest.fixture
def other_portal(office, deps) -> Caller:
    return opened(office, deps, name="小程序")[1]


@pytest.fixture
def account(portal) -> Portal:
    return Portal.objects.get(name="省政府门户")


@pytest.fixture
def elsewhere(office):
    other = Agency(code="990000", name="别省人民政府", kind="government")
    place(other, on=None)
    return other


@pytest.fixture
def form():
    return copy.deepcopy(FORM) | {"submitted_at": "2024-11-04T09:30:00+08:00"}


@pytest.fixture
def calendar_day(deps):
    """Sets the day on which the API believes itself to be."""
    with ExitStack() as stack:

        def on(day):
            fixed = replace(deps, clock=FixedClock.on(day))
            override = get_app_container().override
            stack.enter_context(override({Dependencies: fixed}))
            return fixed

        yield on
