"""登记 in a real browser: a session that ended, the back button, many of one wording."""

import pytest

from requests_app.models import DisclosureRequest, Enquiry
from tests.browser.test_journeys import follow, registered_by_post

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def typed_by_post(page, subject: str = "某路改造的征地批复", name="张三丰") -> None:
    page.select_option("[name=channel_detail]", "signed_mail")
    page.fill("[name=submitted_on]", "2024-09-10")
    page.fill("[name=signed_on]", "2024-09-10")
    page.select_option("[name=applicant_kind]", "natural_person")
    page.fill("[name=name]", name)
    page.fill("[name=subject]", subject)


def wordings() -> list[str]:
    made = DisclosureRequest.objects.order_by("pk")
    return [one.wording.subject for one in made]


def test_a_session_that_ended_registers_what_was_typed_and_nothing_else(
    signed_in, at, picture
):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk")
    follow(clerk, "登记申请")
    typed_by_post(clerk)
    clerk.click("#add-item")
    clerk.fill("#further textarea", "补偿标准")
    clerk.context.clear_cookies(name="sessionid")
    clerk.fill("[name=subject]", "某路改造的征地批复文件")
    clerk.wait_for_selector("#alike >> text=登录已超时，提交时会请您重新登录")
    assert clerk.locator("[name=subject]").count() == 1
    picture(clerk, "register-timed-out")
    clerk.click("text=登记并取号")
    clerk.fill("[name=username]", "王经办")
    clerk.fill("[name=password]", "口令-2024")
    clerk.click("[type=submit]:has-text('登录')")
    clerk.click("text=继续提交")
    clerk.wait_for_selector(".office-numbers")
    assert wordings() == ["某路改造的征地批复文件", "补偿标准"]
