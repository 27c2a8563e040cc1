"""An office's own line for an outcome: which conditions change, and what may not be chosen."""

import pytest

from reporting.formats import national_2018, national_2021
from reporting.placing import leaves, placed

FORM = national_2018.FORM


def outcomes(form):
    return {
        line.code: line.condition["outcome"]
        for line in form.lines
        if "outcome" in line.condition
    }


def changed(form):
    """Line → (what came, what went)."""
    before, after = outcomes(FORM), outcomes(form)
    return {
        code: (sorted(after[code] - before[code]), sorted(before[code] - after[code]))
        for code in before
        if before[code] != after[code]
    }


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {}),
        ({"repeated": "3.3.8"}, {}),
        (
            {"repeated": "3.3.1"},
            {"3.3.1": (["repeated"], []), "3.3.8": ([], ["repeated"])},
        ),
        (
            {"enforcement_file": "3.3.4.6"},
            {
                "3.3.4": (["enforcement_file"], []),
                "3.3.4.6": (["enforcement_file"], []),
                "3.3.8": ([], ["enforcement_file"]),
            },
        ),
        (
            {"internal_affairs": "3.3.6", "needs_making": "3.3.8"},
            {
                "3.3.4": ([], ["internal_affairs"]),
                "3.3.4.5": ([], ["internal_affairs"]),
                "3.3.6": (["internal_affairs"], ["needs_making"]),
                "3.3.8": (["needs_making"], []),
            },
        ),
    ],
)
def test_an_outcome_moves_to_its_line_and_to_the_totals_above(chosen, expected):
    assert changed(placed(FORM, chosen)) == expected


def test_each_choice_starts_from_the_form_as_prescribed():
    once = placed(FORM, {"repeated": "3.3.1"})
    assert changed(placed(once, {"petition": "3.3.5"})) == {
        "3.3.5": (["petition"], []),
        "3.3.8": ([], ["petition"]),
    }
    assert placed(once, {}) is FORM


def test_the_grounds_of_refusal_are_leaves_and_their_total_is_none():
    assert leaves(FORM) == [
        "3.3.1", "3.3.2", "3.3.3", "3.3.4.1", "3.3.4.2", "3.3.4.3", "3.3.4.4",
        "3.3.4.5", "3.3.4.6", "3.3.5", "3.3.6", "3.3.7", "3.3.8",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "chosen", "said"),
    [
        (FORM, {"granted": "3.3.1"}, "granted 的行不能另行指定"),
        (FORM, {"nonsense": "3.3.1"}, "nonsense 的行不能另行指定"),
        (FORM, {"repeated": "3.3.4"}, "repeated 不能计入 3.3.4，"),
        (FORM, {"repeated": "3.1"}, "repeated 不能计入 3.1，"),
        (FORM, {"repeated": "9.9"}, "repeated 不能计入 9.9，"),
        (national_2021.FORM, {"repeated": "3.3.1"}, "可以指定的有：（无）"),
    ],
)
def test_what_may_not_be_chosen_is_told(form, chosen, said):
    with pytest.raises(ValueError, match=said):
        placed(form, chosen)
