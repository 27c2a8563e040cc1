"""The 2018 table by quarters: figures of their own, and never a year put together from them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from reporting.formats import national_2018, national_2021
from reporting.models import Figure, FigureChange
from reporting.period import Period, quarter
from reporting.services.counting import count
from reporting.services.entering import enter
from reporting.services.reports import report
from requests_app.domain.regimes import NotAllowed
from tests.fakes import FixedClock
from tests.reporting.admin.test_editions import of, text
from tests.reporting.admin.test_entering import told
from tests.reporting.admin.test_entry_upload import MEETINGS, upload
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db
FORM = national_2018.FORM
SECOND = quarter(2018, 2)


@pytest.fixture
def entering(office, statistics):
    by = member(office, "statistician")

    def enter_it(when, agency=office, deps=statistics, **cells):
        values = {(line, "count"): Decimal(n) for line, n in cells.items()}
        return enter(
            agency=agency, year=when, form_key=FORM.key, values=values, by=by, deps=deps
        )

    return enter_it


def cell(agency, when, line, scope="own"):
    return report(count(FORM, when), agency.pk, scope)["cells"][line]["count"]


def findings(agency, scope="own"):
    found = report(count(FORM, 2018), agency.pk, scope)["findings"]
    return [
        (f["level"], f["where"]["line"], f["left"], f["right"])
        for f in found
        if f["rule"] == "quarters_differ"
    ]


def test_a_quarter_has_figures_of_its_own(entering, office, county):
    entering(SECOND, **{"9.1": 3})
    entering(2018, **{"9.1": 11})
    of_each = {n: cell(office, quarter(2018, n), "9.1") for n in (1, 2, 3, 4)}
    assert (of_each, cell(office, 2018, "9.1")) == (
        {1: None, 2: 3, 3: None, 4: None},
        11,
    )
    assert cell(office, SECOND, "9.1", "area") == 3
    told_ = FigureChange.of_any_period.values_list("year", "quarter", "line", "now")
    assert sorted(told_) == [(2018, 0, "9.1", 11), (2018, 2, "9.1", 3)]


def test_a_year_is_never_put_together_from_its_quarters(entering, office):
    for n in (1, 2, 3, 4):
        entering(quarter(2018, n), **{"9.1": n})
    assert (cell(office, 2018, "9.1"), Figure.objects.count()) == (None, 0)
    assert findings(office) == []


def test_a_year_that_differs_from_its_four_quarters_is_told(entering, office, county):
    for n in (1, 2, 3, 4):
        entering(quarter(2018, n), **{"9.1": n, "9.2": 1, "8.2": 5})
    entering(2018, **{"9.1": 11, "9.2": 4, "8.2": 5})
    assert findings(office) == [("soft", "9.1", 11, 10)]
    assert findings(office, "area") == []


def test_three_quarters_say_nothing_of_the_year(entering, office):
    for n in (1, 2, 3):
        entering(quarter(2018, n), **{"9.1": n})
    entering(2018, **{"9.1": 11})
    assert findings(office) == []


def test_what_stands_at_a_quarters_end_is_not_added_up(entering, office):
    for n in (1, 2, 3, 4):
        entering(quarter(2018, n), **{"8.1": 5, "8.3": 20})
    entering(2018, **{"8.1": 5, "8.3": 20})
    assert findings(office) == []


def test_figures_of_any_days_are_not_entered(entering):
    with pytest.raises(NotAllowed):
        entering(Period(start=date(2018, 1, 1), end=date(2018, 2, 3)), **{"9.1": 1})


def test_the_table_lives_on_by_quarters_and_not_by_years(entering, office, statistics):
    later = replace(statistics, clock=FixedClock.on("2026-11-25"))
    assert entering(quarter(2026, 4), deps=later, **{"9.1": 1}) == 1
    for when in (2026, quarter(2027, 1)):
        with pytest.raises(NotAllowed):
            entering(when, deps=later, **{"9.1": 1})
    assert cell(office, quarter(2026, 4), "9.1") == 1


def test_later_forms_have_no_quarters(office, statistics):
    deps = replace(statistics, formats=(national_2021.FORM,))
    with pytest.raises(NotAllowed):
        enter(
            agency=office, year=quarter(2021, 1), form_key="national_2021", values={},
            by=member(office, "statistician"),
            deps=replace(deps, clock=FixedClock.on("2022-01-10")),
        )  # fmt: skip


def test_there_is_no_fifth_quarter(office, statistics):
    with pytest.raises(IntegrityError):
        Figure.objects.create(
            agency=office, year=2018, quarter=5, form=FORM.key, line="9.1",
            column="count", value=1, entered_at=statistics.clock.now(),
        )  # fmt: skip


# --- on its page ----------------------------------------------------------------------------
def page(agency, when=SECOND, name="enter"):
    return reverse(f"admin:reporting_figure_{name}", args=[agency.pk, when, FORM.key])


def test_a_quarter_is_filled_in_on_the_page_of_the_form(office):
    client = of(office, "statistician")
    earlier = page(office, quarter(2017, 2))
    client.post(earlier, {"seen": 0, "9.1|count": "2"})
    answer = client.post(page(office), {"seen": 0, "9.1|count": "3"}, follow=True)
    assert told(answer)[1:] == ["已保存 1 格。"]
    assert "上年 2" in text(answer)
    assert page(office).endswith("/2018-Q2/national_2018/")
    behind = reverse(
        "admin:reporting_figure_behind",
        args=[office.pk, SECOND, FORM.key, "9.1", "count"],
    )
    assert '<td class="py-1">云南省人民政府</td><td>3</td>' in text(client.get(behind))


def test_the_years_page_has_the_four_quarters_beside_it(office, entering):
    for n in (1, 2, 3, 4):
        entering(quarter(2018, n), **{"9.1": n})
    shown = text(of(office, "statistician").get(page(office, 2018)))
    assert "四个季度合计 10" in shown


def test_which_quarter_is_chosen_with_the_form(office):
    client = of(office, "statistician")
    asked = {"agency": office.pk, "year": 2018, "quarter": 2, "form": FORM.key}
    answer = client.get(reverse("admin:reporting_figure_choose"), asked)
    assert answer.headers["Location"] == page(office)


def test_a_filled_form_of_a_quarter_is_taken_for_that_quarter_alone(office):
    client = of(office, "statistician")
    book = openpyxl.load_workbook(
        BytesIO(client.get(page(office, SECOND, "empty")).content)
    )
    sheet = book.active
    row = next(r for r in sheet.iter_rows() if r[0].value == MEETINGS)
    row[-1].value = 7
    out = BytesIO()
    book.save(out)
    answer = upload(client, office, out.getvalue())
    assert told(answer) == ["表上写的是第二季度，此页是2018年度，请选对应的期间再上传"]
    file = SimpleUploadedFile("季报.xlsx", out.getvalue())
    shown = client.post(page(office, SECOND, "upload"), {"file": file})
    client.post(page(office), {"offer": shown.context["signed"]})
    kept = Figure.of_any_period.values_list("quarter", "line", "value")
    assert list(kept) == [(2, "9.1", 7)]


def test_the_page_of_a_quarter_leads_to_its_figures(office, entering):
    entering(SECOND, **{"9.1": 3})
    asked = {"agency": office.pk, "scope": "own", "start": "2018-04-01",
             "end": "2018-06-30", "form": FORM.key}  # fmt: skip
    period_page = reverse("admin:reporting_edition_period")
    assert page(office) in text(of(office, "statistician").get(period_page, asked))
