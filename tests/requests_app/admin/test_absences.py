"""离岗代办 on the pages: entered and withdrawn by whom it concerns, told where it matters."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.events import Assigned, SubmittedForReview
from requests_app.models import Absence
from requests_app.services import absences
from requests_app.services.recording import record, register
from tests.requests_app.admin.test_acts import confirmed, file_of, kinds, tried

pytestmark = pytest.mark.django_db
MINE = reverse("admin:requests_app_absence_mine")
ENTER = reverse("admin:requests_app_absence_enter")
ALL = reverse("admin:requests_app_absence_changelist")
LIST = reverse("admin:requests_app_disclosurerequest_changelist")
DAYS = {"from_on": "2024-09-11", "until_on": "2024-09-13"}


def text(answer):
    return unescape(answer.content.decode())


def page_of(made):
    return reverse("admin:requests_app_absence_change", args=[made.pk])


@pytest.fixture
def now(at):
    return at("2024-09-11")


@pytest.fixture
def zhang(signed_in, now):
    return signed_in("张三", "handler")


@pytest.fixture
def li(signed_in, now):
    return signed_in("李四", "handler", "reviewer")


@pytest.fixture
def away(zhang, li, now):
    return absences.announce(
        absent=zhang.user, substitute=li.user, from_on=date(2024, 9, 11),
        until_on=date(2024, 9, 13), by=zhang.user, deps=now,
    )  # fmt: skip


@pytest.fixture
def his(zhang, letter, now):
    given = Assigned(on=date(2024, 9, 11), handler=zhang.user.pk)
    return record(letter, given, by=None, deps=now)


def test_a_person_enters_their_own_and_withdraws_it(zhang, li):
    assert "没有登记过离岗" in text(zhang.get(MINE))
    assert 'name="absent"' not in text(zhang.get(ENTER))
    answer = zhang.post(ENTER, {**DAYS, "substitute": li.user.pk}, follow=True)
    made = Absence.objects.get()
    assert answer.redirect_chain == [(page_of(made), 302)]
    assert (made.absent, made.substitute, made.entered_by) == (
        zhang.user, li.user, zhang.user,
    )  # fmt: skip
    assert "已登记离岗：2024-09-11 — 2024-09-13。" in text(answer)
    assert "由李四代办" in text(zhang.get(MINE))
    assert "代张三办理" in text(li.get(MINE))
    page = text(zhang.post(page_of(made), follow=True))
    assert "已撤回，即日起不再代办。" in page
    made.refresh_from_db()
    assert made.withdrawn_by == zhang.user
    assert "您正在代" not in text(li.get(MINE))


def test_who_heads_no_office_enters_for_nobody_else(zhang, li):
    zhang.post(ENTER, {**DAYS, "substitute": li.user.pk, "absent": li.user.pk})
    assert Absence.objects.get().absent == zhang.user


def test_the_head_enters_for_a_colleague_sees_all_and_withdraws(
    signed_in, zhang, li, elsewhere
):
    head = signed_in("主任", "office_head")
    stranger = signed_in("外人", "handler", agency=elsewhere)
    assert "登记离岗" in text(head.get(ALL))
    sent = {**DAYS, "absent": zhang.user.pk, "substitute": li.user.pk}
    wrong = text(head.post(ENTER, {**sent, "substitute": stranger.user.pk}))
    assert "office-error" in wrong
    head.post(ENTER, sent)
    made = Absence.objects.get()
    assert (made.absent, made.entered_by) == (zhang.user, head.user)
    assert re.search(r"张三.*李四.*离岗中.*主任", text(head.get(ALL)), re.S)
    head.post(page_of(made))
    made.refresh_from_db()
    assert made.withdrawn_by == head.user


def test_the_substitute_sees_it_and_does_not_withdraw_it(away, li, signed_in):
    assert "撤回（" not in text(li.get(page_of(away)))
    assert li.post(page_of(away)).status_code == 403
    assert signed_in("王五", "handler").get(page_of(away)).status_code == 404


def test_a_refusal_keeps_what_was_typed(away, zhang, li):
    page = text(zhang.post(ENTER, {**DAYS, "substitute": li.user.pk}))
    assert "已登记 2024-09-11 — 2024-09-13 离岗，期间重叠；请错开或先撤回" in page
    assert 'value="2024-09-13"' in page
    assert Absence.objects.count() == 1


def test_roles_that_are_not_handed_over_and_desks_left_open_are_told(
    away, li, signed_in, now
):
    clerk = signed_in("王五", "intake_clerk")
    made = absences.announce(
        absent=li.user, substitute=clerk.user, from_on=date(2024, 9, 13),
        until_on=date(2024, 9, 20), by=li.user, deps=now,
    )  # fmt: skip
    page = text(li.get(page_of(made)))
    assert "王五没有：承办人员、审核人员。" in page
    assert "张三 2024-09-11 — 2024-09-13</a>" in page
    assert "王五没有" not in text(li.get(page_of(away)))


def test_the_substitute_has_a_banner_and_the_requests_in_the_queue(
    away, his, zhang, li, at
):
    page = text(li.get(LIST, {"queue": "mine"}))
    assert "您正在代张三办理，至2024-09-13。" in page
    assert "代张三</td>" in page
    assert his.number in page
    assert re.search(r"我承办的.{0,800}>\s*1\s*<", page, re.S)
    own = text(zhang.get(LIST, {"queue": "mine"}))
    assert his.number in own
    assert "代张三" not in own
    assert "您正在代" not in own
    at("2024-09-14")
    page = text(li.get(LIST, {"queue": "mine"}))
    assert "您正在代" not in page
    assert his.number not in page


@pytest.mark.parametrize("query", [{}, {"queue": "mine"}])
def test_standing_in_costs_the_list_no_statement(office, li, zhang, his, now, query):
    own = register(agency=office, received_on=date(2024, 9, 10), by=None, deps=now)
    given = Assigned(on=date(2024, 9, 11), handler=li.user.pk)
    record(own, given, by=None, deps=now)
    li.get(LIST, query)  # the first page of a minute moves the session
    with CaptureQueriesContext(connection) as before:
        li.get(LIST, query)
    absences.announce(
        absent=zhang.user, substitute=li.user, from_on=date(2024, 9, 11),
        until_on=date(2024, 9, 13), by=zhang.user, deps=now,
    )  # fmt: skip
    with CaptureQueriesContext(connection) as after:
        assert his.number in text(li.get(LIST, query))
    assert len(after) == len(before) < 10


def test_the_form_says_who_is_away_and_assigns_all_the_same(
    away, letter, zhang, signed_in
):
    clerk = signed_in("收发", "intake_clerk")
    typed = {"on": "2024-09-11", "handler": str(zhang.user.pk), "unit": ""}
    page = tried(clerk, letter, "assigned", **typed)
    assert "张三（离岗至2024-09-13，由李四代办）</option>" in page
    assert (
        "张三离岗至2024-09-13，由李四代办：分办后两人的“我承办的”都列出此件。" in page
    )
    answer, _ = confirmed(clerk, letter, "assigned", **typed)
    assert answer.status_code == 302
    assert kinds(letter) == ["received", "registered", "assigned"]
    assert "离岗至2024-09-13，由李四代办" in text(clerk.get(file_of(letter)))


def test_nothing_is_said_of_who_is_there(away, letter, li, signed_in):
    clerk = signed_in("收发", "intake_clerk")
    page = tried(clerk, letter, "assigned", on="2024-09-11", handler=str(li.user.pk))
    assert "李四</option>" in page
    assert "分办后两人的" not in page


def test_the_timeline_says_who_acted_for_whom(away, his, li):
    confirmed(li, his, "searched", on="2024-09-11", remark="检索档案系统，无")
    assert "李四（代张三） · 2024-09-11" in text(li.get(file_of(his)))


def test_a_substitute_is_refused_the_review_of_the_drafters_request(
    away, his, zhang, li, now
):
    submitted = SubmittedForReview(on=date(2024, 9, 11))
    record(his, submitted, by=zhang.user, remark="拟公开", deps=now)
    page = tried(li, his, "reviewed", on="2024-09-11", remark="同意")
    assert (
        "代承办人、送审人办理期间不得审核其申请，请由他人审核；本机关没有未经手此件的"
        "审核人，请管理员另授审核权限（第四十五条）"
    ) in page
    assert "同意</textarea>" in page


def test_a_reviewers_substitute_says_in_whose_stead(his, zhang, li, signed_in, now):
    chief = signed_in("赵六", "reviewer")
    typed = {"on": "2024-09-11", "remark": "同意"}
    record(
        his, SubmittedForReview(on=date(2024, 9, 11)), by=zhang.user, remark="拟公开",
        deps=now,
    )  # fmt: skip
    assert "代谁办理" not in tried(li, his, "reviewed", **typed)
    absences.announce(
        absent=chief.user, substitute=li.user, from_on=date(2024, 9, 11),
        until_on=date(2024, 9, 13), by=chief.user, deps=now,
    )  # fmt: skip
    assert "代谁办理" in tried(li, his, "reviewed", **typed)
    confirmed(li, his, "reviewed", acting_for=str(chief.user.pk), **typed)
    assert "李四（代赵六） · 2024-09-11" in text(li.get(file_of(his)))


def test_a_substitute_without_the_role_does_not_review(his, zhang, signed_in, now):
    chief, other = signed_in("赵六", "reviewer"), signed_in("王五", "handler")
    absences.announce(
        absent=chief.user, substitute=other.user, from_on=date(2024, 9, 11),
        until_on=date(2024, 9, 13), by=chief.user, deps=now,
    )  # fmt: skip
    record(
        his, SubmittedForReview(on=date(2024, 9, 11)), by=zhang.user, remark="拟公开",
        deps=now,
    )  # fmt: skip
    act = reverse("admin:requests_app_disclosurerequest_act", args=[his.pk, "reviewed"])
    assert other.get(act).status_code == 403


def test_the_list_of_absences_takes_as_many_queries_whatever_the_rows(
    signed_in, person, office, zhang, li, now, django_assert_max_num_queries
):
    head = signed_in("主任", "office_head")
    register(agency=office, received_on=date(2024, 9, 10), by=None, deps=now)
    for number in range(20):
        absences.announce(
            absent=person(f"同事{number}"), substitute=li.user, by=head.user, deps=now,
            from_on=date(2024, 9, 11), until_on=date(2024, 9, 13),
        )  # fmt: skip
    head.get(ALL)
    with django_assert_max_num_queries(10):
        head.get(ALL)
