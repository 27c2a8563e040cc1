"""What an office does in a day, clicked: no address is typed after the sign-in."""

import re

import pytest

from requests_app.models import Agency, DisclosureRequest
from requests_app.services.agencies import place

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def go(page, clicked: str) -> None:
    """A click returns while the old page still stands: this one when the next one does."""
    with page.expect_navigation():
        page.click(clicked)


def follow(page, name: str) -> None:
    go(page, f"#nav-sidebar a:has-text('{name}')")


def registered_by_post(
    page, signed_on: str, subject: str = "某路改造的征地批复"
) -> None:
    """Leaves the browser on the request's file."""
    follow(page, "登记申请")
    page.select_option("[name=channel_detail]", "signed_mail")
    page.fill("[name=submitted_on]", signed_on)
    page.fill("[name=signed_on]", signed_on)
    page.select_option("[name=applicant_kind]", "natural_person")
    page.fill("[name=name]", "张三丰")
    page.fill("[name=subject]", subject)
    go(page, "text=登记并取号")
    go(page, ".office-numbers a")


def acted(page, act: str, picture=None, **typed) -> str:
    """Typed, its effect read, confirmed; gives the effect as it was shown."""
    go(page, f".office-acts a:text-is('{act}')")
    for name, value in typed.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    go(page, "text=看对期限的影响")
    shown = page.inner_text(".office-effect .office-due")
    if picture:
        picture(page, "act")
    go(page, "[name=confirm]")
    page.wait_for_selector(".office-timeline")
    return shown


def due(text: str) -> list[str]:
    return re.findall(r"\d{4}-\d\d-\d\d|停止，等待中", text)


def opened(page, queue: str, number: str) -> None:
    follow(page, queue)
    go(page, f"#result_list a:has-text('{number}')")


def test_from_the_post_to_the_archive(signed_in, at, picture):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk", "handler")
    signed_in("李主任", "office_head")
    reviewer = signed_in("赵审核", "reviewer")
    registered_by_post(clerk, "2024-09-10")
    assert "〔2024〕1号" in clerk.inner_text("h1")
    acted(clerk, "分办、认领、转办", handler="王经办")
    assert due(acted(clerk, "告知补正", remark="请写明文号")) == [
        "2024-10-14", "停止，等待中",
    ]  # fmt: skip
    at("2024-09-12")
    clerk.reload()
    assert due(acted(clerk, "收到补正", remark="云政发〔2023〕5号")) == [
        "停止，等待中", "2024-10-16",
    ]  # fmt: skip
    acted(clerk, "征求意见", remark="征求某公司意见")
    at("2024-09-20")
    clerk.reload()
    acted(clerk, "收到意见", remark="不同意公开其报价")
    told = acted(
        clerk, "延期答复", picture, days="20", consented_by="李主任", remark="需汇总"
    )
    was, then = due(told)
    assert was < then
    acted(clerk, "送审", outcome="部分公开（区分处理）", remark="拟部分公开")
    confidant = signed_in("钱保密", "confidentiality_reviewer")
    opened(confidant, "全部申请", "〔2024〕1号")
    acted(
        confidant, "保密审查", what="某路改造的征地批复", conclusion="可以公开",
        remark="不涉密，钱保密",
    )  # fmt: skip
    opened(reviewer, "待审核", "〔2024〕1号")
    acted(reviewer, "审核通过", remark="同意")
    clerk.reload()
    acted(
        clerk, "答复办结", outcome="部分公开（区分处理）", service="邮政寄送",
        mail_number="EM123",
    )  # fmt: skip
    acted(clerk, "送达签收", mail_number="EM123")
    acted(clerk, "归档", remark="2024-1 卷")
    picture(clerk, "file")
    assert "已归档" in clerk.inner_text(".office-head")
    assert clerk.locator(".office-timeline li").count() == 14


def test_an_overdue_request_stands_in_its_queue(signed_in, at, picture):
    at("2024-09-03")
    clerk = signed_in("王经办", "intake_clerk", "handler")
    registered_by_post(clerk, "2024-09-02")
    at("2024-10-11")
    opened(clerk, "已逾期", "〔2024〕1号")
    assert "▲ 逾期 11 天" in clerk.inner_text(".office-head")
    follow(clerk, "本单位的")
    picture(clerk, "queue")


def test_a_wrong_entry_is_voided(signed_in, at, picture):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk", "handler")
    registered_by_post(clerk, "2024-09-10")
    acted(clerk, "告知补正", remark="发错了件")
    go(clerk, ".office-timeline li:has-text('告知申请人补正') >> text=作废此条")
    clerk.fill("[name=remark]", "误点")
    assert due(clerk.inner_text(".office-effect .office-due"))[-1] == "2024-10-14"
    clerk.dblclick("[name=confirm]")
    clerk.wait_for_selector(".office-voided")
    clerk.go_back()
    kinds = [e.kind for e in DisclosureRequest.objects.get().entries.all()]
    assert kinds == ["received", "registered", "supplement_asked", "entry_voided"]


def test_the_guide_leads_to_its_letter_with_nothing_typed_twice(signed_in, at, picture):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk", "handler")
    registered_by_post(clerk, "2024-09-10")
    go(clerk, ".office-acts a:has-text('办理指引')")
    go(clerk, "text=回答下一问")
    for answer in ("内容明确，不需补正", "属于公开申请，由本机关答复"):
        clerk.check(f"label:has-text('{answer}') input")
        go(clerk, "text=记录并继续")
    clerk.check("label:has-text('经检索没有') input")
    search = {"where": "档案系统", "terms": "征地", "who": "李四", "result": "无"}
    for field, typed in search.items():
        clerk.fill(f"[name={field}]", typed)
    go(clerk, "text=记录并继续")
    go(clerk, "text=看结论")
    go(clerk, "text=起草此文书")
    picture(clerk, "letter_new")
    go(clerk, "button:has-text('拟稿')")
    told = clerk.input_value("[name=decision]")
    assert told.endswith("检索情况：检索范围：档案系统；检索词：征地；检索结果：无。")
    assert "第三十六条第（四）项" not in told  # quoted by the letter itself, by its day
    picture(clerk, "letter")


def test_a_wrong_upload_is_withdrawn_and_a_missing_letter_pointed_at(
    signed_in, at, picture, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk", "handler")
    registered_by_post(clerk, "2024-09-10")
    go(clerk, "text=加入附件")
    clerk.select_option("[name=kind]", label="内部审批资料")
    clerk.select_option("[name=secrecy]", label="不涉密")
    clerk.set_input_files(
        "[name=file]",
        {"name": "他案.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"},
    )
    go(clerk, "button:has-text('加入附件')")
    go(clerk, "#papers >> text=误传撤回")
    clerk.select_option("[name=ground]", label="误传")
    clerk.fill("[name=reason]", "误放本卷")
    go(clerk, "button:has-text('撤回附件')")
    assert "已撤回" in clerk.inner_text("#papers")
    assert "撤回附件（误传）：他案.pdf" in clerk.inner_text(".office-timeline")
    at("2024-09-12")
    clerk.reload()
    acted(clerk, "告知补正", remark="请写明文号")
    picture(clerk, "file_papers")
    go(clerk, "aside a:has-text('起草：补正告知书')")
    go(clerk, "button:has-text('拟稿')")
    assert "请写明文号" in clerk.input_value("[name=decision]")


def test_a_like_request_is_pointed_at_while_it_is_typed(signed_in, at, picture):
    at("2024-09-11")
    clerk = signed_in("王经办", "intake_clerk", "handler")
    registered_by_post(clerk, "2024-09-10")
    follow(clerk, "登记申请")
    paper = {"name": "证.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    clerk.set_input_files("[name=identity]", paper)
    assert clerk.input_value("[name=name]") == ""  # a file's name is nobody's
    clerk.fill("[name=name]", "张三丰")
    clerk.fill("[name=subject]", "请公开某路改造的征地批复")
    clerk.wait_for_selector("#alike >> text=〔2024〕1号")
    picture(clerk, "register")


def test_a_stranger_sees_nothing(signed_in, at, office):
    at("2024-09-11")
    registered_by_post(signed_in("王经办", "intake_clerk", "handler"), "2024-09-10")
    other = Agency(code="990000", name="别省人民政府", kind="government")
    place(other, on=None)
    stranger = signed_in("外人", "intake_clerk", "handler", agency=other)
    follow(stranger, "全部申请")
    assert "〔2024〕1号" not in stranger.inner_text("#main")


def test_on_a_phone_nothing_runs_off_the_page(signed_in, at, picture):
    at("2024-09-11")
    registered_by_post(signed_in("王经办", "intake_clerk", "handler"), "2024-09-10")
    phone = signed_in("王经办", width=390)
    with phone.expect_navigation():
        phone.evaluate(
            "document.querySelector('#nav-sidebar a[href*=\"queue=unit\"]').click()"
        )
    picture(phone, "phone-queue")
    go(phone, "#result_list a:has-text('〔2024〕1号')")
    picture(phone, "phone-file")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
