"""Every cell that is filled in by hand says what belongs in it, and nothing is invented."""

import re

import pytest

from reporting.definitions import definition
from reporting.formats import fujian_legacy, national_2018, national_2019, national_2021

FORMS = {
    f.FORM.key: f.FORM
    for f in (national_2018, national_2019, national_2021, fujian_legacy)
}


def entered(form):
    return [cell for cell in form.cells if form.source(cell) == "entered"]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_entered_cell_has_one_in_both_languages(form):
    halves = [definition(form, cell).split(" / ") for cell in entered(form)]
    assert halves
    assert [h for h in halves if len(h) != 2 or not all(h)] == []
    assert [en for _zh, en in halves if re.search("[一-鿿]", en)] == []


# fmt: off
TOLD = {
    ("national_2018", "8.3", "count"): "专职人员数与兼职人员数之和 / full-time and part-time together",
    ("national_2018", "9.3", "count"): "（三）接受培训人员数，以“人次”计；没有官方解释，按字面填报 / as its label reads, in attendances; no official note is known",
    ("national_2019", "2.1.1", "c2"): "规章·本年新公开数量；没有官方解释，按字面填报 / as its label reads; no official note is known",
    ("national_2021", "2.1.1", "c3"): f"核定时间点为报告年度的12月31日；{national_2021.IN_FORCE.partition(' / ')[0]} / as at 31 December of the report year; {national_2021.IN_FORCE.partition(' / ')[2]}",
}
# fmt: on


@pytest.mark.parametrize(("where", "said"), [*TOLD.items()])
def test_what_a_cell_says(where, said):
    key, *cell = where
    assert definition(FORMS[key], tuple(cell)) == said


def test_a_counted_cell_opens_into_what_it_counts_instead():
    assert definition(FORMS["national_2018"], ("3.1", "count")) == ""
