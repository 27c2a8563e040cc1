"""What has no place in a form is named, softly; the requests themselves where it matters."""

from datetime import date

import pytest

from reporting.formats import national_2018, national_2021
from reporting.services.counting import count
from reporting.services.reports import AREA, report
from requests_app.models import Agency, DisclosureRequest
from requests_app.services.agencies import place

YEAR = {"received_on": date(2021, 3, 1), "replied_on": date(2021, 3, 9)}


@pytest.fixture
def books(office):
    below = Agency(code="530100", name="昆明市", kind="government", parent=office)
    place(below, on=None)
    for n, (agency, kind, outcome, fee) in enumerate(
        [(office, "", "granted", "100"), (below, "", "other", None),
         (below, "business", "granted", "2850.5")], 1,
    ):  # fmt: skip
        DisclosureRequest.objects.create(
            agency=agency, reference=f"{agency.code}-2021-{n}", number_year=2021,
            stage="replied", channel="online", applicant_kind=kind, outcome=outcome,
            timeliness="on_time", fee=fee, **YEAR,
        )  # fmt: skip
    return office


def doubts(form, year, agency):
    found = report(count(form, year), agency.pk, AREA)["findings"]
    return [(f["rule"], f["left"], f["message"]) for f in found if f["level"] == "soft"]


def test_the_requests_without_a_kind_are_named_and_fees_are_told(books):
    assert doubts(national_2021.FORM, 2021, books) == [
        ("applicant_kind_missing", 2,
         "2 件申请没有申请人类别，只计入总计：530000-2021-1、530100-2021-2"
         " / 2 requests without a kind of applicant, counted in the total alone"),
        ("fee_without_line", 0.29505,
         "收取信息处理费 0.29505 万元，本表没有此行，请在“其他需要报告的事项”中写明"
         " / 0.29505 fees in 10 000 yuan: no line here, to be told in chapter 六"),
    ]  # fmt: skip


def test_a_form_asked_for_another_year_says_what_it_has_no_place_for(books):
    found = [(rule, left) for rule, left, _ in doubts(national_2018.FORM, 2021, books)]
    assert ("outcome_without_line", 1) in found
    assert ("applicant_kind_without_line", 1) in found
