"""A report as it was handed up or signed, for the installation above."""

import pytest

from reporting.services import filing, handing_up
from reporting.services.editions import Which
from tests.reporting.api.test_reports import staff
from tests.reporting.conftest import member
from tests.requests_app.api.conftest import opened

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/reports/2018/edition/?agency=530000"


@pytest.fixture
def submitted(office, letters, statistics):
    which = Which(office, 2018, "national_2018", "area")
    head = member(office, "office_head", "statistician")
    return head, filing.submit(which, by=head, deps=statistics)


def about(office):
    return staff(office).get(ADDRESS).json()["edition"]


def test_until_it_is_handed_up_there_is_none(office, letters):
    assert staff(office).get(ADDRESS).status_code == 404


def test_handed_up_it_is_told_without_a_signature(office, submitted):
    told = about(office)
    assert [told[k] for k in ("number", "state", "digest", "signed_by", "files")] == [
        1, "submitted", "", None, [],
    ]  # fmt: skip


def test_published_it_says_who_signed_and_how_it_is_known(
    office, submitted, statistics
):
    head, edition = submitted
    edition = filing.sign(edition, by=head, deps=statistics)
    edition = filing.publish(edition, by=head, deps=statistics)
    told = staff(office).get(ADDRESS).json()
    [file] = edition.files.all()
    assert told == {
        **handing_up.outward(edition.content),
        "edition": {
            "number": 1,
            "state": "published",
            "as_of": "2019-01-10T09:00:00+08:00",
            "release": "test",
            "sha256": handing_up.sha256(told),
            "digest": edition.digest,
            "signed_by": head.get_username(),
            "signed_at": "2019-01-10T09:00:00+08:00",
            "files": [{"ending": ".csv", "sha256": file.sha256}],
        },
    }


# fmt: off
NAMED = [
    # operations of the portal, whether it is told who signed
    ((), False),
    (("reports",), False),
    (("reports", "collect"), True),
]
# fmt: on


@pytest.mark.parametrize(("operations", "is_told"), NAMED)
def test_who_signed_is_told_to_the_superior_and_not_to_portals(
    office, submitted, statistics, deps, operations, is_told
):
    head, edition = submitted
    filing.sign(edition, by=head, deps=statistics)
    _portal, caller = opened(office, deps, operations=operations)
    told = caller.get("reports/2018/edition/?agency=530000").json()["edition"]
    assert told == {
        **about(office), "signed_by": head.get_username() if is_told else None,
    }  # fmt: skip


def test_who_explained_what_is_not_for_callers(office, submitted, statistics):
    """Names of staff and their words stay with those who review the report."""
    head, edition = submitted
    edition.content["explanations"] = [{"text": "王处长已核", "given_by": "王处长"}]
    edition.save()
    filing.sign(edition, by=head, deps=statistics)
    addresses = (ADDRESS, "/api/v1/reports/2018/?agency=530000")
    answers = [staff(office).get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert ["explanations" in a.json() or "王处长" in a.text for a in answers] == [
        False, False,
    ]  # fmt: skip
