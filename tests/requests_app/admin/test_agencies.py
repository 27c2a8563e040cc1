"""机关 on their pages: each act from a day, by a superuser, and the way back."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from reporting.services.tree import tree_on
from requests_app.models import Agency, DisclosureRequest, Staff
from requests_app.services import offers, recording
from requests_app.services.agencies import dissolve, place
from tests.requests_app.admin.test_acts import text

pytestmark = pytest.mark.django_db
NEW = {"code": "530102", "name": "五华区人民政府", "kind": "government", "number_pattern": "{year}-{serial}"}  # fmt: skip
LAST_YEAR, THIS_YEAR = date(2025, 12, 31), date(2026, 12, 31)


def to(name, *args):
    return reverse(f"admin:requests_app_agency_{name}", args=args)


@pytest.fixture
def root(office, at):
    at("2026-01-05")
    user = Staff.objects.create_superuser("root", password="x")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def city(office):
    made = Agency(code="530100", name="昆明市", kind="government", parent=office)
    place(made, on=None)
    return made


def named(day):
    return {n.code: (n.name, n.above) for n in tree_on(day).nodes.values()}


def test_founded_on_a_day_it_stands_in_no_earlier_tree(root, office):
    answer = root.post(to("add"), NEW | {"parent": office.pk, "on": "2026-01-01"})
    made = Agency.objects.get(code="530102")
    assert answer.url == to("change", made.pk)
    assert (made.code in named(LAST_YEAR), named(THIS_YEAR)[made.code]) == (
        False, ("五华区人民政府", office.pk),
    )  # fmt: skip
    page = text(root.get(answer.url))
    assert all(told in page for told in ("2026-01-01", "五华区人民政府", "隶属沿革"))


def test_a_move_of_december_typed_in_january_stands_in_the_year_it_was(
    root, office, city
):
    told = {"name": "昆明市人民政府", "parent": "", "on": "2025-12-20"}
    root.post(to("move", city.pk), told)
    assert named(LAST_YEAR)["530100"] == ("昆明市人民政府", None)
    assert named(date(2025, 12, 19))["530100"] != named(LAST_YEAR)["530100"]
    assert "昆明市人民政府" in text(root.get(to("history", city.pk)))


def test_a_circle_is_refused_in_a_sentence_and_nothing_is_written(root, office, city):
    told = {"name": office.name, "parent": city.pk, "on": "2026-01-01"}
    answer = text(root.post(to("move", office.pk), told))
    assert "不能隶属于自己的下级" in answer
    office.refresh_from_db()
    assert (office.parent, office.path) == (None, "/530000/")


def test_what_others_stand_under_is_not_dissolved(root, office, city):
    answer = text(root.post(to("dissolve", office.pk), {"on": "2026-01-01"}))
    assert "尚有下级机关" in answer
    office.refresh_from_db()
    assert office.dissolved_on is None


@pytest.fixture
def succeeded(root, office, city, letter):
    """The office of the letter goes up in another; the letter is still open."""
    heir = Agency(code="530001", name="新机关", kind="government")
    place(heir, on=None)
    city.parent = heir
    place(city, on=date(2026, 1, 1))
    told = {"on": "2026-01-02", "successor": heir.pk}
    assert root.post(to("dissolve", office.pk), told).status_code == 302
    return heir


def test_the_successor_sees_and_acts_on_what_is_open(succeeded, person, letter):
    handler = person("new", "handler", agency=succeeded)
    seen = DisclosureRequest.objects.visible_to(handler).get(pk=letter.pk)
    assert offers.acts_here(handler, seen)
    client = Client()
    client.force_login(handler)
    page = client.get(
        reverse("admin:requests_app_disclosurerequest_change", args=[letter.pk])
    )
    assert "检索记录" in text(page)


def test_a_letter_after_the_end_is_registered_by_the_successor(succeeded, office, at):
    office.refresh_from_db()
    with pytest.raises(recording.NotAllowed, match="请由承继机关 新机关"):
        recording.register(
            agency=office, received_on=date(2026, 1, 3), by=None, deps=at("2026-01-05")
        )


def test_a_dissolution_entered_by_mistake_is_taken_back(succeeded, root, office):
    before = named(THIS_YEAR)["530000"]
    root.post(to("restore", office.pk))
    office.refresh_from_db()
    assert (office.dissolved_on, office.successor) == (None, None)
    assert (named(THIS_YEAR)["530000"], office.placements.get().until_on) == (
        before, None,
    )  # fmt: skip


def test_who_succeeds_a_successor_answers_for_both(succeeded, office, city):
    last = Agency(code="530002", name="再新机关", kind="government")
    place(last, on=None)
    city.parent = last
    place(city, on=date(2026, 2, 1))
    dissolve(succeeded, on=date(2026, 2, 2), successor=last)
    office.refresh_from_db()
    assert office.successor == last


@pytest.mark.parametrize("pattern", ["{serial}", "{year}{x}{serial}", "{year}{year}{serial}", "{serial}{year}", ""])  # fmt: skip
def test_a_pattern_without_year_and_number_is_refused(root, office, pattern):
    told = {"kind": "government", "number_pattern": pattern}
    root.post(to("settings", office.pk), told)
    office.refresh_from_db()
    assert office.number_pattern == "〔{year}〕{serial}号"


@pytest.mark.parametrize("act", ["move", "settings", "dissolve", "restore"])
def test_only_a_superuser_changes_the_tree(signed_in, office, act):
    head = signed_in("head", "office_head")
    assert head.post(to(act, office.pk), {}).status_code == 403
    page = text(head.get(to("change", office.pk)))
    assert ("隶属沿革" in page, "撤销机关" in page) == (True, False)
    assert head.get(to("add")).status_code == 403
