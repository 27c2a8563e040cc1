"""Addresses that lead nowhere, as somebody types or an old link has them: told so, never a
fault of ours."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.urls.converters import IntConverter

from reporting.admin.when import When
from tests.pages.specimens import everything

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
KEYS = (0, int(HUGE))
WORDS = ("board", HUGE, "１", "\x00", "1/2")


def nowhere() -> Iterator[str]:
    """With a key that is none; with a word that is none, beside a key that there is."""
    for model, shown in admin.site._registry.items():
        there = model._default_manager.earliest("pk").pk
        for pattern in shown.get_urls():
            if pattern.name and pattern.pattern.converters:
                for key, word in ((k, str(k)) for k in KEYS):
                    yield from at(pattern, key, word)
                for word in WORDS:
                    yield from at(pattern, there, word)


def at(pattern, key: int, word: str) -> Iterator[str]:
    """Where that pattern takes it."""
    said = {IntConverter: key, When: 2018}
    asked = {
        name: said.get(type(kind), word)
        for name, kind in pattern.pattern.converters.items()
    }
    try:
        yield reverse(f"admin:{pattern.name}", kwargs=asked)
    except NoReverseMatch:
        return


def test_no_address_that_leads_nowhere_is_a_fault(client, deps, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(everything(deps))
    client.raise_request_exception = False
    found = {address: client.get(address).status_code for address in nowhere()}
    assert len(found) > 400
    assert {at: status for at, status in found.items() if status >= 500} == {}


@pytest.mark.parametrize(
    "asked", ["stage__exact=%00", "q=%00", "queue=%00", "topic=%00"]
)
def test_a_nul_in_a_query_is_refused(admin_client, asked):
    listed = reverse("admin:requests_app_disclosurerequest_changelist")
    assert admin_client.get(f"{listed}?{asked}").status_code == 400
