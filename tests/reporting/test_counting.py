"""The SQL count equals the slow one, for every form, random years and agencies; mutants
of every condition are caught."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting import facts
from reporting.formats import national_2018, national_2019, national_2021
from reporting.period import Period, quarter
from reporting.placing import placed
from reporting.services.counting import count
from reporting.tables import Section, where
from requests_app.domain.vocabulary import (
    AppealResult,
    ApplicantKind,
    Channel,
    Procedure,
)
from tests.reporting import slow_count
from tests.reporting.random_years import YEARS, random_complaints, random_world

FORMS = {f.FORM.key: f.FORM for f in (national_2018, national_2019, national_2021)}
EVERY_FORM = pytest.mark.parametrize("key", FORMS)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A small tree with three random years, rolled back after the module."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        tree, requests, appeals = random_world(random.Random(20181231))
        cases = {year: slow_count.counted_cases(appeals, year) for year in YEARS}
        cases["all"] = appeals
        yield tree, requests, cases
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def slow_2018(world):
    return {
        key: {a.pk: slowly(key, world, [a], 2018) for a in world[0]} for key in FORMS
    }


def slowly(key, world, agencies, year):
    _, requests, cases = world
    codes = {agency.code for agency in agencies}
    mine = [r for r in requests if r["agency"].code in codes]
    theirs = [a for a in cases[year] if a["agency"].code in codes]
    if key == "national_2018":
        table = slow_count.count_2018(mine, theirs, year)
        return table | {("7", "count"): table["7", "count"] / Decimal(10_000)}
    lines = slow_count.LINES_2019 if key == "national_2019" else slow_count.LINES_2021
    return slow_count.count_since_2019(mine, theirs, year, lines)


def counted(form, cells):
    asked = [
        c for source in ("requests", "appeals") for c, _, _ in form.counted(source)
    ]
    return {c: cells.get(c, 0) for c in asked if c[0] != "carried_in"}


def below(tree, agency):
    return [a for a in tree if a.path.startswith(agency.path)]


@pytest.mark.django_db
def test_an_offices_own_lines_are_counted_as_the_slow_count_places_them(world):
    chosen = {
        "repeated": "3.3.1", "deliberative": "3.3.4.6", "needs_making": "3.3.8",
        "petition": "3.3.4.6",
    }  # fmt: skip
    form = placed(national_2018.FORM, chosen)
    tree, requests, cases = world
    found = counted(form, count(form, 2018).area[tree[0].pk])
    codes = {a.code for a in below(tree, tree[0])}
    table = slow_count.count_2018(
        [r for r in requests if r["agency"].code in codes],
        [a for a in cases[2018] if a["agency"].code in codes],
        2018,
        lines=slow_count.REPLY_LINES | chosen,
    )
    assert found == table | {("7", "count"): table["7", "count"] / Decimal(10_000)}


@EVERY_FORM
@pytest.mark.django_db
@pytest.mark.parametrize("year", YEARS)
def test_every_agencys_own_table_equals_the_slow_count(world, key, year):
    tally = count(FORMS[key], year)
    for agency in world[0]:
        own = counted(FORMS[key], tally.own[agency.pk])
        assert own == slowly(key, world, [agency], year)


@EVERY_FORM
@pytest.mark.django_db
@pytest.mark.parametrize("year", YEARS)
def test_every_areas_table_equals_the_slow_count(world, key, year):
    tally = count(FORMS[key], year)
    for agency in world[0]:
        area = counted(FORMS[key], tally.area[agency.pk])
        assert area == slowly(key, world, below(world[0], agency), year)


def random_periods(how_many):
    chance = random.Random(20260331)
    for _ in range(how_many):
        start = date(2016, 1, 1) + timedelta(chance.randrange(1000))
        yield Period(start=start, end=start + timedelta(chance.randrange(400)))


@EVERY_FORM
@pytest.mark.django_db
@pytest.mark.parametrize(
    "period",
    [quarter(2018, 1), quarter(2016, 4), *random_periods(6)],
    ids=lambda p: p.name,
)
def test_any_periods_table_equals_the_slow_count(world, key, period):
    tree, requests, logged = world
    span = period.start, period.end
    cases = {span: slow_count.counted_cases(logged["all"], span)}
    tally = count(FORMS[key], period)
    for agency in tree:
        own, area = tally.own[agency.pk], tally.area[agency.pk]
        assert counted(FORMS[key], own) == slowly(
            key, (tree, requests, cases), [agency], span
        )
        assert counted(FORMS[key], area) == slowly(
            key, (tree, requests, cases), below(tree, agency), span
        )


@pytest.mark.django_db
@pytest.mark.parametrize("year", YEARS)
def test_line_6_equals_the_slow_count(world, year):
    tree, _, _ = world
    complaints, figures = random_complaints(random.Random(year), tree)
    tally = count(FORMS["national_2018"], year)
    slow = {
        a: slow_count.line_6(
            [c for c in complaints if c["agency"] == a], figures[a], year
        )
        for a in tree
    }
    own = {a: tally.own.get(a.pk, {}).get(("6", "count")) for a in tree}
    area = {a: tally.area.get(a.pk, {}).get(("6", "count"), 0) for a in tree}
    summed = {a: sum(slow[b] or 0 for b in below(tree, a)) for a in tree}
    assert (own, area) == (slow, summed)


@EVERY_FORM
@pytest.mark.django_db
def test_the_requests_and_cases_behind_a_cell_are_as_many_as_it_says(world, key):
    form, root = FORMS[key], world[0][0]
    cells = count(form, 2017).area[root.pk]
    for source, behind in (
        ("requests", facts.requests_matching),
        ("appeals", facts.appeals_matching),
    ):
        for cell, condition, line in form.counted(source):
            if line.measure == "count":
                assert behind(condition, 2017).count() == cells.get(cell, 0), cell


@EVERY_FORM
@pytest.mark.django_db
def test_one_agencys_table_is_the_same_counted_alone(world, key):
    tree, _, _ = world
    whole = count(FORMS[key], 2018)
    for agency in tree:
        alone = count(FORMS[key], 2018, agency.code)
        assert [alone.own.get(agency.pk), alone.area.get(agency.pk)] == [
            whole.own.get(agency.pk), whole.area.get(agency.pk),
        ]  # fmt: skip


@pytest.mark.django_db
def test_one_agency_is_counted_without_the_others(world):
    tree, _, _ = world
    leaf = max(tree, key=lambda agency: agency.path.count("/"))
    assert set(count(FORMS["national_2018"], 2018, leaf.code).own) <= {leaf.pk}


@EVERY_FORM
@pytest.mark.django_db
def test_a_year_of_all_agencies_takes_four_statements(world, key):
    with CaptureQueriesContext(connection) as asked:
        count(FORMS[key], 2018)
    selects = [q["sql"] for q in asked if q["sql"].lstrip("( ").startswith("SELECT")]
    assert len(selects) == 4


def mutants():
    """Each counted line's and each column's condition widened, narrowed, and swapped with
    its neighbour's; the form is cut down to the cells that this changes."""
    for form in FORMS.values():
        for table in form.tables:
            for axis in ("lines", "columns"):
                nodes = getattr(table, axis)
                for n, node in enumerate(nodes):
                    for name, condition in changes(table, nodes, n):
                        changed = {axis: (replace(node, condition=condition),)}
                        cut = replace(table, memo=(), **changed)
                        mutant = replace(
                            form, sections=(Section(tables=(cut,)),), doubts=()
                        )
                        name = f"{form.key} {node.code} {name}"
                        yield pytest.param(form.key, mutant, id=name)


def changes(table, nodes, n):
    node, neighbour = nodes[n], nodes[n - 1]
    source = getattr(node, "source", table.lines[0].source)
    if source not in ("requests", "appeals"):
        return
    condition = node.condition
    if condition:
        yield "widened", {d: condition[d] for d in list(condition)[:-1]}
    yield "narrowed", {**condition, **narrower(table, node)}
    if getattr(neighbour, "source", source) == source:
        yield "swapped", neighbour.condition


def narrower(table, node):
    """One value less, or a further dimension."""
    if node.code == "total":
        kinds = {"applicant_kind": list(ApplicantKind)}
        decided = {"result": [r for r in AppealResult if r != AppealResult.PENDING]}
        return where(**(decided if table.lines[0].source == "appeals" else kinds))
    if "result" in node.condition:
        return where(procedure=Procedure.LITIGATION_DIRECT)
    if "procedure" in node.condition:
        return where(result=AppealResult.UPHELD)
    return where(channel=Channel.POST if node.code == "3.1.2" else Channel.FAX)


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "form"), list(mutants()))
def test_a_changed_condition_is_caught(world, slow_2018, key, form):
    own = count(form, 2018).own
    told = {a.pk: counted(form, own[a.pk]) for a in world[0]}
    right = {
        pk: {cell: table[cell] for cell in told[pk]}
        for pk, table in slow_2018[key].items()
    }
    assert told != right


@EVERY_FORM
def test_every_outcome_stands_on_the_line_that_the_law_file_gives(key):
    place = list(FORMS).index(key)
    totals = {"national_2018": ("3.3", "3.3.4")}.get(key, ())
    leaves = {}
    for line in FORMS[key].lines:
        admitted = line.condition.get("outcome", frozenset())
        if line.code not in totals:
            assert not leaves.keys() & admitted, line.code
            leaves |= dict.fromkeys(admitted, line.code)
    expected = {o: lines[place] for o, lines in slow_count.LINES_OF.items()}
    assert leaves == {outcome: line for outcome, line in expected.items() if line}
