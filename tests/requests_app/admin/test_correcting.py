"""补正申请人信息、更正登记事项: by an entry of its own; what stood before stays readable."""

from datetime import date

import pytest
from django.urls import reverse

from requests_app.admin import volume
from requests_app.domain.events import ParticipantRemoved
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Applicant, Correction, DisclosureRequest, Participant
from requests_app.services import corrections, standings, voiding
from tests.requests_app.admin.test_acts import (
    act_of,
    confirmed,
    file_of,
    kinds,
    offered,
    text,
    tried,
)
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


def test_what_was_filled_in_by_mistake_is_blanked_and_read_as_it_was(clerk):
    found = registered(clerk)
    typed = {"on": "2024-09-11", "remark": "误填", "blanked": ["phone", "id_number"]}
    _, again = confirmed(clerk, found, "applicant_completed", **typed)
    found.refresh_from_db()
    told = found.applicant
    assert (told.name, told.phone, told.id_number, told.id_kind) == (
        "张三丰",
        "",
        "",
        "",
    )
    made = Correction.objects.get()
    assert (made.was_applicant.phone, made.entry.digest) == (
        "13800000000", made.digest(),
    )  # fmt: skip
    assert "原为 联系电话：138******00" in text(clerk.get(file_of(found)))
    clerk.post(act_of(found, "applicant_completed"), again)
    assert Correction.objects.count() == 1


def test_what_is_blanked_cannot_be_filled_in_at_once(clerk):
    found = registered(clerk)
    typed = COMPLETED | {"blanked": ["phone"]}
    page = tried(clerk, found, "applicant_completed", **typed)
    assert "既填写又勾选了“清空”，请只作一种。" in page
    assert kinds(found) == ["received", "registered"]


def with_an_agent(clerk) -> tuple[DisclosureRequest, Participant]:
    beside = {"beside-TOTAL_FORMS": "1", "beside-0-role": "agent", "beside-0-name": "王律师",
              "beside-0-phone": "13900000009"}  # fmt: skip
    found = registered(clerk, **beside)
    return found, found.participants.get()


def test_an_agent_entered_by_mistake_is_removed_by_an_entry_and_comes_back_when_it_is_voided(
    clerk, deps
):
    found, agent = with_an_agent(clerk)
    due = found.due_on
    removal = {"on": "2024-09-11", "participant": agent.pk, "remark": "登错件"}
    confirmed(clerk, found, "participant_removed", **removal)
    found.refresh_from_db()
    assert kinds(found) == ["received", "registered", "participant_removed"]
    assert (found.people(), found.due_on) == ([], due)
    page = text(clerk.get(file_of(found)))
    assert ("<dt>误登后移除</dt><dd>代理人 · 王**</dd>" in page, "王律师" in page) == (
        True,
        False,
    )
    assert "登错件" in page
    rows = [(row["label"], row["value"]) for row in volume.application(found)]
    assert ("误登后移除", "代理人　王律师") in rows
    entry = found.entries.latest("sequence")
    voiding.void(found, entry=entry.sequence, by=entry.recorded_by, deps=deps)
    assert found.people() == [agent]


def test_a_removal_is_offered_only_while_somebody_stands_there(clerk):
    found, agent = with_an_agent(clerk)
    assert "participant_removed" in offered(clerk, found)
    removal = {"on": "2024-09-11", "participant": agent.pk, "remark": "登错件"}
    confirmed(clerk, found, "participant_removed", **removal)
    assert "participant_removed" not in offered(clerk, found)


def test_who_stands_beside_another_request_is_not_removed_here(clerk, deps):
    found, agent = with_an_agent(clerk)
    sent(clerk, subject="另一件", key="another")
    elsewhere = DisclosureRequest.objects.latest("pk")
    event = ParticipantRemoved(on=date(2024, 9, 11), participant=agent.pk)
    with pytest.raises(NotAllowed):
        corrections.remove(elsewhere, event, why="登错件", by=None, deps=deps)
    assert (kinds(elsewhere), found.people()) == (
        ["received", "registered"], [agent],
    )  # fmt: skip
