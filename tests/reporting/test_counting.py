"""The SQL count equals the slow one, for random years and agencies; mutants are caught."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.formats.national_2018 import FORM
from reporting.services.counting import count
from reporting.tables import Column, where
from requests_app.domain.vocabulary import (
    AppealResult,
    Channel,
    Outcome,
    Procedure,
    Timeliness,
)
from requests_app.models import Agency, Appeal, DisclosureRequest
from requests_app.services.agencies import place
from tests.reporting.slow_count import REPLY_LINES, slow_count

YEARS = (2016, 2017, 2018)
HOW_MANY = 3000


def random_requests(chance, agencies):
    for n in range(HOW_MANY):
        received = date(2015, 11, 1) + timedelta(chance.randrange(1200))
        replied = (
            received + timedelta(chance.randrange(90))
            if chance.random() < 0.9
            else None
        )
        yield {
            "agency": chance.choice(agencies),
            "reference": f"r{n}",
            "number_year": received.year,
            "stage": "replied" if replied else "in_handling",
            "channel": chance.choice(["", *Channel]),
            "received_on": received,
            "replied_on": replied,
            "outcome": str(chance.choice(list(Outcome))) if replied else "",
            "timeliness": str(chance.choice(list(Timeliness))) if replied else "",
            "fee": Decimal(chance.randrange(100000)) / 100 if replied else None,
        }


def random_appeals(chance, agencies):
    for n in range(600):
        filed = date(2015, 11, 1) + timedelta(chance.randrange(1200))
        decided = (
            filed + timedelta(chance.randrange(200)) if chance.random() < 0.8 else None
        )
        results = [r for r in AppealResult if r is not AppealResult.PENDING]
        yield {
            "agency": agencies[n % len(agencies)],
            "case_number": f"c{n}",
            "procedure": str(chance.choice(list(Procedure))),
            "filed_on": filed,
            "decided_on": decided,
            "result": str(chance.choice(results)) if decided else "pending",
            "first_instance_case_number": (
                f"c{n - len(agencies)}" if n >= 20 and chance.random() < 0.3 else ""
            ),
        }


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A small tree with three random years, rolled back after the module."""
    from django.db import transaction

    chance = random.Random(20181231)
    with django_db_blocker.unblock(), transaction.atomic():
        tree = []
        for n in range(8):
            above = tree[(n - 1) // 2] if n else None
            tree.append(
                Agency(code=f"A{n}", name=f"机关{n}", kind="government", parent=above)
            )
            place(tree[-1], on=None)
        requests = list(random_requests(chance, tree))
        appeals = list(random_appeals(chance, tree))
        DisclosureRequest.objects.bulk_create(
            [DisclosureRequest(**r) for r in requests]
        )
        Appeal.objects.bulk_create([Appeal(**a) for a in appeals])
        yield tree, requests, appeals
        transaction.set_rollback(True)


def expected(world, agencies, year):
    _, requests, appeals = world
    mine = [r for r in requests if r["agency"] in agencies]
    theirs = [a for a in appeals if a["agency"] in agencies]
    table = slow_count(mine, theirs, year)
    return table | {"7": table["7"] / Decimal(10_000)}


def counted(cells):
    lines = [line.code for line in FORM.lines if line.source in ("requests", "appeals")]
    return {line: cells.get((line, "count"), 0) for line in lines}


def below(tree, agency):
    return [a for a in tree if a.path.startswith(agency.path)]


@pytest.mark.django_db
@pytest.mark.parametrize("year", YEARS)
def test_every_agencys_own_table_equals_the_slow_count(world, year):
    tally = count(FORM, year)
    for agency in world[0]:
        assert counted(tally.own[agency.pk]) == expected(world, [agency], year)


@pytest.mark.django_db
@pytest.mark.parametrize("year", YEARS)
def test_every_areas_table_equals_the_slow_count(world, year):
    tally = count(FORM, year)
    for agency in world[0]:
        area = below(world[0], agency)
        assert counted(tally.area[agency.pk]) == expected(world, area, year)


@pytest.mark.django_db
def test_a_year_of_all_agencies_takes_four_statements(world):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        count(FORM, 2018)
    selects = [q["sql"] for q in asked if q["sql"].lstrip("( ").startswith("SELECT")]
    assert len(selects) == 4


def mutants():
    """Each counted line widened, narrowed, and swapped with its neighbour."""
    lines = [
        n for n, line in enumerate(FORM.lines) if line.source in ("requests", "appeals")
    ]
    for place_, n in enumerate(lines):
        line = FORM.lines[n]
        neighbour = FORM.lines[lines[place_ - 1]]
        widened = {d: v for d, v in line.condition.items() if d != last(line)}
        narrowed = {**line.condition, **narrower(line)}
        for name, condition in (
            ("widened", widened),
            ("narrowed", narrowed),
            ("swapped", neighbour.condition),
        ):
            if name == "swapped" and neighbour.source != line.source:
                continue
            if name == "widened" and not widened.keys() & {
                "entry",
                "exit",
                "procedure",
                "result",
            }:
                continue
            changed = list(FORM.lines)
            changed[n] = replace(line, condition=condition)
            yield pytest.param(
                replace(FORM, lines=tuple(changed)), id=f"{line.code} {name}"
            )


def last(line):
    """The dimension to drop; a decided appeal's result is never pending, so not that."""
    return "procedure" if line.source == "appeals" else list(line.condition)[-1]


def narrower(line):
    if line.source == "appeals":
        return where(procedure=Procedure.LITIGATION_DIRECT)
    return where(channel=Channel.POST if line.code == "3.1.2" else Channel.FAX)


@pytest.mark.django_db
@pytest.mark.parametrize("form", list(mutants()))
def test_a_changed_condition_is_caught(world, form):
    tally = count(form, 2018)
    root = world[0][0]
    assert counted(tally.area[root.pk]) != expected(world, world[0], 2018)


def test_every_outcome_stands_on_the_line_that_the_law_file_gives():
    leaves = {}
    for line in FORM.lines:
        admitted = line.condition.get("outcome", frozenset())
        if line.code not in ("3.3", "3.3.4"):
            leaves |= dict.fromkeys(admitted, line.code)
    assert leaves == {outcome: line for outcome, line in REPLY_LINES.items() if line}


@pytest.mark.django_db
def test_columns_split_each_line_by_their_own_condition(world):
    by_kind = replace(
        FORM,
        lines=tuple(line for line in FORM.lines if line.code in ("3.2", "3.3.2")),
        columns=(
            Column(code="fax", label="传真", condition=where(channel=Channel.FAX)),
            Column(code="any", label="总计"),
        ),
    )
    _, requests, _ = world
    closed = [r for r in requests if r["replied_on"] and r["replied_on"].year == 2018]
    granted = [r for r in closed if r["outcome"] == Outcome.GRANTED]
    fax = {"3.2": 0, "3.3.2": 0}
    for line, rows in (("3.2", closed), ("3.3.2", granted)):
        fax[line] = sum(r["channel"] == Channel.FAX for r in rows)
    cells = count(by_kind, 2018).area[world[0][0].pk]
    assert {key: n for key, n in cells.items() if key[0] in fax} == {
        ("3.2", "fax"): fax["3.2"],
        ("3.2", "any"): len(closed),
        ("3.3.2", "fax"): fax["3.3.2"],
        ("3.3.2", "any"): len(granted),
    }
