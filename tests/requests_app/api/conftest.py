"""A portal of one office, its key, and a way to call the API with it."""

import copy
import json
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.test import Client
from wireup.integration.django import get_app_container

from requests_app.adapters.couriers import SortingCourier
from requests_app.adapters.webhooks import WebhookCourier
from requests_app.api.bodies import FORM
from requests_app.dependencies import Dependencies
from requests_app.models import Agency, DisclosureRequest, Portal
from requests_app.services import callbacks, portals
from requests_app.services.agencies import place
from tests.fakes import FixedClock, Postbox
from tests.receiver import listening


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


LOCAL = [ip_network("127.0.0.0/8")]


@pytest.fixture
def receiver():
    with listening() as receiver:
        yield receiver


@pytest.fixture
def called(office, deps, receiver):
    """A portal with a callback, what sends to it, and its secret."""
    portal, caller = opened(office, deps)
    secret = callbacks.set_url(portal, receiver.url, deps=deps)
    courier = SortingCourier(Postbox(), callback=WebhookCourier(deps.clock, LOCAL))
    sending = replace(deps, courier=courier)
    return portal, caller, sending, secret


@pytest.fixture
def made(called, calendar_day):
    calendar_day("2026-11-24")
    _, caller, *_ = called
    caller.create(FORM)
    return DisclosureRequest.objects.get()


def later(deps, **passed):
    return replace(deps, clock=FixedClock(deps.clock.now() + timedelta(**passed)))
