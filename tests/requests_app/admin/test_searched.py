"""What a field offers while one types: of what is in sight, and never a whole province."""

import re
from datetime import date

import pytest
from django.urls import reverse

from requests_app.admin import searched
from requests_app.domain.events import Assigned
from requests_app.models import Agency, Unit
from requests_app.services.agencies import place
from requests_app.services.recording import record
from tests.requests_app.admin.test_acts import text

pytestmark = pytest.mark.django_db


def found(client, what, words=""):
    url = reverse("admin:requests_app_disclosurerequest_search", args=[what])
    return client.get(url, {"q": words}).json()


def labels(client, what, words=""):
    return [one["label"] for one in found(client, what, words)["found"]]


@pytest.fixture
def county(office):
    made = Agency(
        code="530102", name="五华区人民政府", kind="government", parent=office
    )
    place(made, on=None)
    return made


@pytest.fixture
def reader(signed_in):
    return signed_in("读者", "handler")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", ["云南省人民政府（530000）", "五华区人民政府（530102）"]),
        ("五华", ["五华区人民政府（530102）"]),
        ("5301", ["五华区人民政府（530102）"]),
        ("五华 5301", ["五华区人民政府（530102）"]),
        ("别省", []),
        ("%", []),
    ],
)
def test_agencies_in_sight_by_name_or_code(reader, county, elsewhere, words, told):
    assert labels(reader, "agency", words) == told
    assert labels(reader, "area", words) == told


def test_a_dissolved_agency_has_no_place_above_others(reader, county):
    Agency.objects.filter(pk=county.pk).update(dissolved_on="2024-01-01")
    assert labels(reader, "going-on") == ["云南省人民政府（530000）"]
    assert len(labels(reader, "agency")) == 2


def test_handlers_are_those_of_requests_in_sight(
    reader, signed_in, person, letter, elsewhere, at
):
    li = person("李四", "handler")
    person("赵六", "handler")  # handles nothing
    given = Assigned(on=date(2024, 9, 11), handler=li.pk)
    record(letter, given, by=None, deps=at("2024-09-11"))
    stranger = signed_in("外人", "handler", agency=elsewhere)
    assert labels(reader, "handler") == ["李四 · 云南省人民政府"]
    assert labels(reader, "handler", "赵") == labels(stranger, "handler") == []


def test_units_of_agencies_in_sight(reader, office, elsewhere):
    Unit.objects.create(agency=office, name="法规处")
    Unit.objects.create(agency=elsewhere, name="法规司")
    assert labels(reader, "unit", "法规") == ["法规处 · 云南省人民政府"]


def test_who_is_not_signed_in_is_offered_nothing(client):
    url = reverse("admin:requests_app_disclosurerequest_search", args=["agency"])
    assert client.get(url).status_code == 302


def test_what_is_not_searched_is_not_found(reader):
    url = reverse("admin:requests_app_disclosurerequest_search", args=["applicant"])
    assert reader.get(url).status_code == 404


def test_no_more_than_a_few_are_offered_and_that_is_told(reader, office, many):
    told = found(reader, "agency", "镇")
    assert (len(told["found"]), told["more"]) == (searched.SHOWN, True)


@pytest.fixture
def many(office):
    """More agencies than a list holds."""
    return Agency.objects.bulk_create(
        Agency(
            code=f"5301-{n}", name=f"第{n}镇", kind="government", parent=office,
            path=f"{office.path}{n}/",
        )
        for n in range(searched.FEW)
    )  # fmt: skip


PAGES = {
    "period": reverse("admin:reporting_edition_period"),
    "compare": reverse("admin:reporting_edition_compare"),
    "register": reverse("admin:requests_app_disclosurerequest_register", args=["post"]),
    "appeal": reverse("admin:requests_app_appeal_add"),
    "agency": reverse("admin:requests_app_agency_add"),
    "staff's unit": reverse("admin:requests_app_unit_add"),
    "complaint": reverse("admin:requests_app_complaint_add"),
    "numbers before": reverse("admin:reporting_figure_opening"),
    "templates": reverse("admin:requests_app_lettertemplate_kinds"),
}


def selects(page: str) -> list[tuple[bool, int]]:
    """(whether it is searched, how many it offers) of each list of agencies."""
    told = re.findall(r"<select([^>]*)>(.*?)</select>", page, re.S)
    named = r'name="(agency|other_agency|parent|reports_to)"'
    return [
        ("data-search" in opening, len(re.findall('<option value="[^"]', inside)))
        for opening, inside in told
        if re.search(named, opening)
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_long_list_of_agencies_is_searched_and_a_short_one_listed(
    admin_client, office, page, request
):
    short = selects(text(admin_client.get(PAGES[page])))
    assert short
    assert {is_searched for is_searched, _ in short} == {False}
    request.getfixturevalue("many")
    long = selects(text(admin_client.get(PAGES[page])))
    assert len(long) == len(short)
    assert all(is_searched and offered <= 1 for is_searched, offered in long)


def test_what_was_chosen_stays_in_a_form_that_comes_back(admin_client, office, many):
    chosen = Agency.objects.get(code="5301-7")
    page = text(admin_client.post(PAGES["register"], {"agency": chosen.pk}))
    assert f'<option value="{chosen.pk}" selected>第7镇（5301-7）</option>' in page
    page = text(admin_client.get(PAGES["compare"], {"agency": "5301-7"}))
    assert '<option value="5301-7" selected>第7镇（5301-7）</option>' in page
    for rubbish in ("x", "9" * 30, "-1"):
        assert (
            admin_client.post(PAGES["register"], {"agency": rubbish}).status_code == 200
        )
