"""总览: every number is the length of the list that it leads to."""

import random
import re

import pytest
from django.urls import reverse

from requests_app.models import Agency, DisclosureRequest
from requests_app.services.agencies import place
from tests.reporting.admin.test_editions import of, text
from tests.reporting.random_years import random_world

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")
LEADS = re.compile(r'<a href="([^"]+)"><g><title>\D*?(?:\d+月 )?(\d+)</title>')


@pytest.fixture
def world(db):
    tree, _requests, _appeals = random_world(random.Random(7))
    DisclosureRequest.objects.filter(reference__endswith="3").update(
        voided_on="2018-12-31"
    )
    open_ = DisclosureRequest.objects.filter(replied_on=None)
    open_.update(base_due_on="2018-12-31", due_on="2018-12-31")
    open_.filter(reference__endswith="5").update(base_due_on=None, due_on=None)
    return tree


def told(answer):
    """(address, number) of every number on the page that leads somewhere."""
    context = answer.context
    marks = [*context["tiles"]]
    for _heading, rows in context["channels"]:
        for _name, months, whole in rows:
            marks += [*months, whole]
    for _name, _alone, numbers in context["agencies"]:
        marks += numbers
    drawn = "".join(
        context[name] for name in ("by_month", "timeliness", "outcomes", "appeals")
    )
    return [(m.link, m.number) for m in marks] + [
        (link.replace("&amp;", "&"), int(number))
        for link, number in LEADS.findall(drawn)
    ]


@pytest.mark.parametrize("whose", [0, 1, 7])  # the root, one with others below, a leaf
def test_every_number_is_the_length_of_its_list(world, whose):
    client = of(world[whose], "statistician")
    numbers = told(client.get(INDEX, {"year": 2017}))
    wrong = {}
    for link, number in numbers:
        found = client.get(link).context["cl"].result_count
        if found != number:
            wrong[link] = (number, found)
    assert wrong == {}
    assert len(numbers) > 180
    assert sum(number for _link, number in numbers) > 500


def test_below_are_the_agencies_one_step_down_and_they_add_up(world):
    answer = of(world[1], "statistician").get(INDEX, {"year": 2018})
    rows = answer.context["agencies"]
    assert sorted((name, alone) for name, alone, _ in rows) == [
        ("机关1", "本级"), ("机关3", ""), ("机关4", ""),
    ]  # fmt: skip
    numbers = [[mark.number for mark in marks] for _, _, marks in rows]
    assert [sum(column) for column in zip(*numbers, strict=True)] == [
        tile.number for tile in answer.context["tiles"]
    ]


def test_who_sees_all_with_several_roots_sees_each(world, django_user_model):
    place(Agency(code="B0", name="别处", kind="government"), on=None)
    root = django_user_model.objects.create_superuser("root", agency=world[0])
    client = of(world[0])
    client.force_login(root)
    rows = client.get(INDEX, {"year": 2018}).context["agencies"]
    assert sorted(name for name, _, _ in rows) == ["别处", "机关0"]


@pytest.mark.parametrize("role", ["statistician", "handler"])
@pytest.mark.parametrize("year", [{}, {"year": "2017"}])
def test_the_overview_is_one_statement_beside_the_frame_of_every_page(
    world, role, year, django_assert_max_num_queries
):
    client = of(world[0], role)
    client.get(INDEX)  # the calendar is read when the process first needs it
    empty = not year  # a year in which nothing was received asks for the last that had
    with django_assert_max_num_queries(10 + empty) as asked:
        client.get(INDEX, year)
    overview = [q for q in asked if 'AS "part"' in q["sql"]]
    assert len(overview) == 1 + empty


def test_the_last_year_with_anything_in_it_is_shown_and_others_can_be_chosen(world):
    client = of(world[0], "statistician")
    page = client.get(INDEX)
    assert page.context["overview"].year == 2019
    assert "2019 年总览" in text(page)
    for year in (2015, 2016, 2017, 2018):
        assert f'<a href="?year={year}">' in text(page)


@pytest.mark.parametrize("year", ["", "0", "abc", "1999", "99999999"])
def test_a_year_that_cannot_be_is_not_asked_for(world, year):
    page = of(world[0], "statistician").get(INDEX, {"year": year})
    assert page.context["overview"].year == 2019


@pytest.mark.parametrize(
    ("role", "first"),
    [("handler", True), ("intake_clerk", True), ("office_head", False)],
)
def test_who_reports_on_nothing_sees_the_queues_first(world, role, first):
    page = text(of(world[0], role).get(INDEX))
    assert (page.index("待办</h2>") < page.index("年总览")) == first


def test_a_new_office_is_told_how_to_begin(office):
    page = text(of(office, "intake_clerk").get(INDEX))
    assert "还没有登记过申请" in page
    assert (
        reverse("admin:requests_app_disclosurerequest_register", args=["post"]) in page
    )
    assert "<svg" not in page.partition("还没有登记过申请")[2]


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("disclosurerequest", {"area": "990000"}),
        ("disclosurerequest", {"area": "A0"}),  # above, out of sight
        ("appeal", {"counted": "2018"}),
        ("appeal", {"counted": "20180-upheld"}),
        ("appeal", {"counted": "2018-won"}),
    ],
)
def test_a_filter_that_names_nothing_lists_nothing(world, page, query):
    address = reverse(f"admin:requests_app_{page}_changelist")
    answer = of(world[1], "statistician").get(address, query)
    assert answer.context["cl"].result_count == 0
