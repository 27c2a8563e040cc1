"""本级 against 本级及所辖: what an office alone has is not more than what its area has."""

import pytest

from reporting.services import editions, filing
from reporting.services.editions import Which
from requests_app.domain.regimes import NotAllowed
from tests.reporting.conftest import member
from tests.reporting.test_editions import enter, late

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(office):
    return member(office, "office_head")


@pytest.fixture
def own(office):
    return Which(office, 2018, "national_2018", "own")


@pytest.fixture
def area(own):
    return own._replace(scope="area")


def doubts(which, deps):
    _tally, content = editions.counted(which, deps)
    return [
        (f["level"], f["where"]["line"], f["left"], f["right"])
        for f in content["findings"]
        if f["rule"] == "own_over_area"
    ]


def hand_up(which, head, deps):
    return filing.submit(which, by=head, deps=deps)


def test_an_office_within_its_area_is_not_doubted(own, area, letters, head, statistics):
    assert doubts(own, statistics) == doubts(area, statistics) == []
    hand_up(area, head, statistics)
    assert doubts(own, statistics) == []


def test_an_office_beyond_what_its_area_has_handed_up(
    own, area, letters, head, statistics, deps
):
    hand_up(area, head, statistics)
    late(own.agency, deps, channel="fax")
    assert doubts(own, statistics) == []
    late(own.agency, deps, channel="fax")
    assert doubts(own, statistics) == [
        ("soft", "3.1", 4, 3), ("soft", "3.1.2", 2, 1), ("soft", "3.2", 4, 3),
        ("soft", "3.2.1", 4, 3), ("soft", "3.3", 4, 3), ("soft", "3.3.2", 4, 3),
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="own_over_area 须说明"):
        hand_up(own, head, statistics)


def test_an_area_below_what_its_office_has_handed_up(
    own, area, letters, head, statistics
):
    figure = enter(own.agency, "8.1", 5)
    hand_up(own, head, statistics)
    figure.value = 4
    figure.save()
    assert doubts(area, statistics) == [("soft", "8.1", 5, 4)]


def test_a_report_that_was_sent_back_is_held_against_nothing(
    own, area, letters, head, statistics
):
    figure = enter(own.agency, "8.1", 5)
    edition = hand_up(own, head, statistics)
    filing.send_back(edition, remarks=[], reason="改数", by=head, deps=statistics)
    figure.value = 4
    figure.save()
    assert doubts(area, statistics) == []
