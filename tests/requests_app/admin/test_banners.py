"""What stands at the head of every page leads on only whom it lets."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.reporting.admin.test_editions import text

pytestmark = pytest.mark.django_db
LOADING = reverse("admin:requests_app_calendarnotice_add")


@pytest.mark.parametrize("leads", [True, False])
def test_a_missing_calendar_is_told_to_all_and_loaded_by_who_may(signed_in, at, leads):
    at("2026-11-05")
    client = signed_in("王", "intake_clerk")
    get_user_model().objects.filter(pk=client.user.pk).update(is_superuser=leads)
    page = text(client.get(reverse("admin:index")))
    assert "2027年放假安排尚未载入" in page
    assert (f'href="{LOADING}"' in page) == leads
    assert (client.get(LOADING).status_code == 200) == leads
