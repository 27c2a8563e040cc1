"""Queues: one predicate for count and list, sorted by due day, in few queries."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from requests_app.domain import events as happened
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Appeal, Applicant, DisclosureRequest, Unit
from requests_app.services import queues
from requests_app.services.recording import record, register

pytestmark = pytest.mark.django_db
LIST = "admin:requests_app_disclosurerequest_changelist"
APPEALS = "admin:requests_app_appeal_changelist"
TODAY = "2024-10-11"  # a Friday


@pytest.fixture
def handler(signed_in, office):
    client = signed_in("handler", "handler")
    client.user.unit = Unit.objects.create(agency=office, name="政务公开处")
    client.user.save()
    return client


@pytest.fixture
def many(office, elsewhere, handler, at):
    """One request for each queue, named by its subject, and one of another agency."""
    deps = at(TODAY)

    def made(subject, received, *events, agency=office):
        one = register(
            agency=agency, received_on=date.fromisoformat(received), subject=subject,
            by=None, deps=deps,
        )  # fmt: skip
        for event in events:
            record(one, event, by=None, deps=deps)
        return one

    today = date.fromisoformat(TODAY)
    granted = happened.Replied(on=today, outcome=Outcome.GRANTED)
    made("mine", TODAY, happened.Assigned(on=today, handler=handler.user.pk))
    made("unit", TODAY, happened.Assigned(on=today, unit=handler.user.unit_id))
    help_by = happened.CoAssigned(on=today, unit=handler.user.unit_id, due_on=today)
    made("beside", TODAY, help_by)
    made("waiting", TODAY, happened.SupplementAsked(on=today))
    made("due_soon", "2024-09-12")
    made("overdue", "2024-09-02")
    made("to_review", TODAY, happened.SubmittedForReview(on=today))
    made("to_serve", TODAY, granted)
    made("to_serve_again", TODAY, granted, happened.ReplyReturned(on=today))
    made("to_archive", TODAY, granted, happened.ReplyDelivered(on=today))
    made("archived", TODAY, granted, happened.Archived(on=today))
    lost(made("to_decide_anew", TODAY, granted, happened.Archived(on=today)))
    made("elsewhere", "2024-09-02", agency=elsewhere)
    return deps


def lost(one):
    """A decision of 8 October orders it to be decided anew."""
    return Appeal.objects.create(
        agency=one.agency, disclosure_request=one, procedure="reconsideration",
        filed_on=date(2024, 9, 2), decided_on=date(2024, 10, 8), result="corrected",
        orders_disclosure=True,
    )  # fmt: skip


@pytest.mark.parametrize("key", queues.QUEUES)
def test_a_queue_holds_its_own_and_its_count_is_that_of_its_list(handler, many, key):
    seen = DisclosureRequest.objects.visible_to(handler.user)
    day = queues.day_of(handler.user, many)
    found = queues.within(seen, key, day)
    assert [one.wording.subject for one in found] == [key]
    assert queues.counts(day)[key] == 1


def test_the_list_of_a_queue_shows_it_and_the_menu_counts_it(handler, many):
    page = handler.get(reverse(LIST), {"queue": "overdue"}).content.decode()
    assert "▲" in page
    assert re.findall(r"逾期 \d+ 天", page) == ["逾期 11 天"]
    assert page.count("/change/") == 1
    assert "queue=overdue" in page


def test_a_second_decision_with_the_reviewer_lies_in_both_queues(many, handler):
    anew = DisclosureRequest.objects.get(wording__subject="to_decide_anew")
    submitted = happened.SubmittedForReview(on=date(2024, 10, 11))
    record(anew, submitted, by=None, deps=many)
    day = queues.day_of(handler.user, many)
    seen = DisclosureRequest.objects.visible_to(handler.user)
    found = {key: set(queues.within(seen, key, day)) for key in queues.QUEUES}
    assert {key for key, lies in found.items() if anew in lies} == {
        "to_review",
        "to_decide_anew",
    }


def test_what_is_to_be_decided_anew_stands_with_the_day_ordered(handler, many):
    page = handler.get(reverse(LIST), {"queue": "to_decide_anew"}).content.decode()
    assert "2024-11-04 · 剩 17 个工作日" in page


def test_the_menu_counts_what_is_owed_as_respondent_and_its_list_shows_it(
    handler, many
):
    page = handler.get(reverse(LIST)).content.decode()
    assert re.search(r"应诉待办.{0,800}>\s*1\s*<", page, re.S)
    listed = handler.get(reverse(APPEALS), {"owed": "1"}).content.decode()
    assert listed.count("按裁判重新答复或公开 2024-11-04") == 1


def test_a_queue_is_sorted_by_due_day(handler, office, at):
    deps = at(TODAY)
    for received in ("2024-09-12", "2024-09-02", "2024-09-10"):
        on = date.fromisoformat(received)
        register(agency=office, received_on=on, by=None, deps=deps)
    handler.user.unit = None
    handler.user.save()
    answer = handler.get(reverse(LIST), {"queue": "unit"})
    due = [one.due_on for one in answer.context["cl"].result_list]
    assert due == sorted(due)
    assert len(due) == 3


@pytest.mark.parametrize("query", [{}, {"queue": "unit"}, {"q": "征地"}])
@pytest.mark.parametrize("rows", [1, 60])
def test_a_list_takes_under_ten_queries_whatever_the_rows(
    handler, office, at, query, rows
):
    deps = at(TODAY)
    for _ in range(rows):
        register(
            agency=office, received_on=date(2024, 10, 8), subject="征地批复", by=None,
            deps=deps,
        )  # fmt: skip
    DisclosureRequest.objects.update(handler=handler.user)
    with CaptureQueriesContext(connection) as asked:
        handler.get(reverse(LIST), query)
    told = [q["sql"] for q in asked if q["sql"].startswith("SELECT")]
    assert len(told) < 10, told  # the first page of a minute moves the session besides


def test_who_sees_applicants_masked_does_not_find_them_by_name(signed_in, office, at):
    deps = at(TODAY)
    who = Applicant(name="张三丰")
    register(
        agency=office, received_on=date(2024, 10, 8), applicant=who, by=None, deps=deps
    )
    shown = {
        role: signed_in(role, role)
        .get(reverse(LIST), {"q": "张三丰"})
        .context["cl"]
        .result_count
        for role in ("handler", "statistician", "supervisor", "auditor")
    }
    assert shown == {"handler": 1, "statistician": 0, "supervisor": 0, "auditor": 0}


def test_a_reply_handed_over_waits_for_the_archive_and_one_posted_for_its_service(
    handler, office, at
):
    deps = at(TODAY)
    stands = {}
    for service in ("direct", "postal"):
        one = register(agency=office, received_on=date(2024, 10, 8), by=None, deps=deps)
        replied = happened.Replied(
            on=date(2024, 10, 11), outcome=Outcome.GRANTED, service=service
        )
        record(one, replied, by=None, deps=deps)
        seen = DisclosureRequest.objects.filter(pk=one.pk)
        stands[service] = [
            key
            for key in queues.QUEUES
            if queues.within(seen, key, queues.day_of(handler.user, deps))
        ]
    assert stands == {"direct": ["to_archive"], "postal": ["to_serve"]}


FOUND = [
    ({"q": "征地"}, ["征地批复"]),
    ({"q": "〔2024〕2号"}, ["=1+1"]),
    ({"q": "土地"}, ["征地批复"]),
    ({"q": "批复 土地"}, ["征地批复"]),
    ({"q": "批复 林地"}, []),
    ({"q": "2024-2"}, ["=1+1"]),
    ({"q": "530000-2024-1"}, ["征地批复"]),
    ({"channel__exact": "fax", "q": "批复"}, []),
    ({"channel__exact": "post", "q": "批复"}, ["征地批复"]),
]


@pytest.fixture
def two(office, at):
    deps = at(TODAY)
    for subject, channel, topic in [("征地批复", "post", "土地"), ("=1+1", "fax", "")]:
        register(
            agency=office, received_on=date(2024, 10, 8), subject=subject,
            channel=channel, topic=topic, by=None, deps=deps,
        )  # fmt: skip


@pytest.mark.parametrize(("query", "subjects"), FOUND)
def test_the_filtered_list_as_csv(handler, two, query, subjects):
    url = reverse("admin:requests_app_disclosurerequest_export", args=["csv"])
    body = b"".join(handler.get(url, query).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [r["申请内容"].removeprefix("'") for r in rows] == subjects


def test_no_cell_of_a_file_is_a_formula(handler, two):
    name = "admin:requests_app_disclosurerequest_export"
    body = b"".join(handler.get(reverse(name, args=["csv"])).streaming_content)
    assert b",'=1+1," in body
    book = b"".join(handler.get(reverse(name, args=["xlsx"])).streaming_content)
    sheet = load_workbook(io.BytesIO(book)).active
    told = {(cell.value, cell.data_type) for row in sheet for cell in row if cell.value}
    assert ("=1+1", "s") in told
    assert {kind for _, kind in told} == {"s"}


def test_out_of_sight_is_in_no_file(handler, elsewhere, many):
    url = reverse("admin:requests_app_disclosurerequest_export", args=["csv"])
    body = b"".join(handler.get(url).streaming_content).decode()
    assert "别省人民政府" not in body
    assert body.count("云南省人民政府") == 12
