from datetime import date

import pytest

from requests_app.domain.report_days import report_days

DUE = {
    2017: ["2018-03-31"],
    2018: ["2019-03-31"],
    2019: ["2020-01-31", "2020-02-20", "2020-03-10", "2020-03-31"],
    2025: ["2026-01-31", "2026-02-20", "2026-03-10", "2026-03-31"],
}


@pytest.mark.parametrize(("year", "days"), DUE.items())
def test_the_report_of_a_year_is_due_in_the_next(year, days):
    assert [d.on for d in report_days(year)] == [date.fromisoformat(d) for d in days]


def test_departments_come_first_and_provinces_last():
    told = list(report_days(2025))
    assert (told[0].who, told[0].article) == (
        "部门、乡镇、政府办公厅（室）",
        "第711号令第四十九条",
    )
    assert told[-1].who.startswith("省级政府")
