from datetime import date

import pytest

from reporting.services.tree import tree_on
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency
from requests_app.services.agencies import dissolve, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(office):
    city = Agency(
        code="530100", name="昆明市人民政府", kind="government", parent=office
    )
    place(city, on=None)
    county = Agency(
        code="530102", name="五华区人民政府", kind="government", parent=city
    )
    place(county, on=None)
    return office, city, county


def test_a_path_names_all_above(family):
    assert [a.path for a in family] == [
        "/530000/", "/530000/530100/", "/530000/530100/530102/",
    ]  # fmt: skip


def test_a_move_is_dated_and_takes_the_subtree_along(family):
    office, city, county = family
    other = Agency(
        code="530300", name="曲靖市人民政府", kind="government", parent=office
    )
    place(other, on=None)
    county.parent = other
    place(county, on=date(2019, 7, 1))
    assert county.path == "/530000/530300/530102/"
    before, after = tree_on(date(2018, 12, 31)), tree_on(date(2019, 12, 31))
    assert (before.nodes[county.pk].above, after.nodes[county.pk].above) == (
        city.pk, other.pk,
    )  # fmt: skip


def test_an_agency_cannot_stand_under_its_own_subtree(family):
    office, _, county = family
    office.parent = county
    with pytest.raises(NotAllowed):
        place(office, on=date(2020, 1, 1))


def test_a_dissolved_agency_keeps_its_place_in_the_years_tree(family):
    _, city, county = family
    dissolve(county, on=date(2018, 6, 1), successor=city)
    assert tree_on(date(2018, 12, 31)).nodes[county.pk].above == city.pk


def test_a_vertical_system_reports_up_its_own_line(family):
    office, city, county = family
    county.reports_to = office
    place(county, on=date(2018, 1, 1))
    tree = tree_on(date(2018, 12, 31))
    assert (tree.area(city.pk), tree.area(office.pk)) == (
        {city.pk},
        {office.pk, city.pk, county.pk},
    )


# fmt: off
IMPOSSIBLE = {
    "moved before its last move":     lambda a, b: (place(a, on=date(2019, 7, 1)), moved(a, b, date(2019, 6, 30))),
    "dissolved before its last move": lambda a, b: (moved(a, b, date(2019, 7, 1)), dissolve(a, on=date(2019, 6, 30))),
    "dissolved twice":                lambda a, b: (dissolve(a, on=date(2019, 7, 1)), dissolve(a, on=date(2019, 7, 2))),
    "moved after its end":            lambda a, b: (dissolve(a, on=date(2019, 7, 1)), moved(a, b, date(2019, 7, 2))),
    "its own successor":              lambda a, b: dissolve(a, on=date(2019, 7, 1), successor=a),
    "a successor that is gone":       lambda a, b: (dissolve(b, on=date(2019, 6, 1)), dissolve(a, on=date(2019, 7, 1), successor=b)),
}
# fmt: on


def moved(agency, under, on):
    agency.parent = under
    place(agency, on=on)


@pytest.mark.parametrize("act", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_changes_of_the_tree_come_in_order_and_end(family, act):
    office, _, county = family
    county.name = "五华新区"
    other = Agency(code="530300", name="曲靖市", kind="government", parent=office)
    place(other, on=None)
    with pytest.raises(NotAllowed):
        act(county, other)
    county.refresh_from_db()
    assert [p.until_on is None for p in county.placements.all()].count(True) <= 1
