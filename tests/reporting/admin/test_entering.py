"""The 填报 page: a form as printed, with a box in each cell that is filled in by hand."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from reporting.models import Figure, FigureChange
from tests.reporting.admin.test_editions import of, text

pytestmark = pytest.mark.django_db


def page(agency, year=2018, form="national_2018"):
    return reverse("admin:reporting_figure_enter", args=[agency.pk, year, form])


def filled(seen=0, **cells):
    return {"seen": seen} | {f"{line}|count": value for line, value in cells.items()}


def boxes(answer):
    found = re.findall(r'name="([^"|]+)\|count" value="([^"]*)"', text(answer))
    return {line: value for line, value in found if value}


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_what_is_typed_is_saved_and_checked_at_once(office):
    typed = {"8.3": "１，２３４人", "8.3.1": "1,000", "8.3.2": "200"}
    answer = of(office, "statistician").post(page(office), filled(**typed), follow=True)
    assert told(answer) == ["已保存 3 格。"]
    assert boxes(answer) == {"8.3": "1234", "8.3.1": "1000", "8.3.2": "200"}
    [found] = answer.context["entry"].told()
    assert (found["rule"], found["level"], found["at"]) == (
        "S18-R13", "hard", "c-8_3-count",
    )  # fmt: skip


def test_nothing_typed_is_lost_when_a_number_is_wrong(office):
    typed = {"1.1": "12", "8.3": "1.5", "9.1": "十二", "9.2": "-3"}
    answer = of(office, "statistician").post(page(office), filled(**typed))
    assert boxes(answer) == typed
    assert [one["called"].partition(" ")[0] for one in answer.context["entry"].wrong()] == [
        "8.3", "9.1", "9.2",
    ]  # fmt: skip
    assert (Figure.objects.count(), FigureChange.objects.count()) == (0, 0)


def test_the_second_of_two_is_told_and_loses_nothing(office):
    first, second = of(office, "statistician"), of(office, "statistician")
    first.post(page(office), filled(**{"9.1": "1", "9.2": "2", "9.3": "3"}))
    seen = FigureChange.objects.latest("pk").pk
    first.post(page(office), filled(seen, **{"9.1": "7", "9.2": "8", "9.3": "3"}))
    answer = second.post(
        page(office), filled(seen, **{"9.1": "5", "9.2": "2", "9.3": "4"})
    )
    told_of = [(o["at"], o["typed"]) for o in answer.context["entry"].overtaken_told()]
    assert told_of == [("c-9_1-count", "5"), ("c-9_2-count", "")]
    assert boxes(answer) == {"9.1": "5", "9.2": "8", "9.3": "4"}
    again = filled(answer.context["entry"].seen, **boxes(answer))
    second.post(page(office), again)
    assert {f.line: int(f.value) for f in Figure.objects.all()} == {
        "9.1": 5, "9.2": 8, "9.3": 4,
    }  # fmt: skip


def test_last_years_numbers_stand_beside_the_boxes(office, statistics):
    Figure.objects.create(
        agency=office, year=2017, form="national_2018", line="1.1", column="count",
        value=Decimal(77), entered_at=statistics.clock.now(),
    )  # fmt: skip
    assert "上年 77" in text(of(office, "statistician").get(page(office)))


def test_a_number_of_the_log_is_shown_and_opens_its_requests(office, letters):
    client = of(office, "statistician")
    answer = client.get(page(office))
    there = reverse(
        "admin:reporting_figure_behind",
        args=[office.pk, 2018, "national_2018", "3.1", "count"],
    )
    assert f'href="{there}" class="underline">2</a>' in text(answer)
    assert 'name="3.1|count"' not in text(answer)
    assert client.get(there).context["total"] == 2


def test_an_entered_number_opens_who_entered_what(office):
    client = of(office, "statistician")
    client.post(page(office), filled(**{"1.1": "12"}))
    seen = FigureChange.objects.get().pk
    client.post(page(office), filled(seen, **{"1.1": "13"}))
    there = reverse(
        "admin:reporting_figure_behind",
        args=[office.pk, 2018, "national_2018", "1.1", "count"],
    )
    changes = client.get(there).context["changes"]
    assert [(change.before, change.after) for change in changes] == [
        ("12", "13"), ("", "12"),
    ]  # fmt: skip


def test_others_read(office, county):
    above = of(office, "statistician").get(page(county))
    assert "只可查看" in text(above)
    assert 'name="1.1|count"' not in text(above)
    refused = of(office, "office_head").post(page(office), filled(**{"1.1": "3"}))
    assert told(refused) == ["由本机关的统计人员填报"]
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("year", "form"), [(2018, "national_1999"), (2021, "national_2018")]
)
def test_there_is_no_page_for_what_is_no_form_of_that_year(office, year, form):
    answer = of(office, "statistician").get(page(office, year, form))
    assert answer.status_code == 404


def test_an_agency_out_of_sight_has_no_page(county, office):
    assert of(county, "statistician").get(page(office)).status_code == 404


def test_an_agency_without_a_log_may_hand_in_the_whole_table(office, county, letters):
    client = of(county, "statistician")
    assert [
        'name="3.1|count"' in text(client.get(page(county, year) + "?whole=1"))
        for year in (2018, 2017)
    ] == [False, True]


def test_the_choice_leads_to_the_page(office):
    there = reverse("admin:reporting_figure_choose")
    told = {"agency": office.pk, "year": 2018, "form": "national_2018"}
    answer = of(office, "statistician").get(there, told)
    assert (answer.status_code, answer["Location"]) == (302, page(office))
