"""M-R1 to M-R6, each broken alone in a published table that is sound."""

import pytest

from reporting.formats.national_2021 import FORM
from tests.reporting.published import published

SOUND = {
    (line, column): value
    for line, columns in published("suqian-2023")["cells"].items()
    for column, value in columns.items()
}
#: what 2022 must have printed for 2023 to follow from it
LAST_YEAR = {("3.4", c): n for (line, c), n in SOUND.items() if line == "3.2"} | {
    ("2.1.1", "c3"): 9,
    ("2.1.2", "c3"): 977,
}


def broken(changed, last_year=None):
    return [
        (b.rule.id, b.line, b.column, b.left, b.right)
        for b in FORM.broken(SOUND | changed, last_year)
    ]


def test_the_published_table_is_sound_also_beside_the_year_before():
    assert broken({}) == []
    assert broken({}, LAST_YEAR) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({("3.4", "org.ngo"): 1, ("3.4", "total"): 122},
         [("M-R1", "3.1", "org.ngo", 4, 5), ("M-R1", "3.1", "total", 3607, 3608)]),
        ({("3.3.1", "org.company"): 13, ("3.3.1", "total"): 1192},
         [("M-R2", "3.3.7", "org.company", 99, 100), ("M-R2", "3.3.7", "total", 3486, 3487)]),
        ({("3.3.5.1", "total"): 306},
         [("M-R2", "3.3.7", "total", 3486, 3487), ("M-R3", "3.3.5.1", "total", 306, 305)]),
        ({("4.3", "pending"): 10}, [("M-R5", "4.3", "total", 89, 90)]),
        ({("4.1", "total"): 441}, [("M-R5", "4.1", "total", 441, 440)]),
    ],
)  # fmt: skip
def test_each_rule_is_found_where_it_is_broken(changed, expected):
    assert broken(changed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({("3.4", "org.company"): 4}, [("M-R4", "3.2", "org.company", 3, 4)]),
        ({("2.1.1", "c3"): 10}, [("M-R6", "2.1.1", "c3", 11, 12)]),
        ({("2.1.2", "c3"): None}, []),
    ],
)
def test_a_rule_over_two_years_is_held_against_last_years_report(changed, expected):
    assert broken({}, LAST_YEAR | changed) == expected


@pytest.mark.parametrize("absent", [("3.3.5.2", "org.ngo"), ("3.4", "org.ngo")])
@pytest.mark.parametrize("how", ["blank", "missing"])
def test_a_rule_with_an_absent_cell_is_not_applied(absent, how):
    cells = SOUND | {absent: None, ("3.1", "org.ngo"): 9, ("3.1", "total"): 3516}
    if how == "missing":
        del cells[absent]
    found = {(b.rule.id, b.column) for b in FORM.broken(cells)}
    applied = absent[0] == "3.3.5.2"
    assert (("M-R1", "org.ngo") in found) is applied
    assert ("M-R2", "org.ngo") not in found


def test_only_m_r6_is_soft():
    assert {rule.id: rule.level for rule in FORM.rules} == {
        "M-R1": "hard", "M-R2": "hard", "M-R3": "hard", "M-R4": "hard", "M-R5": "hard",
        "M-R6": "soft",
    }  # fmt: skip
