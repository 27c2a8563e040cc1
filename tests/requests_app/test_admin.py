"""Who sees what, and that nobody types what the log decides."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from requests_app.models import Agency
from requests_app.services.agencies import place
from requests_app.services.recording import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(office):
    other = Agency(code="990000", name="别省人民政府", kind="government")
    place(other, on=None)
    return other


def page_of(request):
    return reverse("admin:requests_app_disclosurerequest_change", args=[request.pk])


@pytest.fixture
def clerk(client, office):
    user = get_user_model().objects.create_user(
        "clerk", password="x", is_staff=True, agency=office
    )
    client.force_login(user)
    return client


def test_a_clerk_reads_the_request_with_its_log(clerk, office, deps):
    made = register(agency=office, received_on=date(2026, 11, 2), by=None, deps=deps)
    answer = clerk.get(page_of(made))
    assert answer.status_code == 200
    assert "登记" in answer.content.decode()
    assert 'name="due_on"' not in answer.content.decode()


def test_a_request_of_another_agency_is_out_of_sight(clerk, elsewhere, deps):
    made = register(agency=elsewhere, received_on=date(2026, 11, 2), by=None, deps=deps)
    listed = clerk.get(reverse("admin:requests_app_disclosurerequest_changelist"))
    assert made.number not in listed.content.decode()
    assert clerk.get(page_of(made)).status_code == 404


@pytest.mark.parametrize("model", ["disclosurerequest", "appeal", "agency"])
def test_the_lists_open_empty(clerk, model):
    answer = clerk.get(reverse(f"admin:requests_app_{model}_changelist"))
    assert answer.status_code == 200
