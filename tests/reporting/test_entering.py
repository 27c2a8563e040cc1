"""填报: the cells of a form set by hand, and what is kept of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporting.formats import national_2019
from reporting.models import Figure, FigureChange
from reporting.services.counting import count
from reporting.services.entering import Overtaken, enter, last_change, read
from reporting.services.opening import Unacceptable
from reporting.services.reports import report
from requests_app.domain.regimes import NotAllowed
from requests_app.services.history import History, record_history
from tests.fakes import FixedClock
from tests.reporting.conftest import granted, member

pytestmark = pytest.mark.django_db
FORM = national_2019.FORM
YEAR = 2019


@pytest.fixture
def deps_2020(statistics):
    return replace(
        statistics, clock=FixedClock.on("2020-01-10"), formats=(national_2019.FORM,)
    )


@pytest.fixture
def statistician(office):
    return member(office, "statistician")


@pytest.fixture
def entering(office, statistician, deps_2020):
    def enter_it(cells, **also):
        words = {
            "agency": office, "year": YEAR, "form_key": FORM.key,
            "by": statistician, "deps": deps_2020,
        }  # fmt: skip
        values = {
            tuple(cell.split("|")): None if n is None else Decimal(n)
            for cell, n in cells.items()
        }
        return enter(**(words | {"values": values} | also))

    return enter_it


def figures():
    rows = Figure.objects.order_by("line", "column")
    return {f"{f.line}|{f.column}": int(f.value) for f in rows}


def test_each_change_says_who_set_which_cell_to_what_and_when(
    entering, statistician, deps_2020
):
    assert entering({"2.1.1|c1": 3, "2.1.2|c1": 4}) == 2
    assert entering({"2.1.1|c1": 5, "2.1.2|c1": 4}) == 1
    assert entering({"2.1.1|c1": None}, source="报表.xlsx") == 1
    assert figures() == {"2.1.2|c1": 4}
    told = FigureChange.objects.order_by("pk").values_list(
        "line", "was", "now", "reason", "origin", "changed_by", "changed_at"
    )
    who = "entered", statistician.pk, deps_2020.clock.now()
    assert list(told) == [
        ("2.1.1", None, 3, "", *who),
        ("2.1.2", None, 4, "", *who),
        ("2.1.1", 3, 5, "", *who),
        ("2.1.1", 5, None, "报表.xlsx", *who),
    ]


def test_a_change_is_never_changed_itself(entering):
    entering({"2.1.1|c1": 3})
    change = FigureChange.objects.get()
    with pytest.raises(TypeError):
        change.save()
    with pytest.raises(TypeError):
        change.delete()


def test_what_was_entered_is_in_the_report(entering, office):
    entering({"2.1.1|c1": 3, "2.5.1|c2": -2})
    cells = report(count(FORM, YEAR), office.pk, "own")["cells"]
    assert (cells["2.1.1"], cells["2.5.1"]) == (
        {"c1": 3, "c2": None, "c3": None}, {"c1": None, "c2": -2, "c3": None},
    )  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["2.5.1|c2", "2.5.2|c2", "2.6.1|c2", "2.6.2|c2", "2.8.1|c2"]
)
def test_a_change_may_be_below_zero(entering, cell):
    assert entering({cell: -1}) == 1


@pytest.mark.parametrize("cell", ["2.1.1|c2", "2.5.1|c1", "2.9.1|c2", "3.1|total"])
def test_nothing_else_may(entering, cell, office):
    with pytest.raises(Unacceptable) as refused:
        entering({cell: -1})
    assert [*refused.value.faults] == [tuple(cell.split("|"))]


def test_the_database_keeps_numbers_below_zero_out_where_no_change_is_asked_for(
    office, deps_2020
):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Figure.objects.create(
            agency=office, year=YEAR, form=FORM.key, line="2.1.1", column="c1",
            value=-1, entered_at=deps_2020.clock.now(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"2.1.1|c1": "1.5"}, "2.1.1|c1"),
        ({"2.1.1|c1": 3, "2.1.2|c1": "-1"}, "2.1.2|c1"),
        ({"2.9.1|c2": "0.0000001"}, "2.9.1|c2"),
        ({"2.9.9|c1": 1}, "2.9.9|c1"),
        ({"2.1.1|c9": 1}, "2.1.1|c9"),
        ({"3.3|total": 1}, "3.3|total"),
    ],
    ids=["half", "negative", "less than a fen", "no line", "no column", "a heading"],
)
def test_one_wrong_number_and_nothing_is_written(entering, cells, wrong):
    with pytest.raises(Unacceptable) as refused:
        entering(cells)
    assert [*refused.value.faults] == [tuple(wrong.split("|"))]
    assert (figures(), FigureChange.objects.count()) == ({}, 0)


def test_the_second_of_two_writers_is_told_what_the_first_changed(
    entering, office, statistician
):
    entering({"2.1.1|c1": 3})
    drawn = last_change(office, YEAR, FORM)
    entering({"2.1.1|c1": 5, "2.1.2|c1": 6}, seen=drawn)
    with pytest.raises(Overtaken) as late:
        entering({"2.1.1|c1": 4}, seen=drawn)
    told = [(c.line, c.was, c.now, c.changed_by) for c in late.value.changes]
    assert told == [("2.1.1", 3, 5, statistician), ("2.1.2", None, 6, statistician)]
    assert figures() == {"2.1.1|c1": 5, "2.1.2|c1": 6}


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        ("statistician", "own", True),
        ("statistician", "above", False),
        ("office_head", "own", False),
        ("auditor", "own", False),
    ],
)
def test_an_agencys_own_statistician_enters(entering, county, office, role, at, may):
    by = member({"own": county, "above": office}[at], role)
    if may:
        assert entering({"2.1.1|c1": 3}, agency=county, by=by) == 1
        return
    with pytest.raises(NotAllowed):
        entering({"2.1.1|c1": 3}, agency=county, by=by)


@pytest.mark.parametrize("year", [2018, 2021], ids=["before", "after"])
def test_a_form_takes_figures_of_its_own_years(entering, year):
    with pytest.raises(NotAllowed):
        entering({"2.1.1|c1": 3}, year=year)


def test_a_year_that_has_not_begun_has_no_figures(entering, deps_2020):
    with pytest.raises(NotAllowed):
        entering({"2.1.1|c1": 3}, year=2020, deps=replace(
            deps_2020, clock=FixedClock.on("2019-12-31")))  # fmt: skip


def test_counted_lines_are_entered_only_without_a_log(entering, office, deps):
    assert entering({"3.1|total": 3}) == 1
    granted_in_march(office, deps)
    with pytest.raises(Unacceptable) as refused:
        entering({"3.1|total": 4, "2.1.1|c1": 1})
    assert [*refused.value.faults] == [("3.1", "total")]


def test_nor_before_the_year_is_over(entering, deps_2020):
    in_autumn = replace(deps_2020, clock=FixedClock.on("2019-10-10"))
    assert entering({"2.1.1|c1": 1}, deps=in_autumn) == 1
    with pytest.raises(Unacceptable):
        entering({"3.1|total": 4}, deps=in_autumn)


def granted_in_march(agency, deps):
    row = History(
        agency=agency, number_year=YEAR, channel="post",
        events=granted("2019-03-01", "2019-03-09"),
    )  # fmt: skip
    return record_history([row], by=None, deps=deps)


# fmt: off
@pytest.mark.parametrize(("typed", "taken"), [
    ("12", 12), ("１２", 12), ("1,234", 1234), ("１，２３４件", 1234), ("", None), ("—", None),
])
def test_a_number_is_read_as_it_is_typed(typed, taken):
    assert read(FORM, ("2.1.1", "c1"), typed) == taken


@pytest.mark.parametrize(("typed", "taken"), [("减3", -3), ("+2", 2), ("−1", -1)])
def test_a_change_is_read_as_it_is_typed(typed, taken):
    assert read(FORM, ("2.5.1", "c2"), typed) == taken


@pytest.mark.parametrize("typed", ["十二", "1.5", "-1", "1,23", "12a", "减3"])
def test_what_is_no_count_is_named(typed):
    with pytest.raises(ValueError, match=typed):
        read(FORM, ("2.1.1", "c1"), typed)
# fmt: on
