"""A cell is set in one way: the figure and who changed it, or neither."""

from decimal import Decimal

import pytest

from reporting.formats import national_2021
from reporting.models import Figure, FigureChange
from reporting.services import figures
from reporting.services.figures import Place
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
FORM = national_2021.FORM
RULES, ORDERS = ("2.1.1", "c1"), ("2.1.2", "c1")


@pytest.fixture
def place(office):
    return Place(office, 2022, FORM, Figure.Origin.ENTERED)


@pytest.fixture
def enter(place, office, statistics):
    by = member(office, "statistician")

    def enter_it(place=place, **values):
        cells = {"rules": RULES, "orders": ORDERS}
        told = {
            cells[name]: None if value is None else Decimal(value)
            for name, value in values.items()
        }
        return figures.enter(place, told, reason="台账", by=by, deps=statistics)

    return enter_it


def changes(place):
    return list(figures.changes_of(place).values_list("line", "was", "now", "reason"))


def test_what_is_set_stands_and_its_change_beside_it(place, enter):
    assert figures.last_change(place) == 0
    assert enter(rules=3, orders=5) == 2
    assert figures.recorded(place) == {RULES: 3, ORDERS: 5}
    assert enter(rules=4, orders=5) == 1
    assert enter(rules=None) == 1
    assert figures.recorded(place) == {ORDERS: 5}
    assert changes(place) == [
        ("2.1.1", None, 3, "台账"), ("2.1.2", None, 5, "台账"),
        ("2.1.1", 3, 4, "台账"), ("2.1.1", 4, None, "台账"),
    ]  # fmt: skip
    assert figures.last_change(place) == FigureChange.objects.latest("pk").pk


def test_what_is_set_to_what_it_is_leaves_no_trace(place, enter):
    enter(rules=3)
    assert enter(rules=3, orders=None) == 0
    assert len(changes(place)) == 1


def test_another_origin_is_another_place(place, enter):
    enter(rules=3)
    opening = place._replace(origin=Figure.Origin.OPENING)
    enter(opening, rules=7)
    assert (figures.recorded(place), figures.recorded(opening)) == (
        {RULES: 3}, {RULES: 7},
    )  # fmt: skip
