"""应诉包: what was answered is in it, and a number is the same in the list and in the name."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from requests_app.admin.volume import on_paper
from requests_app.domain import events as happened
from requests_app.domain.letters import LetterKind
from requests_app.domain.vocabulary import Outcome
from requests_app.models import Appeal, Letter, ServedFile
from requests_app.services import attachments
from requests_app.services.bundle import bundle
from requests_app.services.recording import record, register
from requests_app.services.voiding import void
from tests.fakes import Drawer

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 12)
PDF = b"%PDF-1.4\n"


@pytest.fixture
def printing(deps, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return replace(at("2024-09-12"), paper=Drawer())


@pytest.fixture
def found(office, person, printing):
    """Searched, wrongly concluded, the reply voided and given again."""
    clerk, reviewer = person("受理", "intake_clerk"), person("审核", "reviewer")
    made = register(
        agency=office, received_on=date(2024, 9, 10), subject="征地批复", channel="post",
        by=clerk, deps=printing,
    )  # fmt: skip
    for event, by, remark in [
        (happened.Searched(on=DAY), clerk, "检索档案系统，无"),
        (happened.SubmittedForReview(on=DAY), clerk, "拟不存在"),
        (happened.Reviewed(on=DAY), reviewer, "同意"),
        (happened.ConfidentialityReviewed(on=DAY), reviewer, "可以公开"),
        (happened.Replied(on=DAY, outcome=Outcome.GRANTED, service="postal"), clerk, "误选"),
    ]:  # fmt: skip
        record(made, event, by=by, remark=remark, deps=printing)
    last = made.entries.order_by("-sequence")[0]
    void(made, entry=last.sequence, by=clerk, deps=printing)
    record(
        made, happened.Replied(on=DAY, outcome=Outcome.NOT_HELD, service="postal"),
        by=clerk, deps=printing,
    )  # fmt: skip
    record(
        made, happened.ReplyDelivered(on=DAY), by=clerk, remark="EMS 1234 张三签收",
        deps=printing,
    )  # fmt: skip
    return made


def put(found, name, content, kind, deps):
    return attachments.attach(
        found, file=io.BytesIO(content), name=name, size=len(content), kind=kind,
        by=None, deps=deps,
    )[0]  # fmt: skip


def answered(found, head, deps):
    stored = attachments.store(io.BytesIO(PDF + b"stamped"), "ab" * 32)
    letter = Letter.objects.create(
        disclosure_request=found, agency=found.agency, kind=LetterKind.NOT_HELD.value,
        dated_on=DAY, facts="x", decision="x", made_by=head, made_at=deps.clock.now(),
        number="云公复〔2024〕1号", sha256="cd" * 32, stored=stored, issued_by=head,
        issued_at=deps.clock.now(),
    )  # fmt: skip
    ServedFile.objects.create(
        letter=letter, name="盖章件.pdf", media_type="application/pdf", sha256="ab" * 32,
        size=len(PDF) + 7, stored=stored, uploaded_by=head, uploaded_at=deps.clock.now(),
    )  # fmt: skip


def opened(found, deps):
    appeal = Appeal.objects.create(
        agency=found.agency, disclosure_request=found, procedure="reconsideration",
        filed_on=DAY, result="pending",
    )  # fmt: skip
    content = bundle(appeal, told=on_paper(found, deps), deps=deps)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def printed(deps, title):
    return next(told for _, told in deps.paper.printed if told.get("title") == title)


def test_the_reply_is_in_it_and_the_numbers_are_those_of_the_list(
    found, printing, person
):
    put(found, "身份证.pdf", PDF + b"id", "identity", printing)
    put(found, "签收单.pdf", PDF + b"proof", "service", printing)
    answered(found, person("签发", "office_head"), printing)
    held = opened(found, printing)
    assert list(held) == [
        "00 证据目录.pdf", "01 政府信息公开申请登记.pdf", "02 办理经过.pdf",
        "03 答复期限说明.pdf", "04 检索记录.pdf", "05 送达记录.pdf", "06 身份证.pdf",
        "07 签收单.pdf", "08 盖章件.pdf", "答复书（草稿）.txt",
    ]  # fmt: skip
    assert held["08 盖章件.pdf"] == PDF + b"stamped"
    assert held["答复书（草稿）.txt"].decode().splitlines()[-1] == (
        "提交期限：自收到通知次日起算（请先登记收到通知日期），"
        "依据：行政复议法（2023）第四十八条、第八十八条"
    )
    listed = next(told for name, told in printing.paper.printed if name == "bundle")
    assert [(row["number"], row["name"]) for row in listed["evidence"]] == [
        (1, "政府信息公开申请登记"), (2, "办理经过"), (3, "答复期限说明"),
        (4, "检索记录"), (5, "送达记录"), (6, "身份证明：身份证.pdf"),
        (7, "寄送和签收凭证：签收单.pdf"),
        (8, f"{LetterKind.NOT_HELD.zh} 云公复〔2024〕1号：盖章件.pdf"),
    ]  # fmt: skip


def test_a_voided_entry_is_marked_and_remarks_are_printed(found, printing):
    opened(found, printing)
    course = printed(printing, "办理经过")["moments"]
    told = [
        (one["text"], one["voided"])
        for one in course
        if one["kind"] in ("searched", "replied", "reply_delivered")
    ]
    assert told == [
        ("检索档案系统，无", False), ("误选", True), ("", False),
        ("EMS 1234 张三签收", False),
    ]  # fmt: skip
    searches = printed(printing, "检索记录")["moments"]
    assert [one["text"] for one in searches] == ["检索档案系统，无"]
