"""Agencies moved, merged and dissolved in mid-year: the sums follow the tree as it stood on
31 December, and nothing that was logged is lost or added twice."""

import random
from datetime import date, timedelta

import pytest

from reporting.formats import national_2018
from reporting.period import quarter
from reporting.services.counting import count
from requests_app.models import Agency, DisclosureRequest
from requests_app.services.agencies import dissolve, place

pytestmark = pytest.mark.django_db
FORM = national_2018.FORM


def agency(code, parent=None, reports_to=None):
    made = Agency(
        code=code, name=f"机关{code}", kind="government", parent=parent,
        reports_to=reports_to,
    )  # fmt: skip
    place(made, on=None)
    return made


def asked(whose, on, reference):
    return DisclosureRequest(
        agency=whose, reference=reference, number_year=on.year, stage="in_handling",
        received_on=on,
    )  # fmt: skip


@pytest.fixture
def tree():
    """A province, two cities, a county of the first; one request a month at each."""
    province = agency("P")
    east, west = agency("E", province), agency("W", province)
    county = agency("C", east)
    made = {"P": province, "E": east, "W": west, "C": county}
    DisclosureRequest.objects.bulk_create(
        asked(whose, date(year, month, 15), f"{whose.code}-{year}-{month}")
        for whose in made.values()
        for year in (2017, 2018)
        for month in range(1, 13)
    )
    return made


def received(when, *agencies):
    """Own and area: what each received."""
    tally = count(FORM, when)
    own, area = (
        [side.get(a.pk, {}).get(("3.1", "count"), 0) for a in agencies]
        for side in (tally.own, tally.area)
    )
    return own, area


def test_moved_in_mid_year_it_adds_to_where_it_stands_at_the_end(tree):
    west, county = tree["W"], tree["C"]
    county.parent = west
    place(county, on=date(2018, 7, 1))
    assert received(2017, *tree.values()) == ([12] * 4, [48, 24, 12, 12])
    assert received(2018, *tree.values()) == ([12] * 4, [48, 12, 24, 12])
    assert received(quarter(2018, 2), *tree.values()) == ([3] * 4, [12, 6, 3, 3])


def test_a_move_on_the_first_of_january_is_the_next_years(tree):
    west, county = tree["W"], tree["C"]
    county.parent = west
    place(county, on=date(2019, 1, 1))
    assert received(2018, *tree.values()) == ([12] * 4, [48, 24, 12, 12])
    assert received(2019, *tree.values()) == ([0] * 4, [0] * 4)


def test_merged_into_another_each_keeps_what_it_logged(tree):
    """The county goes over to the western city; its half-year stays where it last stood."""
    west, county = tree["W"], tree["C"]
    DisclosureRequest.objects.filter(
        agency=county, received_on__gt="2018-06-30"
    ).update(agency=west)
    dissolve(county, on=date(2018, 6, 30), successor=west)
    assert received(2018, *tree.values()) == ([12, 12, 18, 6], [48, 18, 18, 6])


def test_a_level_dissolved_with_its_counties_moved_up_loses_nothing(tree):
    province, east, county = tree["P"], tree["E"], tree["C"]
    county.parent = province
    place(county, on=date(2018, 5, 1))
    dissolve(east, on=date(2018, 5, 1), successor=province)
    assert received(2018, *tree.values()) == ([12] * 4, [48, 12, 12, 12])


def test_what_is_left_below_a_dissolved_level_still_adds_up_through_it(tree):
    province, east = tree["P"], tree["E"]
    dissolve(east, on=date(2018, 5, 1), successor=province)
    assert received(2018, *tree.values()) == ([12] * 4, [48, 24, 12, 12])


def test_taken_into_a_vertical_system_it_leaves_the_area(tree):
    county = tree["C"]
    ministry = agency("M")
    county.reports_to = ministry
    place(county, on=date(2018, 9, 1))
    everyone = (*tree.values(), ministry)
    assert received(2017, *everyone) == ([12, 12, 12, 12, 0], [48, 24, 12, 12, 0])
    assert received(2018, *everyone) == ([12, 12, 12, 12, 0], [36, 12, 12, 12, 12])


def test_a_new_name_is_that_of_the_years_end(tree):
    east = tree["E"]
    east.name = "东市"
    place(east, on=date(2018, 7, 1))
    names = [count(FORM, year).tree.nodes[east.pk].name for year in (2017, 2018)]
    assert names == ["机关E", "东市"]


@pytest.mark.parametrize("seed", range(5))
def test_random_reorganisations_equal_the_slow_sums(seed):
    chance = random.Random(seed)
    agencies = [agency("0")]
    for n in range(1, 9):
        agencies.append(agency(str(n), chance.choice(agencies)))
    history = {a.code: [(date.min, a.parent and a.parent.code)] for a in agencies}
    day, gone = date(2017, 1, 1), set()
    for _ in range(12):
        day += timedelta(chance.randrange(1, 90))
        moved = chance.choice([a for a in agencies[1:] if a.code not in gone])
        moved.refresh_from_db()
        if chance.random() < 0.2:
            dissolve(moved, on=day)
            gone.add(moved.code)
            continue
        fit = [a for a in Agency.objects.all() if not a.path.startswith(moved.path)]
        moved.parent = chance.choice(fit)
        place(moved, on=day)
        history[moved.code].append((day, moved.parent.code))
    rows = [
        asked(chance.choice(agencies), date(2017, 1, 1) + timedelta(n), f"r{n}")
        for n in range(1000)
    ]
    DisclosureRequest.objects.bulk_create(rows)
    for year in (2017, 2018, 2019):
        _, area = received(year, *agencies)
        assert area == [slow_area(a.code, year, history, rows) for a in agencies]


def slow_area(code, year, history, rows):
    """Each request is walked up the tree of 31 December, one by one."""

    def above(whose):
        return [up for day, up in history[whose] if day <= date(year, 12, 31)][-1]

    def is_below(whose):
        while whose is not None and whose != code:
            whose = above(whose)
        return whose == code

    return sum(r.received_on.year == year and is_below(r.agency.code) for r in rows)
