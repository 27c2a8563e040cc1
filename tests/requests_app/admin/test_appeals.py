"""A case is entered, followed and taken to court from one page."""

import io
import zipfile
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from requests_app.domain.events import Received, Replied
from requests_app.domain.vocabulary import Outcome
from requests_app.models import AccessRecord, Agency, Appeal, Staff
from requests_app.services import appeals
from requests_app.services.agencies import place
from requests_app.services.history import History, record_history

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(office, deps):
    row = History(
        agency=office, number_year=2024, channel="post",
        events=(
            Received(on=date(2024, 3, 1)),
            Replied(on=date(2024, 3, 20), outcome=Outcome.DELIBERATIVE),
        ),
    )  # fmt: skip
    return record_history([row], by=None, deps=deps)[0]


def of(agency, *roles):
    user = Staff.objects.create_user(f"u{Staff.objects.count()}", agency=agency)
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    client = Client()
    client.force_login(user)
    return client


def told(agency, **also):
    return {
        "agency": agency.pk, "number": "〔2024〕1号", "procedure": "reconsideration",
        "case_number": "云政复〔2024〕5号", "body": "云南省人民政府",
        "filed_on": "2024-04-10", "result": "pending", **also,
    }  # fmt: skip


ADD = "admin:requests_app_appeal_add"


def test_a_case_is_entered_with_its_request(office, letter):
    answer = of(office, "handler").post(reverse(ADD), told(office))
    appeal = Appeal.objects.get()
    assert (answer.status_code, appeal.disclosure_request, appeal.body) == (
        302, letter, "云南省人民政府",
    )  # fmt: skip


CHANGE = "admin:requests_app_appeal_change"


def drawn(client, page):
    return client.get(page).context["adminform"].form.initial["seen"]


def test_a_second_editor_is_told_how_it_stands_and_saves_again(office, letter):
    client = of(office, "handler")
    client.post(reverse(ADD), told(office))
    page = reverse(CHANGE, args=[Appeal.objects.get().pk])
    seen = drawn(client, page)
    first = told(office, seen=seen, case_number="云政复〔2024〕6号", decided_on="2024-06-03", result="upheld")  # fmt: skip
    assert client.post(page, first).status_code == 302
    second = told(office, seen=seen, body="省政府", simple_procedure="on")
    form = (answer := client.post(page, second)).context["adminform"].form
    assert dict(form.errors) == {
        "case_number": ["现为：云政复〔2024〕6号"],
        "body": ["现为：云南省人民政府"],
        "decided_on": ["现为：2024-06-03"],
        "result": ["现为：结果维持"],
        "simple_procedure": ["现为：否"],
        "__all__": form.non_field_errors(),
    }
    assert 'value="省政府"' in answer.content.decode()
    assert Appeal.objects.get().case_number == "云政复〔2024〕6号"
    again = {**second, "seen": form["seen"].value()}
    assert client.post(page, again).status_code == 302
    appeal = Appeal.objects.get()
    assert (appeal.body, appeal.decided_on) == ("省政府", None)


def test_a_double_click_is_no_second_editor(office, letter):
    client = of(office, "handler")
    client.post(reverse(ADD), told(office))
    page = reverse(CHANGE, args=[Appeal.objects.get().pk])
    typed = told(office, seen=drawn(client, page), body="省政府")
    assert [client.post(page, typed).status_code for _ in "12"] == [302, 302]


def test_a_form_that_carries_nothing_overwrites_nothing(office, letter):
    client = of(office, "handler")
    client.post(reverse(ADD), told(office))
    page = reverse(CHANGE, args=[Appeal.objects.get().pk])
    assert client.post(page, told(office, body="省政府")).status_code == 200
    assert Appeal.objects.get().body == "云南省人民政府"


def test_a_new_case_is_ones_own_and_pending(office):
    form = of(office, "handler").get(reverse(ADD)).context["adminform"].form
    drawn = {name: form[name].value() for name in ("agency", "result")}
    assert drawn == {"agency": office.pk, "result": "pending"}


def test_what_it_was_drawn_from_is_hidden_and_no_row(office, letter):
    client = of(office, "handler")
    appeal = case(office, letter)
    answer = client.get(reverse(CHANGE, args=[appeal.pk]))
    shown = [n for f in answer.context["adminform"] for n in f.fields]
    assert ("seen" in shown, answer.content.decode().count('name="seen"')) == (False, 1)


# fmt: off
IMPOSSIBLE = {
    "no such request":          ({"number": "〔2024〕9号"}, "number"),
    "after today":              ({"filed_on": "2099-01-01"}, "filed_on"),
    "before the Regulations":   ({"filed_on": "2007-01-01"}, "filed_on"),
    "decided without a result": ({"decided_on": "2024-06-01"}, "result"),
    "a result without a day":   ({"result": "upheld"}, "result"),
    "decided before it began":  ({"decided_on": "2024-04-01", "result": "upheld"}, "decided_on"),
    "ordered though upheld":    ({"decided_on": "2024-06-01", "result": "upheld", "orders_disclosure": "true"}, "orders_disclosure"),
    "performed undecided":      ({"performed_on": "2024-06-01"}, "performed_on"),
    "performed, not ordered":   ({"decided_on": "2024-06-01", "result": "corrected", "performed_on": "2024-06-02", "new_outcome": "granted"}, "orders_disclosure"),
    "a new outcome, undated":   ({"decided_on": "2024-06-01", "result": "corrected", "new_outcome": "granted"}, "new_outcome"),
}
# fmt: on


@pytest.mark.parametrize(("also", "field"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_is_named_at_its_field(office, letter, also, field):
    answer = of(office, "handler").post(reverse(ADD), told(office, **also))
    assert field in answer.context["adminform"].form.errors
    assert Appeal.objects.count() == 0


def test_who_may_not_enter_a_case(office, letter):
    elsewhere = Agency(code="990000", name="别省", kind="government")
    place(elsewhere, on=None)
    assert of(office, "intake_clerk").get(reverse(ADD)).status_code == 403
    answer = of(elsewhere, "handler").post(reverse(ADD), told(office))
    assert "agency" in answer.context["adminform"].form.errors


def case(office, letter, **also):
    return Appeal.objects.create(
        agency=office, disclosure_request=letter, procedure="litigation_direct",
        filed_on=date(2024, 5, 6), result="pending", **also,
    )  # fmt: skip


def rules(appeal, calendar):
    return [f.rule for f in appeals.findings(appeal, calendar)]


def test_a_suit_where_review_comes_first_is_looked_at_again(office, letter, calendar):
    appeal = case(office, letter)
    assert rules(appeal, calendar) == ["review_skipped"]
    appeal.result, appeal.decided_on = "other", date(2024, 6, 1)
    assert rules(appeal, calendar) == []


def test_the_offices_own_lateness_is_found(office, letter, calendar):
    appeal = case(
        office, letter, notified_on=date(2024, 5, 8), answered_on=date(2024, 5, 24)
    )
    appeal.procedure = "reconsideration"
    assert rules(appeal, calendar) == ["answered_late"]
    appeal.answered_on = date(2024, 5, 21)  # Saturday the 11th was worked
    assert rules(appeal, calendar) == []


def test_a_second_decision_is_no_second_request(office, letter):
    client = of(office, "handler")
    also = {
        "decided_on": "2024-06-03", "result": "corrected", "orders_disclosure": "true",
        "performed_on": "2024-06-20", "new_outcome": "trade_secret",
    }  # fmt: skip
    client.post(reverse(ADD), told(office, **also))
    letter.refresh_from_db()
    assert (Appeal.objects.get().new_outcome, letter.outcome) == (
        "trade_secret", "deliberative",
    )  # fmt: skip


def test_the_bundle_is_handed_out_to_who_may_see_persons_and_written_down(
    office, letter
):
    appeal = case(office, letter, case_number="（2024）云01行初5号")
    address = reverse("admin:requests_app_appeal_bundle", args=[appeal.pk])
    refused = of(office, "statistician").get(address)
    assert (refused.status_code, AccessRecord.objects.count()) == (302, 0)
    assert of(office, "intake_clerk").get(address).status_code == 404
    first, again = (of(office, "handler").get(address).content for _ in "12")
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = archive.namelist()
        draft = archive.read(names[-1]).decode("utf-8-sig")
    assert (names, first == again) == (
        [
            "00 证据目录.pdf", "01 政府信息公开申请登记.pdf", "02 办理经过.pdf",
            "03 答复期限说明.pdf", "04 送达记录.pdf", "答复书（草稿）.txt",
        ],
        True,
    )  # fmt: skip
    assert "答复类别：四类过程性信息" in draft
    told = AccessRecord.objects.values_list(
        "disclosure_request", "way", "reason", "words", "fields"
    )
    written = (letter.pk, "paper", "appeal", "应诉包 （2024）云01行初5号", ["papers"])
    assert list(told) == [written] * 2


def corrected(office, letter, **also):
    told = {"decided_on": date(2024, 6, 3), "result": "corrected", **also}
    appeal = case(office, letter)
    Appeal.objects.filter(pk=appeal.pk).update(**told)
    appeal.refresh_from_db()
    return appeal


# fmt: off
UNTOLD = {
    "nobody told":               ({}, ["order_untold"]),
    "nothing is ordered":        ({"orders_disclosure": False}, []),
    "an order":                  ({"orders_disclosure": True}, []),
    "done, so it was ordered":   ({"performed_on": date(2024, 6, 9)}, []),
    "not corrected":             ({"result": "other"}, []),
    "the reconsideration body's copy": (
        {"procedure": "litigation_after_reconsideration", "co_defendant": True}, []),
}
# fmt: on


@pytest.mark.parametrize(("also", "told"), UNTOLD.values(), ids=UNTOLD)
def test_a_correction_that_nobody_told_the_order_of_is_a_doubt(
    office, letter, calendar, also, told
):
    appeal = corrected(office, letter, **also)
    assert [r for r in rules(appeal, calendar) if r != "review_skipped"] == told
    assert [a.pk for a in Appeal.objects.orders_untold()] == [appeal.pk] * len(told)


@pytest.mark.parametrize(
    ("answer", "ordered", "duties"),
    [("confirm", True, [date(2024, 7, 2)]), ("deny", False, [])],
)
def test_the_doubt_is_settled_on_the_page_and_opens_the_duty_or_none(
    office, letter, calendar, answer, ordered, duties
):
    """Twenty working days from 3 June 2024, 10 June being a holiday: 法释〔2025〕8号第十一条."""
    appeal, client = corrected(office, letter), of(office, "handler")
    page = reverse("admin:requests_app_appeal_change", args=[appeal.pk])
    there = reverse("admin:requests_app_appeal_order", args=[appeal.pk])
    assert there in client.get(page).content.decode()
    for _ in "12":  # a double click
        client.post(there, {answer: ""})
    appeal.refresh_from_db()
    owed = [on for _, on in appeal.duties(calendar)]
    assert (appeal.orders_disclosure, owed) == (ordered, duties)
    assert there not in client.get(page).content.decode()


def test_who_may_not_settle_it(office, letter):
    appeal = corrected(office, letter)
    there = reverse("admin:requests_app_appeal_order", args=[appeal.pk])
    assert of(office, "intake_clerk").post(there, {"deny": ""}).status_code == 403
    assert of(office, "handler").get(there).status_code == 404
    appeal.refresh_from_db()
    assert appeal.orders_disclosure is None


def test_the_list_filters_what_nobody_told(office, letter):
    corrected(office, letter)
    case(office, letter)
    listed = reverse("admin:requests_app_appeal_changelist")
    answer = of(office, "handler").get(listed, {"untold": 1})
    assert answer.context["cl"].result_count == 1
    assert reverse("admin:requests_app_appeal_export") in answer.content.decode()
