"""The grammar: cells, their sources, their conditions, and what it refuses."""

import pytest

from reporting.tables import Column, Form, Line, Section, Table, both, holds, where

NEW = where(entry="new")


COUNT = (Column(code="count", label="数"),)


def form(*lines, columns=COUNT, **more):
    table = Table(lines=lines, columns=columns)
    return Form(
        key="a", title="表", authority="", years=range(2020, 2022),
        sections=(Section(tables=(table,)),), rules=(), **more,
    )  # fmt: skip


def test_a_line_given_twice_is_refused():
    with pytest.raises(ValueError, match="given twice: \\['1'\\]"):
        form(Line(code="1", label="甲"), Line(code="1", label="乙"))


def test_a_cell_counts_what_its_line_and_its_column_admit():
    kinds = where(kind=("a", "b")), where(kind=("b", "c"))
    assert both(*kinds) == where(kind="b")
    counted = form(
        Line(code="1", label="甲", source="requests", condition=NEW),
        Line(code="2", label="乙", source="entered"),
        columns=(
            Column(code="x", label="子", condition=kinds[0]),
            Column(code="all", label="总计"),
            Column(code="ever", label="累计", entered=True),
        ),
    )
    asked = {cell: condition for cell, condition, _ in counted.counted("requests")}
    assert asked == {("1", "x"): NEW | kinds[0], ("1", "all"): NEW}
    assert [counted.source(("1", c)) for c in ("x", "ever", "none")] == [
        "requests", "entered", "heading",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"entry": "new", "kind": "a"}, True),
        ({"entry": "new", "kind": "c"}, False),
        ({"entry": "carried_in", "kind": "a"}, False),
    ],
)
def test_a_condition_holds_when_every_dimension_is_admitted(fact, expected):
    assert holds(NEW | where(kind=("a", "b")), fact) is expected


@pytest.mark.parametrize(
    ("unit", "column_unit", "expected"),
    [("件", "", False), ("万元", "", True), ("", "万元", True)],
)
def test_an_amount_is_told_by_the_unit_of_the_line_or_of_the_column(
    unit, column_unit, expected
):
    made = form(
        Line(code="1", label="甲", unit=unit, source="entered"),
        columns=(Column(code="c", label="数", unit=column_unit),),
    )
    assert made.is_amount(("1", "c")) is expected


def test_the_old_form_is_no_error_for_the_year_of_the_change():
    made = form(Line(code="1", label="甲"), tolerated=frozenset({2022}))
    assert [made.takes(year) for year in (2019, 2020, 2021, 2022)] == [
        False, True, True, True,
    ]  # fmt: skip
