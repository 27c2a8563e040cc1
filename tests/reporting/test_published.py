"""Every published table that adds up is rebuilt cell by cell from a ledger; each that does
not is faulted exactly where it fails."""

import io
import json

import pytest
from django.core.management import call_command

from tests.reporting import published as made_up

SOUND = ["pingtan-2021", "suqian-2023"]
#: LAW §4: pingtan-2020 prints 总计 21 over details of 27, natural persons 20 over 26
FAULTS_OF_PINGTAN_2020 = [
    ("M-R2", "hard", "3.3.7", "natural_person", 20, 26),
    ("M-R2", "hard", "3.3.7", "total", 21, 27),
]


def brought_in(name, file, rows):
    call_command(f"import_{name}", made_up.write(file, rows), stdout=io.StringIO())


def report(table):
    out = io.StringIO()
    call_command(
        "annual_report", str(table["year"]), "--form", table["form"], "--output", "-",
        stdout=out, stderr=io.StringIO(),
    )  # fmt: skip
    return json.loads(out.getvalue())


def checked(file, *words):
    out = io.StringIO()
    call_command("check_report", str(file), "--json", *words, stdout=out)
    return json.loads(out.getvalue())


def found(told):
    return [
        (f["rule"], f["level"], f["where"]["line"], f["where"]["column"], f["left"], f["right"])
        for f in told["findings"]
    ]  # fmt: skip


def filled(cells, printed):
    """The report's cells where the example prints one."""
    return {
        line: {column: cells[line][column] for column in columns}
        for line, columns in printed.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", SOUND)
def test_a_sound_table_is_rebuilt_from_a_ledger(tmp_path, name):
    table = made_up.published(name)
    brought_in("agencies", tmp_path / "agencies.csv", made_up.agency())
    brought_in("requests", tmp_path / "requests.csv", made_up.requests(table))
    brought_in("appeals", tmp_path / "appeals.csv", made_up.appeals(table))
    brought_in("figures", tmp_path / "figures.csv", made_up.figures(table, ("2.",)))
    told = report(table)
    assert filled(told["cells"], table["cells"]) == table["cells"]
    assert found(told) == []


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_table_is_found_sound(tmp_path, name):
    file = tmp_path / "table.json"
    file.write_text(json.dumps(made_up.published(name)))
    assert found(checked(file)) == []


def test_an_unsound_table_is_faulted_where_it_fails(tmp_path):
    file = tmp_path / "table.json"
    file.write_text(json.dumps(made_up.published("pingtan-2020")))
    assert found(checked(file)) == FAULTS_OF_PINGTAN_2020


@pytest.mark.django_db
def test_an_unsound_table_handed_in_is_faulted_in_the_report(tmp_path):
    table = made_up.published("pingtan-2020")
    brought_in("agencies", tmp_path / "agencies.csv", made_up.agency())
    handed_in = made_up.figures(table, ("3.", "4."))
    brought_in("figures", tmp_path / "figures.csv", handed_in)
    told = report(table)
    assert filled(told["cells"], table["cells"]) == table["cells"]
    assert found(told) == [
        *FAULTS_OF_PINGTAN_2020,
        ("counted_lines_entered", "soft", None, None, 1, 0),
    ]


@pytest.mark.django_db
def test_a_provincial_table_is_rebuilt(tmp_path):
    """All its counted lines are 0, and what it cannot count is entered."""
    from reporting.formats.fujian_legacy import FORM

    example = json.loads(
        (made_up.FOLDER / "fujian-legacy-pingtan-2018.json").read_text()
    )
    labels = {line.label: line.code for line in FORM.lines}
    cells = {
        labels[label]: dict(zip(("year", "total"), row, strict=True))
        for label, row in example["rows"].items()
    }
    table = {"form": "fujian_legacy", "year": 2018, "cells": cells}
    entered = [
        row for row in made_up.figures(table, ("1", "5")) if row[-1] is not None
    ]  # fmt: skip
    entered += [
        ["350128", 2018, "fujian_legacy", line, "total", row["total"]]
        for line, row in cells.items()
        if line[0] in "2367"
    ]
    brought_in("agencies", tmp_path / "agencies.csv", made_up.agency())
    brought_in("figures", tmp_path / "figures.csv", entered)
    told = report(table)
    assert told["cells"] == cells
    assert found(told) == []
