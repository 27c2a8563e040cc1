"""People of one office and what they see: each signed in on a client of their own."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wireup.integration.django import get_app_container

from requests_app.dependencies import Dependencies
from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.recording import register
from tests.fakes import FixedClock


@pytest.fixture
def at(deps):
    """`at(day)`: the pages are served on that day from then on, with what is given."""
    with ExitStack() as stack:

        def day(on: str, **given) -> Dependencies:
            then = replace(deps, clock=FixedClock.on(on), **given)
            override = get_app_container().override
            stack.enter_context(override({Dependencies: then}))
            return then

        yield day


@pytest.fixture
def person(office):
    def made(name: str, *roles: str, agency=office):
        user = get_user_model().objects.create_user(
            name, password="x", is_staff=True, agency=agency, last_name=name
        )
        user.groups.set(Group.objects.filter(name__in=roles))
        return user

    return made


@pytest.fixture
def signed_in(person):
    def client(name: str, *roles: str, **options) -> Client:
        client = Client()
        client.user = person(name, *roles, **options)
        client.force_login(client.user)
        return client

    return client


@pytest.fixture
def elsewhere(office):
    other = Agency(code="990000", name="别省人民政府", kind="government")
    place(other, on=None)
    return other


@pytest.fixture
def letter(office, at):
    """Received on 2024-09-10, due on 2024-10-14."""
    return register(
        agency=office,
        received_on=date(2024, 9, 10),
        subject="征地批复",
        channel="post",
        by=None,
        deps=at("2024-09-11"),
    )
