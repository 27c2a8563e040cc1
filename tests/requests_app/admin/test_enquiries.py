"""其他来件: a register apart, closed with a result, taken over with both signatures."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from requests_app.admin.typed import USED
from requests_app.domain.regimes import NotAllowed
from requests_app.models import AccessRecord, Cosignature, DisclosureRequest, Enquiry
from requests_app.services import enquiries, idempotency

pytestmark = pytest.mark.django_db
ENTER = reverse("admin:requests_app_enquiry_enter")
LIST = reverse("admin:requests_app_enquiry_changelist")


def page_of(enquiry):
    return reverse("admin:requests_app_enquiry_change", args=[enquiry.pk])


def typed(office, **more):
    return {
        "agency": office.pk, "kind": "petition", "channel": "post",
        "received_on": "2024-09-10", "name": "张三丰", "text": "反映征地，并申请公开批复",
        **more,
    }  # fmt: skip


@pytest.fixture
def clerk(signed_in, at):
    at("2024-09-12")
    return signed_in("受理", "intake_clerk")


@pytest.fixture
def petition(clerk, office):
    clerk.post(ENTER, typed(office))
    return Enquiry.objects.get()


def test_it_has_a_number_of_its_own_and_no_request_is_made(clerk, office):
    for name in ("张三丰", "李四"):
        answer = clerk.post(ENTER, typed(office, name=name))
    assert list(Enquiry.objects.order_by("pk").values_list("number", "kind")) == [
        ("来件〔2024〕1号", "petition"), ("来件〔2024〕2号", "petition"),
    ]  # fmt: skip
    assert answer["Location"] == page_of(Enquiry.objects.order_by("pk").last())
    assert DisclosureRequest.objects.count() == 0


def test_the_same_form_enters_once_and_the_same_words_are_asked_about(clerk, office):
    first, again = (clerk.post(ENTER, typed(office, key="k")) for _ in range(2))
    assert first["Location"] == again["Location"]
    page = clerk.post(ENTER, typed(office, key="fresh")).content.decode()
    assert "完全相同的内容您已经登记过" in page
    assert "来件〔2024〕1号" in page
    assert Enquiry.objects.count() == 1


def test_a_request_found_to_be_a_consultation_is_kept_with_the_ground(clerk, office):
    consultation = typed(office, kind="consultation", came_as_request="on")
    page = clerk.post(ENTER, consultation).content.decode()
    assert "请写明认定不属于公开申请的理由" in page
    clerk.post(ENTER, {**consultation, "ground": "询问办事流程"})
    made = Enquiry.objects.get()
    assert (made.came_as_request, made.ground) == (True, "询问办事流程")
    assert "询问办事流程" in clerk.get(page_of(made)).content.decode()


def test_a_letter_that_holds_a_request_comes_in_with_both_signatures(clerk, petition):
    answer = clerk.post(
        page_of(petition),
        {
            "act": "take_over", "subject": "征地批复", "applicant_kind": "natural_person",
            "signed_by": "信访科 王某", "signed_on": "2024-09-12",
        },
    )  # fmt: skip
    made = DisclosureRequest.objects.get()
    cosigned = Cosignature.objects.get()
    assert made.submission.portal_id is None
    told = clerk.get(answer["Location"]).content.decode()
    assert re.search(r"<strong>[0-9A-Z]{12}</strong>", told)
    file = reverse("admin:requests_app_disclosurerequest_change", args=[made.pk])
    assert file in told
    assert (
        str(made.received_on), made.channel_detail, made.wording.subject,
        made.applicant_id, made.number,
    ) == ("2024-09-10", "petition_letter", "征地批复", petition.applicant_id, "〔2024〕1号")  # fmt: skip
    assert (cosigned.signed_by, str(cosigned.signed_on), cosigned.taken_by) == (
        "信访科 王某", "2024-09-12", clerk.user,
    )  # fmt: skip
    petition.refresh_from_db()
    assert str(petition.closed_on) == "2024-09-12"
    shown = [clerk.get(url).content.decode() for url in (page_of(petition), file)]
    assert ["信访科 王某" in page for page in shown] == [True, True]
    assert "张三丰" not in "".join(shown)


def test_a_second_take_over_while_the_first_is_at_work_is_told_so(
    clerk, petition, monkeypatch
):
    def at_work(**_told):
        raise idempotency.AtWork

    monkeypatch.setattr(idempotency, "once", at_work)
    answer = clerk.post(
        page_of(petition),
        {
            "act": "take_over", "subject": "征地批复", "applicant_kind": "natural_person",
            "signed_by": "信访科 王某", "signed_on": "2024-09-12",
        },
    )  # fmt: skip
    assert str(USED) in answer.content.decode()


def test_who_sent_it_is_shown_for_a_reason_and_that_is_written_down(clerk, petition):
    asked = {"act": "unmask", "reason": "handling"}
    assert "张三丰" in clerk.post(page_of(petition), asked).content.decode()
    assert (
        "张三丰"
        not in clerk.post(page_of(petition), {"act": "unmask"}).content.decode()
    )
    told = AccessRecord.objects.get()
    assert (told.enquiry, told.disclosure_request, told.fields) == (
        petition, None, ["name"],
    )  # fmt: skip
    auditor = clerk.user.__class__.objects.create_user("审计", agency=petition.agency)
    auditor.groups.add(Group.objects.get(name="auditor"))
    assert list(AccessRecord.objects.visible_to(auditor)) == [told]


def test_what_is_closed_is_not_closed_or_taken_over_again(clerk, petition, at):
    closing = {"act": "close", "on": "2024-09-12", "result": "转信访部门"}
    assert clerk.post(page_of(petition), closing).status_code == 302
    assert (
        "已于 2024-09-12 办结"
        in clerk.post(page_of(petition), closing).content.decode()
    )
    with pytest.raises(NotAllowed):
        enquiries.take_over(
            petition, subject="x", applicant_kind="other", signed_by="x",
            signed_on=date(2024, 9, 12), by=clerk.user, deps=at("2024-09-12"),
        )  # fmt: skip
    assert DisclosureRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("on", "said"),
    [("2024-09-09", "早于收到之日 2024-09-10"), ("2024-09-13", "在今天之后")],
)
def test_a_day_that_cannot_be_is_refused(clerk, petition, on, said):
    closing = {"act": "close", "on": on, "result": "转信访部门"}
    assert said in clerk.post(page_of(petition), closing).content.decode()
    petition.refresh_from_db()
    assert petition.closed_on is None


@pytest.mark.parametrize(
    ("role", "seen", "acting"),
    [("handler", 200, 302), ("auditor", 200, 403), ("statistician", 200, 403)],
)
def test_who_sees_and_who_acts(signed_in, petition, role, seen, acting):
    user = signed_in("u", role)
    closing = {"act": "close", "on": "2024-09-12", "result": "转信访部门"}
    told = [
        user.get(page_of(petition)).status_code,
        user.post(page_of(petition), closing).status_code,
        user.get(ENTER).status_code,
    ]
    assert told == [seen, acting, 200 if acting == 302 else 403]


def test_out_of_sight_there_is_none(signed_in, petition, elsewhere):
    stranger = signed_in("s", "intake_clerk", agency=elsewhere)
    assert stranger.get(page_of(petition)).status_code == 404
    assert petition.number not in stranger.get(LIST).content.decode()


def test_the_list_names_what_became_of_each(clerk, petition):
    page = clerk.get(LIST).content.decode()
    assert petition.number in page
    assert "登记其他来件" in page
