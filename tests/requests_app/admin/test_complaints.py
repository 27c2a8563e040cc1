"""举报投诉 on its pages: listed, registered, concluded, taken back."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import Agency, Complaint
from requests_app.services.agencies import place
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
ADD = "admin:requests_app_complaint_add"
TOLD = {
    "received_on": "2018-03-01",
    "about": "on_request",
    "text": "逾期未答复",
    "key": "k",
}


def of(agency, *roles):
    user = member(agency, *roles)
    user.is_staff = True
    user.save()
    client = Client()
    client.force_login(user)
    return client


def at(name, *args):
    return reverse(f"admin:requests_app_complaint_{name}", args=args)


@pytest.fixture
def clerk(office):
    return of(office, "intake_clerk")


def test_from_registration_to_conclusion_and_back(office, clerk):
    for _ in "12":  # a double click
        answer = clerk.post(reverse(ADD), TOLD | {"agency": office.pk})
    complaint = Complaint.objects.get()
    assert answer.url == at("change", complaint.pk)
    told = {"on": "2018-03-20", "result": "found", "text": "责令改正"}
    clerk.post(at("conclude", complaint.pk), told)
    complaint.refresh_from_db()
    assert (complaint.concluded_on, complaint.result) == (date(2018, 3, 20), "found")
    page = clerk.get(at("change", complaint.pk)).content.decode()
    assert "责令改正" in page and at("conclude", complaint.pk) not in page
    clerk.post(at("void", complaint.pk, 1), {"text": "误登"})
    complaint.refresh_from_db()
    assert complaint.voided_on is not None


def test_a_refusal_is_told_on_the_page_with_what_was_typed(office, clerk):
    answer = clerk.post(
        reverse(ADD), TOLD | {"agency": office.pk, "received_on": "2099-01-01"}
    )
    page = answer.content.decode()
    assert ("不能晚于今天" in page, "逾期未答复" in page, Complaint.objects.count()) == (
        True, True, 0,
    )  # fmt: skip


def test_who_may_what(office, clerk):
    clerk.post(reverse(ADD), TOLD | {"agency": office.pk})
    complaint = Complaint.objects.get()
    elsewhere = Agency(code="440000", name="别省", kind="government")
    place(elsewhere, on=None)
    pages = [
        at("change", complaint.pk), at("conclude", complaint.pk), reverse(ADD),
    ]  # fmt: skip
    answers = {
        name: [client.get(page).status_code for page in pages]
        for name, client in {
            "clerk": clerk,
            "reviewer": of(office, "reviewer"),
            "stranger": of(elsewhere, "handler"),
        }.items()
    }
    assert answers == {
        "clerk": [200, 200, 200],
        "reviewer": [200, 403, 403],
        "stranger": [404, 404, 200],
    }
    stranger = of(elsewhere, "handler")
    answer = stranger.post(reverse(ADD), TOLD | {"agency": office.pk, "key": "other"})
    assert (answer.status_code, Complaint.objects.count()) == (200, 1)
