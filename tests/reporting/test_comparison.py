"""Two years, two agencies: difference, growth, and how shares have moved."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reporting.formats import (
    fujian_legacy,
    national_2018,
    national_2019,
    national_2021,
)
from reporting.models import Report
from reporting.services import filing
from reporting.services.comparison import ALONE_NOTE, compared, growth, points, side
from reporting.services.editions import Which
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency
from requests_app.services.agencies import place
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
CELLS = {"3.1": 80, "3.1.1": 20, "3.1.2": 0, "3.1.3": 60, "4": 0, "7": 1.5}
LATER = {"3.1": 100, "3.1.1": 20, "3.1.2": 30, "3.1.3": 50, "4": 3, "7": 0.75}


def report(agency, year, cells, form="national_2018"):
    content = {"cells": {line: {"count": n} for line, n in cells.items()}}
    return Report.objects.create(
        agency=agency, year=year, form=form, scope="area", content=content,
        counted_at="2019-01-10T00:00:00+08:00",
    )  # fmt: skip


@pytest.fixture
def reader(office):
    return member(office, "statistician")


@pytest.fixture
def ask(reader, statistics):
    deps = replace(
        statistics,
        formats=tuple(
            form.FORM
            for form in (national_2018, national_2019, national_2021, fujian_legacy)
        ),
    )

    def ask(code, year, user=reader):
        return side(code=code, year=str(year), scope="area", user=user, deps=deps)

    return ask


def told(document, *labels):
    (grid,) = document.grids
    rows = {row[0].text: row for row in grid.body}
    return [[cell.number for cell in rows[label][2:]] for label in labels]


def test_two_years_of_one_agency(office, ask):
    report(office, 2017, CELLS)
    report(office, 2018, LATER)
    document = compared(ask("530000", 2017), ask("530000", 2018))
    D = Decimal
    assert told(
        document, "（一）收到申请数", "1.当面申请数", "2.传真申请数", "3.网络申请数",
        "四、行政复议数量", "七、依申请公开信息收取的费用", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
    ) == [
        [80, 100, 20, D("25.00"), None],
        [20, 20, 0, D("0.00"), D("-5.00")],
        [0, 30, 30, None, D("30.00")],  # nothing grows from nothing
        [60, 50, -10, D("-16.67"), D("-25.00")],
        [0, 3, 3, None, None],
        [D("1.5"), D("0.75"), D("-0.75"), D("-50.00"), None],
        [None, None, None, None, None],  # nobody entered it
    ]  # fmt: skip
    assert len(document.grids[0].body) == len(national_2018.FORM.lines)
    assert document.subtitle == "云南省人民政府 2017 — 云南省人民政府 2018"


def test_two_agencies_in_one_year(office, county, ask):
    report(office, 2018, LATER)
    report(county, 2018, CELLS)
    document = compared(ask("530000", 2018), ask("530100", 2018))
    assert told(document, "（一）收到申请数") == [
        [100, 80, -20, Decimal("-20.00"), None]
    ]


def test_a_column_has_its_share_of_its_lines_total():
    form = national_2021.FORM
    one = {("3.1", "natural_person"): 3, ("3.1", "total"): 4}
    other = {("3.1", "natural_person"): 4, ("3.1", "total"): 5}
    assert points(form, ("3.1", "natural_person"), one, other) == Decimal("5.00")
    assert points(form, ("2.1.1", "c1"), one, other) is None
    assert points(form, ("3.1", "natural_person"), one, {}) is None


@pytest.mark.parametrize(
    ("was", "now", "rate"),
    [(3200, 3605, "12.66"), (3, 2, "-33.33"), (1, 0, "-100.00"), (0, 5, None), (None, 5, None), (5, None, None)],
)  # fmt: skip
def test_growth_in_percent(was, now, rate):
    assert growth(was, now) == (None if rate is None else Decimal(rate))


def test_what_was_signed_is_compared_as_signed(
    office, letters, reader, ask, statistics
):
    report(office, 2018, LATER)
    which = Which(office, 2018, "national_2018", "area")
    head = member(office, "office_head")
    signed = filing.sign(
        filing.submit(which, by=head, deps=statistics), by=head, deps=statistics
    )
    found = ask("530000", 2018)
    assert (found.content["cells"]["3.1"]["count"], found.signed) == (3, signed)


LATER_FORM = {"3.1": {"total": 30, "natural_person": 20}, "3.3.7": {"total": 25}}


def since_2019(agency, year, cells=LATER_FORM):
    made = report(agency, year, {}, FORMS[year].key)
    made.content = {"cells": cells}
    made.save()


FORMS = {2019: national_2019.FORM, 2020: national_2019.FORM, 2021: national_2021.FORM}


@pytest.mark.parametrize("year", [2019, 2021])
def test_years_on_either_side_of_a_new_form(office, ask, year):
    report(office, 2018, {"3.1": 20, "3.2": 10, "3.1.1": 5})
    since_2019(office, year)
    document = compared(ask("530000", 2018), ask("530000", year))
    rows = told(
        document, "一、本年新收政府信息公开申请数量 · 总计",
        "一、本年新收政府信息公开申请数量 · 自然人＊", "（七）总计 · 总计", "1.当面申请数＊",
    )  # fmt: skip
    D = Decimal
    assert rows == [
        [20, 30, 10, D("50.00"), D("0.00")],
        [None, 20, None, None, None],
        [10, 25, 15, D("150.00"), D("33.33")],
        [5, None, None, None, None],
    ]
    assert document.notes == (ALONE_NOTE,)
    back = compared(ask("530000", year), ask("530000", 2018))
    assert told(back, "（七）总计 · 总计", "1.当面申请数＊") == [
        [25, 10, -15, D("-60.00"), D("-33.33")], [None, 5, None, None, None],
    ]  # fmt: skip


def test_what_2020_and_2021_ask_alike_is_compared_by_column(office, ask):
    since_2019(office, 2020)
    since_2019(office, 2021)
    document = compared(ask("530000", 2020), ask("530000", 2021))
    assert told(document, "一、本年新收政府信息公开申请数量 · 自然人") == [
        [20, 20, 0, Decimal("0.00"), Decimal("0.00")]
    ]


def test_each_number_leads_to_its_own_forms_cell(office, ask):
    report(office, 2018, {"3.1": 20, "3.2": 10, "3.1.1": 5})
    since_2019(office, 2019)
    (grid,) = compared(ask("530000", 2018), ask("530000", 2019)).grids
    row = {row[0].text: row for row in grid.body}["（七）总计 · 总计"]
    assert [cell.at for cell in row[2:4]] == [
        ("one|3.2", "count"), ("other|3.3.7", "total"),
    ]  # fmt: skip


def test_a_form_that_follows_none_is_not_compared(office, ask):
    report(office, 2018, CELLS)
    report(office, 2017, {}, fujian_legacy.FORM.key)
    with pytest.raises(NotAllowed, match="各格不能逐一比较"):
        compared(ask("530000", 2018), ask("530000", 2017))


@pytest.mark.parametrize(
    ("code", "year", "said"),
    [("530000", 2016, "2016 年尚未统计"), ("530000", "二〇一八", "尚未统计"), ("999", 2018, "没有机关 999"), ("990000", 2018, "没有机关 990000")],
)  # fmt: skip
def test_what_is_not_at_hand_or_out_of_sight_is_told(office, ask, code, year, said):
    report(office, 2018, CELLS)
    elsewhere = Agency(code="990000", name="别省", kind="government")
    place(elsewhere, on=date(2018, 1, 1))
    report(elsewhere, 2018, CELLS)
    with pytest.raises(NotAllowed, match=said):
        ask(code, year)
