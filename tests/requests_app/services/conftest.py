"""An office that writes letters, on 2026-03-20."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Group

from requests_app.domain.events import ConfidentialityReviewed, Reviewed
from requests_app.models import LetterNumbering, RemedyBody, Staff
from requests_app.services.recording import record
from tests.fakes import FixedClock
from tests.requests_app.services.drafting import asked_for


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def deps(deps):
    return replace(deps, clock=FixedClock.on("2026-03-20"))


@pytest.fixture
def numbered(office):
    return LetterNumbering.objects.create(agency=office, word="云府")


@pytest.fixture
def bodies(office):
    return RemedyBody.objects.create(
        agency=office,
        from_on=date(2024, 1, 1),
        review_body="云南省人民政府",
        court="昆明市中级人民法院",
    )


@pytest.fixture
def handler(office):
    user = Staff.objects.create_user("handler", agency=office)
    user.groups.add(Group.objects.get(name="office_head"))
    return user


@pytest.fixture
def found(office, deps):
    return asked_for(office, deps, date(2026, 3, 2))


@pytest.fixture
def fresh(office, deps):
    """Received so lately that a supplement may still be asked for (第三十条)."""
    return asked_for(office, deps, date(2026, 3, 19))


@pytest.fixture
def reviewed(found, deps):
    looked = ConfidentialityReviewed(on=date(2026, 3, 20), conclusion="publish")
    record(found, looked, by=None, deps=deps)
    return record(found, Reviewed(on=date(2026, 3, 20)), by=None, deps=deps)
