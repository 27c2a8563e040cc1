"""Who is at a page: found with agency and roles in one statement, and only while they work
here."""

import pytest
from django.contrib.auth.models import Group

from requests_app.models import Staff
from requests_app.services.backend import StaffBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(office):
    def made(*roles, **details):
        user = Staff.objects.create_user("clerk", agency=office, **details)
        user.groups.add(*(Group.objects.get(name=role) for role in roles))
        return user

    return made


@pytest.mark.parametrize("roles", [[], ["handler"], ["handler", "reviewer"]])
def test_one_statement_finds_user_agency_and_roles(
    clerk, office, roles, django_assert_num_queries
):
    pk = clerk(*roles).pk
    with django_assert_num_queries(1):
        found = StaffBackend().get_user(pk)
        told = (found.pk, found.agency.name, found.roles, found.has_role("handler"))
    assert told == (pk, office.name, frozenset(roles), "handler" in roles)


def test_who_left_and_who_never_was_are_nobody(clerk):
    left = clerk("handler", is_active=False)
    assert [StaffBackend().get_user(pk) for pk in (left.pk, 0)] == [None, None]
