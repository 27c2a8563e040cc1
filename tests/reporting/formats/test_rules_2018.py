"""The rules of the 2018 form, each broken alone in the published table."""

import pytest

from reporting.demo.office import CELLS
from reporting.formats.national_2018 import FORM

QUIET = {
    "1.1": 2000000,
    "1.1.s2": 500,
    "3.2": 3604,
    "3.2.1": 3547,
    "3.3": 3604,
    "3.3.8": 105,
}


def broken(**changed):
    cells = {(line, "count"): n for line, n in (CELLS | QUIET | changed).items()}
    return [(b.rule.id, b.line) for b in FORM.broken(cells)]


def test_a_sound_table_breaks_nothing():
    assert broken() == []


@pytest.mark.parametrize(
    ("line", "value", "expected"),
    [
        ("3.1.1", 741, [("S18-R1", "3.1")]),
        ("3.2.2", 58, [("S18-R2", "3.2")]),
        ("3.3.2", 1241, [("S18-R3", "3.3")]),
        ("3.3.4.1", 13, [("S18-R4", "3.3.4")]),
        ("3.1", 3500, [("S18-R1", "3.1")]),
        ("carried_in", 0, []),
        ("4.1", 43, [("S18-R7", "4")]),
        ("5.1", 49, [("S18-R8", "5")]),
        ("1.1", 2851911, [("S18-R9", "1.1")]),
        ("1.1.s1", 501, [("S18-R10", "1.1.s1")]),
        ("1.1", 480, [("S18-R11", "1.1.s1")]),
        ("2.2.1.1", 1170, [("S18-R12", "2.2.1.1")]),
        ("2.2.2.1", 429, [("S18-R12", "2.2.2.1")]),
        ("8.3.2", 7388, [("S18-R13", "8.3")]),
        ("9.1", -1, [("S18-R14", "9.1")]),
        ("9.1", 1.5, [("S18-R14", "9.1")]),
        ("9.1", None, []),
    ],
)
def test_each_rule_is_found_where_it_is_broken(line, value, expected):
    assert broken(**{line: value}) == expected


def test_more_concluded_than_received_and_carried_in():
    assert broken(carried_in=-2) == [("S18-R6", "3.2")]


def test_the_published_table_gives_an_attentive_reader_three_doubts():
    cells = {(line, "count"): n for line, n in CELLS.items()}
    found = [b.rule.id for b in FORM.broken(cells)]
    assert found == ["S18-R9", "S18-R10", "S18-R16"]
