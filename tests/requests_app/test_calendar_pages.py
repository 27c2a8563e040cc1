"""The calendar's pages: a notice from its text, the moves and their approval, why a due day."""

from datetime import date

import pypdfium2
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from requests_app.models import CalendarNotice, DisclosureRequest
from requests_app.services.recording import register

pytestmark = pytest.mark.django_db
ADD = "admin:requests_app_calendarnotice_add"
MOVES = "admin:requests_app_recalculation"
DEADLINE = "admin:requests_app_disclosurerequest_deadline"
NOTICE = {
    "year": "2027",
    "number": "",
    "published_on": "",
    "text": "一、元旦：1月1日放假。\n二、春节：2月5日至11日放假调休。2月14日（星期日）上班。",
}


@pytest.fixture
def head(client, office):
    user = get_user_model().objects.create_superuser("head", password="x")
    client.force_login(user)
    return client


@pytest.fixture
def letter(office, deps):
    """Received on 2026-11-20: due on 2026-12-18, or in 2027 when it comes in December."""
    return register(agency=office, received_on=date(2026, 11, 20), by=None, deps=deps)


def text(answer):
    return answer.content.decode()


def test_a_notice_is_read_from_its_text_and_leads_to_what_it_moves(head):
    answer = head.post(reverse(ADD), NOTICE)
    loaded = CalendarNotice.objects.get(year=2027)
    assert (answer.status_code, answer["Location"]) == (302, reverse(MOVES))
    assert [str(d) for d in loaded.days.all()][-1] == "2027-02-14 春节 上班"
    assert loaded.loaded_by.username == "head"


def test_a_text_that_is_not_understood_is_refused_and_kept_in_the_form(head):
    answer = head.post(
        reverse(ADD), NOTICE | {"text": "一、元旦：1月1日（星期三）放假。"}
    )
    assert answer.status_code == 200
    assert "星期五" in text(answer)
    assert not CalendarNotice.objects.filter(year=2027).exists()


def test_an_amendment_starts_from_the_year_as_last_ordered(head):
    page = text(head.get(reverse(ADD), {"year": "2026"}))
    assert "2026-01-01 休 元旦" in page
    assert "2026-10-10 班 国庆节" in page


def test_a_moved_due_day_is_shown_old_and_new_and_approved_once(head, letter):
    earlier = date(2026, 12, 17)
    DisclosureRequest.objects.update(base_due_on=earlier, due_on=earlier)
    page = text(head.get(reverse(MOVES)))
    assert "2026-12-17" in page
    assert "2026-12-18" in page
    version = page.split('name="version" value="')[1].split('"')[0]
    head.post(reverse(MOVES), {"version": version})
    letter.refresh_from_db()
    assert (str(letter.due_on), letter.entries.last().kind) == (
        "2026-12-18", "recalculated",
    )  # fmt: skip


def test_only_a_head_approves(client, office, letter):
    clerk = get_user_model().objects.create_user(
        "clerk", password="x", is_staff=True, agency=office
    )
    client.force_login(clerk)
    assert client.post(reverse(MOVES), {"version": "x"}).status_code == 403
    clerk.groups.add(Group.objects.get_or_create(name="office_head")[0])
    assert client.post(reverse(MOVES), {"version": "x"}).status_code == 302


def test_the_due_day_is_explained_day_by_day(head, letter):
    page = text(head.get(reverse(DEADLINE, args=[letter.pk])))
    assert "2026-12-18，自 2026-11-20 次日起第 20 个工作日" in page
    assert page.count("周末") == 8
    assert "第三十三条" in page


def test_and_on_paper_for_the_file(head, letter):
    paper = head.get(reverse(f"{DEADLINE}_paper", args=[letter.pk]))
    pages = [
        p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(paper.content)
    ]
    assert "答复期限说明" in pages[0]
    assert "2026-12-18" in "".join(pages)


def test_out_of_sight_it_is_not_found(client, letter):
    stranger = get_user_model().objects.create_user("s", password="x", is_staff=True)
    client.force_login(stranger)
    for name in (DEADLINE, f"{DEADLINE}_paper"):
        assert client.get(reverse(name, args=[letter.pk])).status_code == 404
