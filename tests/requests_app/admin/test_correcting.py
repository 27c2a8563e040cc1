"""补正申请人信息、更正登记事项: by an entry of its own; what stood before stays readable."""

import pytest
from django.urls import reverse

from requests_app.domain.regimes import NotAllowed
from requests_app.models import Applicant, Correction, DisclosureRequest, Participant
from requests_app.services import standings, voiding
from tests.requests_app.admin.test_acts import confirmed, file_of, kinds, text, tried
from tests.requests_app.admin.test_register import sent

pytestmark = pytest.mark.django_db
COMPLETED = {
    "on": "2024-09-11",
    "name": "李四",
    "phone": "13900000001",
    "remark": "来电",
}


@pytest.fixture
def clerk(signed_in, at):
    at("2024-09-11")
    return signed_in("clerk", "intake_clerk")


def registered(client, **typed) -> DisclosureRequest:
    sent(client, **typed)
    return DisclosureRequest.objects.order_by("pk").first()


def corrected(found, **more):
    return {
        "channel": "post", "channel_detail": "signed_mail", "remark": "录错",
        "applicant_kind": "natural_person", "subject": found.wording.subject, **more,
    }  # fmt: skip


def test_a_letter_without_a_name_is_completed_and_the_first_version_stays(clerk):
    found = registered(clerk, name="", id_number="", id_kind="", phone="")
    due = found.due_on
    assert (
        confirmed(clerk, found, "applicant_completed", **COMPLETED)[0].status_code
        == 302
    )
    found.refresh_from_db()
    told = found.applicant.name, found.applicant.phone, found.due_on
    assert told == ("李四", "13900000001", due)
    made = Correction.objects.get()
    assert (made.why, made.was_applicant.name) == ("来电", "")
    assert made.entry.digest == made.digest()
    assert kinds(found) == ["received", "registered", "applicant_completed"]
    page = text(clerk.get(file_of(found)))
    assert "此前未填写" in page
    assert "李四" not in page


def test_what_stood_before_is_masked_until_somebody_gives_a_reason(clerk):
    found = registered(clerk)
    confirmed(clerk, found, "applicant_completed", **COMPLETED)
    page = text(clerk.get(file_of(found)))
    assert ("原为 联系电话：138******00" in page, "13800000000" in page) == (
        True,
        False,
    )
    unmask = reverse("admin:requests_app_disclosurerequest_unmask", args=[found.pk])
    assert "原为 联系电话：13800000000" in text(
        clerk.post(unmask, {"reason": "handling"})
    )


def test_the_form_shows_nothing_that_is_masked_on_the_file(clerk):
    found = registered(clerk)
    page = tried(clerk, found, "applicant_completed", **(COMPLETED | {"phone": "1"}))
    assert ("现为：138******00" in page, "13800000000" in page) == (True, False)


def test_an_agent_who_is_known_later_is_added(clerk):
    found = registered(clerk)
    agent = {"beside_role": "agent", "beside_name": "王律师", "beside_id_kind": "护照"}
    typed = {"on": "2024-09-11", "remark": "补交委托书", **agent}
    _, again = confirmed(clerk, found, "applicant_completed", **typed)
    one = Participant.objects.get()
    assert (one.role, one.name, one.id_kind) == ("agent", "王律师", "护照")
    act = reverse(
        "admin:requests_app_disclosurerequest_act",
        args=[found.pk, "applicant_completed"],
    )
    clerk.post(act, again)
    assert Participant.objects.count() == 1
    clerk.post(act, {**again, "beside_name": "赵律师"})
    assert Correction.objects.count() == 1  # shown what was recorded meanwhile first


def test_the_other_items_of_the_paper_are_completed_with_it(clerk):
    found = registered(clerk, name="", further=["补偿标准"])
    confirmed(clerk, found, "applicant_completed", **COMPLETED, whole_paper="on")
    names = [r.applicant.name for r in DisclosureRequest.objects.order_by("pk")]
    assert names == ["李四", "李四"]
    assert Applicant.objects.count() == 2
    assert Correction.objects.count() == 2


def test_nothing_new_is_refused(clerk):
    found = registered(clerk)
    typed = {"on": "2024-09-11", "remark": "无", "phone": "13800000000"}
    answer, _ = confirmed(clerk, found, "applicant_completed", **typed)
    assert "没有更正的内容" in text(answer)
    assert kinds(found) == ["received", "registered"]


def test_a_mistyped_kind_and_channel_are_told_by_the_log(clerk, deps):
    found = registered(clerk)
    typed = corrected(found, channel="online", channel_detail="email",
                      applicant_kind="business")  # fmt: skip
    assert confirmed(clerk, found, "corrected", **typed)[0].status_code == 302
    found.refresh_from_db()
    told = found.channel, found.channel_detail, found.applicant_kind
    assert told == ("online", "email", "business")
    page = text(clerk.get(file_of(found)))
    assert "更正登记事项：信函 → 网络；需签收邮件 → 电子邮件；自然人 → 商业企业" in page
    DisclosureRequest.objects.update(channel="fax")
    assert [
        (n, was, now) for _, n, was, now in standings.rebuild(write=True, deps=deps)
    ] == [("channel", "fax", "online")]


def test_the_wording_is_corrected_and_the_first_one_is_read_on_the_file(clerk):
    found = registered(clerk)
    first, salt = found.wording.subject, found.wording.salt
    confirmed(
        clerk, found, "corrected", **corrected(found, subject="另一条路的征地批复")
    )
    found = DisclosureRequest.objects.get()
    assert found.wording.subject == "另一条路的征地批复"
    made = Correction.objects.get()
    assert (made.was_subject, made.was_salt) == (first, salt)
    assert f"原申请内容：{first}" in text(clerk.get(file_of(found)))


def test_a_detail_of_another_channel_is_refused(clerk):
    found = registered(clerk)
    page = tried(clerk, found, "corrected", **corrected(found, channel="online"))
    assert "不是“网络”的细分" in page


def test_a_correction_is_mended_by_another_one(clerk, deps):
    found = registered(clerk)
    confirmed(clerk, found, "corrected", **corrected(found, applicant_kind="business"))
    with pytest.raises(NotAllowed):
        voiding.void(found, entry=3, by=clerk.user, deps=deps)
    assert "/entries/3/void/" not in text(clerk.get(file_of(found)))
