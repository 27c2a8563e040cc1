"""Acts as small forms: offered by law and role, shown before confirmed, never twice."""

import re
from datetime import date
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from requests_app.domain import events as happened
from requests_app.domain.vocabulary import Outcome
from requests_app.models import DisclosureRequest, Reason, Unit
from requests_app.services.recording import record

pytestmark = pytest.mark.django_db


def file_of(found):
    return reverse("admin:requests_app_disclosurerequest_change", args=[found.pk])


def act_of(found, kind):
    return reverse("admin:requests_app_disclosurerequest_act", args=[found.pk, kind])


def void_of(found, entry):
    return reverse("admin:requests_app_disclosurerequest_void", args=[found.pk, entry])


def text(answer):
    return unescape(answer.content.decode())


def offered(client, found):
    return re.findall(r"/acts/(\w+)/", text(client.get(file_of(found))))


def hidden(page):
    return dict(re.findall(r'type="hidden" name="(seen|shown)" value="([^"]+)"', page))


def tried(client, found, kind, **typed):
    """The page that shows the effect, drawn from the log as it stands."""
    drawn = hidden(text(client.get(act_of(found, kind))))
    return text(client.post(act_of(found, kind), {**drawn, **typed}))


def confirmed(client, found, kind, **typed):
    drawn = hidden(tried(client, found, kind, **typed))
    sent = {**drawn, **typed, "confirm": "1"}
    return client.post(act_of(found, kind), sent), sent


def kinds(found):
    return list(found.entries.order_by("sequence").values_list("kind", flat=True))


OFFERED = {
    "intake_clerk": [
        "assigned", "co_assigned", "supplement_asked", "applicant_completed",
        "corrected", "fee_charged",
    ],
    "handler": [
        "assigned", "co_assigned", "supplement_asked", "applicant_completed",
        "corrected", "searched", "opinion_sought",
        "fee_noticed", "fee_charged", "extended", "delay_agreed", "secret_paper_noted",
        "submitted_for_review", "replied",
    ],
    "reviewer": [],
    "confidentiality_reviewer": ["secret_paper_noted", "confidentiality_reviewed"],
    "office_head": ["assigned", "co_assigned", "extended", "delay_agreed", "replied"],
    "statistician": [],
    "supervisor": [],
    "auditor": [],
}  # fmt: skip


@pytest.mark.parametrize("role", OFFERED)
def test_a_fresh_request_offers_what_law_and_role_allow(signed_in, letter, role):
    assert offered(signed_in(role, role), letter) == OFFERED[role]


def test_a_superior_sees_and_does_not_act(signed_in, office, letter):
    letter.agency.children.create(code="1", name="厅", kind="department", path="x")
    other = office.children.get()
    DisclosureRequest.objects.update(agency=other)
    head = signed_in("head", "office_head", agency=office)
    other.path = f"{office.path}1/"
    other.save()
    assert offered(head, letter) == []
    assert head.get(act_of(letter, "assigned")).status_code == 403


def test_a_late_extension_is_refused_with_the_article_and_what_remains(
    signed_in, letter, at
):
    at("2024-10-15")
    page = tried(
        signed_in("head", "office_head"), letter, "extended",
        on="2024-10-15", days="20", remark="案情复杂", consented_by="",
    )  # fmt: skip
    assert (
        "期限 2024-10-14 届满后告知延长，无效。期限已过，请即答复（第三十三条" in page
    )
    assert "案情复杂</textarea>" in page
    assert "office-effect" not in page


def test_the_effect_is_shown_before_and_recorded_after_the_confirmation(
    signed_in, letter
):
    handler = signed_in("handler", "handler")
    typed = {"on": "2024-09-11", "remark": "请写明文号"}
    page = tried(handler, letter, "supplement_asked", **typed)
    assert "2024-10-14</span> → <strong>停止，等待中" in page
    assert kinds(letter) == ["received", "registered"]
    answer, _ = confirmed(handler, letter, "supplement_asked", **typed)
    assert answer["Location"] == file_of(letter)
    assert kinds(letter) == ["received", "registered", "supplement_asked"]
    reason = Reason.objects.get()
    assert (reason.text, reason.given_by.username) == ("请写明文号", "handler")
    assert "请写明文号" in text(handler.get(file_of(letter)))


def test_a_double_click_records_once_and_says_so(signed_in, letter):
    handler = signed_in("handler", "handler")
    _, sent = confirmed(
        handler, letter, "searched", on="2024-09-11", remark="检索档案系统，无"
    )
    again = handler.post(act_of(letter, "searched"), sent)
    told = [str(m) for m in get_messages(again.wsgi_request)]
    assert "此项已经记录，没有重复记录。" in told
    assert kinds(letter).count("searched") == 1


def test_a_second_writer_is_told_and_loses_nothing_typed(signed_in, letter, at):
    first, second = signed_in("甲", "handler"), signed_in("乙", "handler")
    drawn = hidden(text(second.get(act_of(letter, "opinion_sought"))))
    confirmed(first, letter, "supplement_asked", on="2024-09-11", remark="请写明文号")
    typed = {"on": "2024-09-11", "remark": "征求某公司意见"}
    page = text(second.post(act_of(letter, "opinion_sought"), {**drawn, **typed}))
    assert "您填写期间，此件已有新记录" in page
    assert "告知申请人补正，等待补正（甲" in page
    assert "征求某公司意见</textarea>" in page
    renewed = {**hidden(page), **typed, "confirm": "1"}
    assert second.post(act_of(letter, "opinion_sought"), renewed).status_code == 302
    assert kinds(letter)[2:] == ["supplement_asked", "opinion_sought"]


def test_what_is_changed_after_the_effect_was_shown_is_shown_again(
    signed_in, person, letter
):
    handler, head = signed_in("handler", "handler"), person("head", "office_head")
    typed = {"on": "2024-09-11", "remark": "需汇总", "consented_by": head.pk}
    drawn = hidden(tried(handler, letter, "extended", days="5", **typed))
    page = handler.post(
        act_of(letter, "extended"), {**drawn, **typed, "days": "20", "confirm": "1"}
    )
    assert "2024-10-14</span> → <strong>2024-11-11" in text(page)
    assert kinds(letter) == ["received", "registered"]


def test_an_extension_names_a_head_who_consented(signed_in, person, letter):
    handler, head = signed_in("handler", "handler"), person("head", "office_head")
    typed = {"on": "2024-09-11", "days": "20", "remark": "需汇总"}
    page = tried(handler, letter, "extended", consented_by=handler.user.pk, **typed)
    assert "office-effect" not in page
    confirmed(handler, letter, "extended", consented_by=head.pk, **typed)
    told = letter.entries.last()
    assert told.details == {"days": 20, "consented_by": head.pk}


def test_who_handles_does_not_review(signed_in, letter):
    both = signed_in("both", "handler", "reviewer")
    typed = {"on": "2024-09-11", "remark": "拟公开", "outcome": "granted"}
    confirmed(both, letter, "submitted_for_review", **typed)
    page = tried(both, letter, "reviewed", on="2024-09-11")
    assert "不得审核本人承办的申请" in page
    reviewer = signed_in("reviewer", "reviewer")
    assert "送审的答复：予以公开" in text(reviewer.get(act_of(letter, "reviewed")))
    confirmed(reviewer, letter, "reviewed", on="2024-09-11")
    assert kinds(letter)[2:] == ["submitted_for_review", "reviewed"]


def test_what_is_sent_back_is_in_handling_again(signed_in, letter):
    handler, reviewer = signed_in("h", "handler"), signed_in("r", "reviewer")
    typed = {"on": "2024-09-11", "remark": "拟公开", "outcome": "granted"}
    confirmed(handler, letter, "submitted_for_review", **typed)
    assert offered(reviewer, letter) == ["sent_back", "reviewed"]
    confirmed(reviewer, letter, "sent_back", on="2024-09-11", remark="补检索记录")
    letter.refresh_from_db()
    assert (letter.stage, letter.submitted_on) == ("in_handling", None)
    assert "submitted_for_review" in offered(handler, letter)


def test_before_the_review_only_what_needs_none_is_replied(signed_in, letter):
    page = text(signed_in("h", "handler").get(act_of(letter, "replied")))
    outcomes = re.findall(r'<option value="(\w+)"', page.split('name="service"')[0])
    assert outcomes == ["fee_lapsed", "supplement_lapsed", "withdrawn"]


def test_a_reply_while_an_opinion_is_awaited_needs_a_heads_reason(
    signed_in, letter, at
):
    deps = at("2024-09-12")
    for event in (
        happened.OpinionSought(on=date(2024, 9, 11), consultation="1"),
        happened.ConfidentialityReviewed(on=date(2024, 9, 12)),
        happened.Reviewed(on=date(2024, 9, 12)),
    ):
        record(letter, event, by=None, deps=deps)
    typed = {"on": "2024-09-12", "outcome": Outcome.GRANTED.value}
    handler, head = signed_in("h", "handler"), signed_in("head", "office_head")
    assert "征求意见未结束即答复" in tried(handler, letter, "replied", **typed)
    confirmed(head, letter, "replied", reason="意见已由会议转达", **typed)
    letter.refresh_from_db()
    assert letter.outcome == "granted"
    assert Reason.objects.get().text == "意见已由会议转达"


def test_a_wrong_entry_is_voided_with_its_reason(signed_in, letter):
    handler = signed_in("h", "handler")
    confirmed(handler, letter, "supplement_asked", on="2024-09-11", remark="请补")
    page = text(handler.get(void_of(letter, 3)))
    assert "停止，等待中</span> → <strong>2024-10-14" in page
    sent = {**hidden(page), "remark": "发错了人", "confirm": "1"}
    for _ in range(2):
        assert handler.post(void_of(letter, 3), sent).status_code == 302
    assert kinds(letter)[2:] == ["supplement_asked", "entry_voided"]
    letter.refresh_from_db()
    assert str(letter.due_on) == "2024-10-14"
    shown = text(handler.get(file_of(letter)))
    assert "发错了人" in shown
    assert shown.count("office-mark") == 1


def test_another_persons_entry_is_voided_by_the_head_alone(signed_in, letter):
    confirmed(
        signed_in("甲", "handler"), letter, "searched", on="2024-09-11", remark="无"
    )
    assert signed_in("乙", "handler").get(void_of(letter, 3)).status_code == 403
    assert signed_in("head", "office_head").get(void_of(letter, 3)).status_code == 200


def test_what_others_rest_on_cannot_be_voided_first(signed_in, letter):
    head = signed_in("head", "office_head", "handler")
    typed = {"on": "2024-09-11", "remark": "请补"}
    confirmed(head, letter, "supplement_asked", **typed)
    confirmed(head, letter, "supplement_received", **typed)
    answer = head.get(void_of(letter, 3), follow=True)
    assert "没有告知补正而收到补正" in text(answer)


def test_voiding_the_receipt_voids_the_registration(signed_in, letter):
    head = signed_in("head", "office_head")
    page = text(head.get(void_of(letter, 1)))
    assert "整件登记作废，编号保留不再使用" in page
    head.post(void_of(letter, 1), {**hidden(page), "remark": "重", "confirm": "1"})
    letter.refresh_from_db()
    assert str(letter.voided_on) == "2024-09-11"
    assert offered(head, letter) == []


@pytest.mark.parametrize("kind", ["assigned", "nonsense"])
def test_out_of_sight_there_is_nothing(signed_in, elsewhere, letter, kind):
    stranger = signed_in("s", "handler", "office_head", agency=elsewhere)
    for url in (file_of(letter), act_of(letter, kind), void_of(letter, 1)):
        assert stranger.get(url).status_code == 404


def test_a_role_without_the_act_is_refused(signed_in, letter):
    clerk = signed_in("c", "intake_clerk")
    assert clerk.get(act_of(letter, "replied")).status_code == 403


def test_the_timeline_tells_old_and_new_due_day(signed_in, letter, at):
    handler = signed_in("h", "handler")
    typed = {"on": "2024-09-11", "remark": "请补"}
    confirmed(handler, letter, "supplement_asked", **typed)
    confirmed(handler, letter, "supplement_received", **typed)
    page = text(handler.get(file_of(letter)))
    assert "答复期限 未起算 → <strong>2024-10-14" in page
    assert "答复期限 2024-10-14 → <strong>停止，等待中" in page
    assert "答复期限 停止，等待中 → <strong>2024-10-15" in page


def test_the_file_takes_as_many_queries_however_long_the_log(
    signed_in, letter, django_assert_max_num_queries
):
    handler = signed_in("h", "handler")
    for n in range(6):
        confirmed(handler, letter, "searched", on="2024-09-11", remark=f"第{n}次")
    with django_assert_max_num_queries(20):
        handler.get(file_of(letter))


def test_a_confidentiality_review_says_what_why_and_what_follows(signed_in, letter):
    reviewer = signed_in("密", "confidentiality_reviewer")
    typed = {
        "on": "2024-09-11", "what": "云政发〔2023〕5号", "conclusion": "publish",
        "remark": "测绘保密目录，钱某",
    }  # fmt: skip
    confirmed(reviewer, letter, "confidentiality_reviewed", **typed)
    told = letter.entries.last()
    assert (told.details, told.reason.text.splitlines()) == (
        {"conclusion": "publish"},
        ["所审信息：云政发〔2023〕5号", "审查依据和责任人：测绘保密目录，钱某"],
    )
    assert "保密审查：可以公开" in text(reviewer.get(file_of(letter)))


def test_a_secret_paper_is_told_of_and_not_kept(signed_in, letter):
    handler = signed_in("h", "handler")
    typed = {
        "on": "2024-09-11", "level": "secret", "remark": "测绘保密目录第三条",
        "decided_by": "省自然资源厅", "lies_at": "机要室 2 号柜",
    }  # fmt: skip
    confirmed(handler, letter, "secret_paper_noted", **typed)
    told = letter.entries.last()
    assert (told.details, told.reason.text.splitlines()) == (
        {"level": "secret"},
        [
            "定密依据：测绘保密目录第三条",
            "定密机关或定密责任人：省自然资源厅",
            "原件存放处：机要室 2 号柜",
        ],
    )
    assert "登记涉密件（机密），原件不入卷" in text(handler.get(file_of(letter)))


@pytest.fixture
def replied(letter, at):
    deps = at("2024-09-12")
    posted = happened.Replied(
        on=date(2024, 9, 12), outcome=Outcome.WITHDRAWN, service="postal"
    )
    return record(letter, posted, by=None, deps=deps)


def test_a_reply_that_nobody_takes_is_served_by_announcement(signed_in, replied, at):
    at("2024-10-08")
    handler = signed_in("h", "handler")
    for kind, typed in [
        ("reply_returned", {"mail_number": "1042", "remark": "迁移"}),
        ("reply_posted", {"mail_number": "1043"}),
        ("reply_announced", {"days": "30", "remark": "政府网站"}),
    ]:
        confirmed(handler, replied, kind, on="2024-10-08", **typed)
    replied.refresh_from_db()
    assert (str(replied.replied_on), str(replied.delivered_on)) == (
        "2024-09-12", "2024-11-07",
    )  # fmt: skip
    told = "公告送达，公告期 30 日，2024-11-07视为送达"
    assert told in text(handler.get(file_of(replied)))


# fmt: off
SERVED = {  # what was told on 2024-09-12, and whether service is offered a month later
    "posted": ([], True),
    "come back": ([("reply_returned", {})], True),
    "refused": ([("reply_refused", {})], True),
    "signed for": ([("reply_delivered", {})], False),
    "left there": ([("reply_refused", {"left": True})], False),
    "announced, the days passed": ([("reply_announced", {"days": 30})], False),
    "announced, days to come": ([("reply_announced", {"days": 60})], True),
    "archived, not served": ([("archived", {})], True),
    "archived, signed for": ([("reply_delivered", {}), ("archived", {})], False),
}
# fmt: on


@pytest.mark.parametrize(("told", "open_"), SERVED.values(), ids=SERVED)
def test_once_a_reply_is_served_no_service_is_offered(
    signed_in, replied, at, told, open_
):
    for kind, details in told:
        event = happened.KINDS[kind](on=date(2024, 9, 12), **details)
        record(replied, event, by=None, deps=at("2024-09-12"))
    at("2024-10-12")
    acts = offered(signed_in("c", "intake_clerk"), replied)
    service = [kind for kind in acts if kind.startswith("reply_")]
    every = [
        "reply_posted", "reply_returned", "reply_refused", "reply_announced",
        "reply_delivered",
    ]  # fmt: skip
    assert service == (every if open_ else [])


def test_what_was_served_is_refused_with_what_to_do(signed_in, replied, at):
    served = happened.ReplyDelivered(on=date(2024, 9, 12))
    record(replied, served, by=None, deps=at("2024-09-12"))
    page = tried(
        signed_in("c", "intake_clerk"), replied, "reply_posted", on="2024-09-12"
    )
    assert (
        "答复已于 2024-09-12 送达，不再答复再次交邮。记录有误的，请先作废送达记录"
        in page
    )


def test_an_announcement_is_not_shorter_than_the_law_has_it(signed_in, replied):
    typed = {"on": "2024-09-12", "days": "29", "remark": "政府网站"}
    page = tried(signed_in("h", "handler"), replied, "reply_announced", **typed)
    assert "公告期不少于 30 日（民事诉讼法第九十五条）" in page
    assert "office-effect" not in page


@pytest.mark.parametrize(
    ("until", "is_refused"),
    [("2025-09-11", False), ("2204-10-31", True), ("9999-12-31", True)],
)
def test_a_delay_of_more_than_a_year_is_a_slip(signed_in, letter, until, is_refused):
    typed = {"on": "2024-09-11", "until": until, "remark": "申请数量明显超过合理范围"}
    page = tried(signed_in("h", "handler"), letter, "delay_agreed", **typed)
    assert ("延迟超过一年，请核对年份" in page, "office-effect" in page) == (
        is_refused,
        not is_refused,
    )


def test_what_is_refused_and_left_there_is_served(signed_in, replied):
    handler = signed_in("h", "handler")
    typed = {"on": "2024-09-12", "remark": "社区人员见证"}
    confirmed(handler, replied, "reply_refused", **typed)
    replied.refresh_from_db()
    assert replied.delivered_on is None
    confirmed(handler, replied, "reply_refused", left="on", **typed)
    replied.refresh_from_db()
    assert str(replied.delivered_on) == "2024-09-12"


def test_a_unit_that_helps_has_an_inner_day_and_answers(signed_in, office, letter, at):
    law, survey = (
        Unit.objects.create(agency=office, name=n) for n in ("法规处", "勘界处")
    )
    handler, helper = signed_in("h", "handler"), signed_in("x", "handler")
    helper.user.unit = law
    helper.user.save()
    for unit, due in ((law, "2024-09-18"), (survey, "2024-09-20")):
        confirmed(
            handler, letter, "co_assigned", on="2024-09-11", unit=unit.pk, due_on=due,
            remark="请核批复",
        )  # fmt: skip
    letter.refresh_from_db()
    assert (letter.co_units, str(letter.co_due_on)) == (
        f",{law.pk}:2024-09-18,{survey.pk}:2024-09-20,", "2024-09-18",
    )  # fmt: skip
    at("2024-09-20")
    queue = reverse("admin:requests_app_disclosurerequest_changelist") + "?queue=beside"
    assert "协办逾期 2 天" in text(helper.get(queue))
    confirmed(
        helper, letter, "co_answered", on="2024-09-20", unit=law.pk, remark="无异议"
    )
    letter.refresh_from_db()
    assert (letter.co_units, str(letter.co_due_on)) == (
        f",{survey.pk}:2024-09-20,", "2024-09-20",
    )  # fmt: skip
    assert "协办逾期" not in text(helper.get(queue))
    shown = text(handler.get(file_of(letter)))
    assert "请协办，2024-09-18前答复：法规处" in shown


def test_an_inner_day_is_not_after_the_due_day(signed_in, office, letter):
    unit = Unit.objects.create(agency=office, name="法规处")
    page = tried(
        signed_in("h", "handler"), letter, "co_assigned", on="2024-09-11", unit=unit.pk,
        due_on="2024-10-15", remark="请核",
    )  # fmt: skip
    assert "内部期限须不晚于答复期限 2024-10-14" in page
