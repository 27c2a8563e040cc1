"""Is a signed report still what was signed?"""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reporting.services import filing
from reporting.services.editions import Which
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(office, letters, statistics):
    head = member(office, "office_head")
    which = Which(office, 2018, "national_2018", "area")
    edition = filing.submit(which, by=head, deps=statistics)
    return filing.sign(edition, by=head, deps=statistics)


def verified(key):
    out = StringIO()
    call_command("verify_report", str(key), stdout=out)
    return out.getvalue()


def test_as_signed_it_is_told_with_the_software_that_signed_it(signed):
    told = verified(signed.pk)
    assert "与签发时一致 (as signed)" in told
    assert "软件版本 test (release)" in told
    assert "签发后账上有变动 0 件" in told


def test_one_that_is_not_there(signed):
    with pytest.raises(CommandError, match="no such report"):
        verified(signed.pk + 1)
