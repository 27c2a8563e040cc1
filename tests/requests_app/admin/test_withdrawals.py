"""误传撤回 by its page: asked for with a reason, refused with why, told on the file."""

import re

import pytest
from django.urls import reverse

from requests_app.domain.events import Replied, ReplyDelivered, Reviewed
from requests_app.domain.vocabulary import Outcome
from requests_app.services.recording import record
from tests.requests_app.admin.test_acts import file_of, text
from tests.requests_app.admin.test_file import PDF, media, upload

__all__ = ["media"]  # a fixture
pytestmark = pytest.mark.django_db
AT = "admin:requests_app_disclosurerequest_"
LEFT = {"ground": "mistake", "reason": "张冠李戴"}


@pytest.fixture
def paper(signed_in, letter):
    upload(signed_in("上传", "handler"), letter, "审批单.pdf", PDF)
    return letter.attachments.get()


def page_of(paper):
    return reverse(AT + "withdraw", args=[paper.disclosure_request_id, paper.pk])


def grounds(page):
    return re.findall(r'<option value="(\w+)"', page)


def test_from_the_file_to_the_page_and_back(signed_in, letter, paper):
    handler = signed_in("承办", "handler")
    assert page_of(paper) in text(handler.get(file_of(letter)))
    assert grounds(text(handler.get(page_of(paper)))) == ["mistake", "secret"]
    page = text(handler.post(page_of(paper), LEFT, follow=True))
    assert "已撤回：审批单.pdf" in page
    assert "撤回附件（误传）：审批单.pdf" in page
    assert page.count("张冠李戴") == 2  # in the timeline, beside the paper
    assert paper.sha256 in page
    download = reverse(AT + "attachment", args=[letter.pk, paper.sha256])
    assert download not in page
    assert handler.post(download, {"reason": "handling"}).status_code == 404


@pytest.mark.parametrize("left", [{"reason": ""}, {"ground": ""}, {"reason": "  "}])
def test_without_a_ground_and_a_reason_nothing_is_withdrawn(
    signed_in, letter, paper, left
):
    page = text(signed_in("h", "handler").post(page_of(paper), LEFT | left))
    assert "office-error" in page
    assert letter.attachments.standing().count() == 1


def test_after_the_service_it_says_why_not_and_leaves_the_secret(
    signed_in, letter, paper, at
):
    deps = at("2024-09-12")
    for event in (
        Reviewed(on=deps.clock.today()),
        Replied(on=deps.clock.today(), outcome=Outcome.GRANTED),
        ReplyDelivered(on=deps.clock.today()),
    ):
        record(letter, event, by=None, deps=deps)
    handler = signed_in("h", "handler")
    page = text(handler.get(page_of(paper)))
    assert "答复已于 2024-09-12 送达，卷内材料是答复的依据，不能撤回" in page
    assert grounds(page) == ["secret"]
    assert "office-error" in text(handler.post(page_of(paper), LEFT))
    page = text(handler.post(page_of(paper), LEFT | {"ground": "secret"}, follow=True))
    assert "撤回附件（涉密，原文已清除）：审批单.pdf" in page
    assert handler.get(page_of(paper)).status_code == 404


def test_who_may_not_add_may_not_withdraw(signed_in, paper, elsewhere):
    asked = [
        signed_in("a", "auditor").get(page_of(paper)),
        signed_in("s", "handler", agency=elsewhere).post(page_of(paper), LEFT),
    ]
    assert [answer.status_code for answer in asked] == [403, 404]


def test_the_entry_of_a_withdrawal_is_not_voided(signed_in, letter, paper):
    handler = signed_in("h", "handler")
    handler.post(page_of(paper), LEFT)
    last = letter.entries.order_by("sequence").last().sequence
    void = reverse(AT + "void", args=[letter.pk, last])
    assert void not in text(handler.get(file_of(letter)))
    assert handler.get(void).status_code == 403
