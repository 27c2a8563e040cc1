"""A list that no sheet holds: told with what to do instead, and nothing half sent."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from requests_app.admin import workbooks
from requests_app.models import Appeal

pytestmark = pytest.mark.django_db
REQUESTS = "admin:requests_app_disclosurerequest_"
APPEALS = "admin:requests_app_appeal_"
TOLD = "超过 1 行，一张 XLSX 表容不下"


@pytest.fixture
def clerk(signed_in):
    return signed_in("clerk", "handler")


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 1)


def test_the_requests_lead_back_to_their_list_as_filtered(clerk, letter):
    url = reverse(REQUESTS + "export", args=["xlsx"])
    answer = clerk.get(url, {"channel__exact": "post"}, follow=True)
    listed = reverse(REQUESTS + "changelist") + "?channel__exact=post"
    assert answer.redirect_chain == [(listed, 302)]
    assert TOLD in unescape(answer.content.decode())
    csv = clerk.get(reverse(REQUESTS + "export", args=["csv"]))
    assert "征地批复" in b"".join(csv.streaming_content).decode()


def test_the_appeals_too(clerk, letter, office):
    Appeal.objects.create(
        agency=office, disclosure_request=letter, procedure="litigation_direct",
        filed_on=date(2024, 5, 6), result="pending",
    )  # fmt: skip
    answer = clerk.get(reverse(APPEALS + "export"), follow=True)
    assert answer.redirect_chain == [(reverse(APPEALS + "changelist") + "?", 302)]
    assert TOLD in unescape(answer.content.decode())
