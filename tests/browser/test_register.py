"""登记 in a real browser: a session that ended, the back button, many of one wording."""

import pytest

from requests_app.models import DisclosureRequest, Enquiry, Participant
from tests.browser.test_journeys import follow, go

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
    go(clerk, "text=登记并取号")
    clerk.fill("[name=username]", "王经办")
    clerk.fill("[name=password]", "口令-2024")
    go(clerk, "[type=submit]:has-text('登录')")
    go(clerk, "text=继续提交")
    clerk.wait_for_selector(".office-numbers")
    assert wordings() == ["某路改造的征地批复文件", "补偿标准"]


def test_the_back_button_registers_the_same_paper_once(signed_in, at, picture):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk")
    follow(clerk, "登记申请")
    typed_by_post(clerk)
    go(clerk, "text=登记并取号")
    clerk.wait_for_selector(".office-numbers")
    clerk.go_back()
    clerk.wait_for_selector("#alike >> text=〔2024〕1号")
    assert clerk.input_value("[name=subject]") == "某路改造的征地批复"
    go(clerk, "text=登记并取号")
    clerk.wait_for_selector("#before >> text=〔2024〕1号")
    picture(clerk, "register-before")
    assert len(wordings()) == 1
    clerk.check("[name=again]")
    go(clerk, "text=登记并取号")
    clerk.wait_for_selector(".office-numbers")
    assert len(wordings()) == 2


def test_the_back_button_enters_other_mail_once(signed_in, at, picture):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk")
    follow(clerk, "登记申请")
    go(clerk, "text=信访件含有公开申请的")
    clerk.fill("[name=text]", "反映征地，并申请公开批复")
    assert clerk.input_value("[name=kind]") == "petition"
    go(clerk, "text=登记并取号")
    clerk.wait_for_selector("text=来件〔2024〕1号")
    clerk.go_back()
    go(clerk, "text=登记并取号")
    clerk.wait_for_selector("#before >> text=来件〔2024〕1号")
    picture(clerk, "enquiry-before")
    assert Enquiry.objects.count() == 1


def test_forty_letters_of_the_same_words_and_an_agent(signed_in, at, picture):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk")
    follow(clerk, "登记申请")
    typed_by_post(clerk, name="")
    clerk.fill("[name=same]", "\n".join(f"村民{n}" for n in range(1, 41)))
    clerk.click("#beside summary")
    assert not clerk.is_visible("[name=authorisation]")
    clerk.click("#add-person")
    clerk.select_option("[name=beside-1-role]", "agent")
    clerk.fill("[name=beside-1-name]", "王律师")
    assert clerk.is_visible("[name=authorisation]")
    picture(clerk, "register-forty")
    go(clerk, "text=登记并取号")
    clerk.wait_for_selector(".office-numbers")
    picture(clerk, "registered-forty")
    assert clerk.locator(".office-numbers li").count() == 40
    assert [p.name for p in Participant.objects.all()] == ["王律师"] * 40


def test_a_slow_warning_of_older_words_does_not_replace_the_later_one(signed_in, at):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk")
    follow(clerk, "登记申请")
    typed_by_post(clerk)
    go(clerk, "text=登记并取号")
    follow(clerk, "登记申请")
    held = []
    clerk.route("**/alike/", lambda r: r.continue_() if held else held.append(r))
    with clerk.expect_request("**/alike/"):
        clerk.fill("[name=name]", "张三丰")
    clerk.fill("[name=subject]", "请公开某路改造的征地批复")
    clerk.wait_for_selector("#alike >> text=〔2024〕1号")
    with clerk.expect_response("**/alike/") as late:
        held[0].fulfill(body="<div data-fragment=alike>无相近申请</div>")
    late.value.finished()
    clerk.evaluate("new Promise(done => setTimeout(done, 200))")
    assert "〔2024〕1号" in clerk.inner_text("#alike")


def test_a_link_within_a_sentence_reads_without_colour(signed_in, at):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk")
    follow(clerk, "登记申请")
    drawn = clerk.eval_on_selector_all(
        ".office-help a",
        "links => links.map(one => getComputedStyle(one).textDecorationLine)",
    )
    assert drawn == ["underline", "underline"]
