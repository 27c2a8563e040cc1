"""全卷: every page numbered through, what cannot be bound in listed, the same bytes twice."""

import io
import re
import struct
import zlib
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from django.urls import reverse
from pypdf import PdfReader, PdfWriter
from wireup.integration.django import get_app_container

from reporting.renderers.fonts import FOLDER
from requests_app.adapters.paper import TypstPaper
from requests_app.admin.volume import on_paper
from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain import events as happened
from requests_app.domain.letters import LetterKind
from requests_app.domain.vocabulary import Outcome, SecrecyLevel
from requests_app.models import AccessRecord, Appeal, Applicant, Letter, ServedFile
from requests_app.services import attachments
from requests_app.services.recording import record, register
from requests_app.services.volume import volume
from requests_app.services.withdrawing import withdraw
from tests.requests_app.api.test_attachments import DOCX

pytestmark = pytest.mark.django_db


def blank(pages: int, *, turned: int = 0, width: float = 420) -> bytes:
    """A PDF of so many pages, each with another place for its zero."""
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(width=width, height=595)
        page.rotate(turned)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png(width: int = 4, height: int = 3) -> bytes:
    def chunk(kind: bytes, told: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(kind + told))
        return struct.pack(">I", len(told)) + kind + told + sum_

    lines = b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def printing(deps, at, settings, tmp_path):
    """Served on 2024-09-12, with our real paper."""
    settings.MEDIA_ROOT = tmp_path
    then = replace(at("2024-09-12"), paper=TypstPaper(FOLDER))
    with get_app_container().override({Dependencies: then}):
        yield then


@pytest.fixture
def found(office, person, printing):
    """Everything that a file may hold."""
    clerk, reviewer = person("受理", "intake_clerk"), person("审核", "reviewer")
    made = register(
        agency=office, received_on=date(2024, 9, 10), subject="征地批复", channel="post",
        applicant=Applicant(name="张三丰", phone="13812345678"),
        applicant_kind="natural_person", by=clerk,
        deps=printing,
    )  # fmt: skip
    day = date(2024, 9, 12)
    for event, remark in [
        (
            happened.StepDecided(on=day, step="held", choice="not_held"),
            "检索结果：无",
        ),
        (happened.Searched(on=day), "检索档案系统，无"),
        (
            happened.SecretPaperNoted(on=day, level=SecrecyLevel.SECRET),
            "定密依据：目录",
        ),
        (happened.SubmittedForReview(on=day), "拟不存在"),
        (happened.Reviewed(on=day), "同意"),
        (happened.Replied(on=day, outcome=Outcome.NOT_HELD, service="postal"), ""),
        (happened.ReplyAnnounced(on=day, days=30), "政府网站"),
    ]:
        by = reviewer if isinstance(event, happened.Reviewed) else clerk
        record(made, event, by=by, remark=remark, deps=printing)
    Appeal.objects.create(
        agency=office, disclosure_request=made, procedure="reconsideration",
        case_number="复议1号", filed_on=day, result="pending",
    )  # fmt: skip
    return made


def put(found, name, content, deps, kind="other"):
    return attachments.attach(
        found, file=io.BytesIO(content), name=name, size=len(content), kind=kind,
        by=None, deps=deps,
    )[0]  # fmt: skip


def pages(content: bytes) -> list[str]:
    book = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in book]
    finally:
        book.close()


def printed(found, deps) -> bytes:
    return volume(found, told=on_paper(found, deps), deps=deps)


def test_every_page_says_its_number_and_the_contents_say_the_same(found, printing):
    put(found, "申请书.pdf", blank(2), printing, kind="letter")
    put(found, "身份证.png", png(), printing, kind="identity")
    put(found, "横排.pdf", blank(1, turned=90), printing)
    told = pages(printed(found, printing))
    total = len(told)
    numbers = [re.findall(r"第 (\d+) 页 / 共 (\d+) 页", page) for page in told]
    assert numbers == [[(str(n), str(total))] for n in range(1, total + 1)]
    contents = dict(re.findall(r"^(.+?)\s+(\d+)\s*$", told[1], re.M))
    where = {
        title: next(n for n, page in enumerate(told[2:], 3) if page.startswith(title))
        for title in (
            "申请表", "办理经过", "答复期限说明", "检索、征求意见、补正和协办",
            "答复风险评估报告（办理指引）", "审批和审查", "送达记录", "涉密件登记", "行政复议与诉讼", "附件清单",
        )
    }  # fmt: skip
    bound = {
        "附件1　申请书原件：申请书.pdf": total - 3,
        "附件2　身份证明：身份证.png": total - 1,
        "附件3　其他材料：横排.pdf": total,
    }
    assert {title: int(page) for title, page in contents.items()} == {**where, **bound}


def test_what_cannot_be_bound_in_is_listed_with_its_hash(found, printing):
    made = [
        put(found, "说明.docx", DOCX, printing),
        put(found, "坏.pdf", b"%PDF-1.4 nothing", printing),
        put(found, "坏.png", b"\x89PNG\r\n\x1a\n", printing),
    ]
    told = pages(printed(found, printing))
    listed = told[-1].replace("\r\n", "")
    assert listed.startswith("附件清单")
    assert [one.sha256 in listed for one in made] == [True] * 3
    assert listed.count("未装订：文件损坏或加密") == 2
    assert listed.count("未装订：此类文件不能装订") == 1


def test_what_was_withdrawn_is_not_bound_in_and_told_of_by_its_hash(
    found, printing, person
):
    by = person("承办", "handler")
    put(found, "申请书.pdf", blank(1), printing, kind="letter")
    paper = put(found, "误传.pdf", blank(2), printing, kind="approval")
    withdraw(paper, secret=True, reason="目录第3项", by=by, deps=printing)
    told = pages(printed(found, printing))
    assert "误传.pdf" not in told[1]
    listed = told[-2].replace("\r\n", "")
    assert "已撤回的附件（误传，不入卷）" in listed
    assert paper.sha256 in listed
    assert "涉密，原文已清除" in listed
    assert any("目录第3项" in page for page in told)


def test_a_letter_that_went_out_is_bound_in_as_its_reader_has_it(
    found, printing, person
):
    head = person("签发", "office_head")
    stamped = blank(2)
    stored = attachments.store(io.BytesIO(stamped), "ab" * 32)
    letter = Letter.objects.create(
        disclosure_request=found, agency=found.agency, kind=LetterKind.NOT_HELD.value,
        dated_on=date(2024, 9, 12), facts="x", decision="x", made_by=head,
        made_at=printing.clock.now(), number="云公复〔2024〕1号", sha256="cd" * 32,
        stored=stored, issued_by=head, issued_at=printing.clock.now(),
    )  # fmt: skip
    ServedFile.objects.create(
        letter=letter, name="盖章件.pdf", media_type="application/pdf", sha256="ab" * 32,
        size=len(stamped), stored=stored, uploaded_by=head,
        uploaded_at=printing.clock.now(),
    )  # fmt: skip
    told = pages(printed(found, printing))
    last = f"附件1　{LetterKind.NOT_HELD.zh} 云公复〔2024〕1号：盖章件.pdf"
    assert re.findall(rf"^{last}\s+(\d+)\s*$", told[1], re.M) == [str(len(told) - 1)]


def test_the_same_file_is_the_same_bytes(found, printing):
    put(found, "申请书.pdf", blank(2), printing)
    put(found, "身份证.png", png(), printing)
    assert printed(found, printing) == printed(found, printing)


def test_its_day_is_that_of_the_last_entry(found, printing):
    assert PdfReader(io.BytesIO(printed(found, printing))).metadata[
        "/CreationDate"
    ] == ("D:20240912")


def test_a_page_of_another_size_keeps_it(found, printing):
    put(found, "小.pdf", blank(1, width=300), printing)
    last = PdfReader(io.BytesIO(printed(found, printing))).pages[-1]
    assert (float(last.mediabox.width), float(last.mediabox.height)) == (300, 595)


def test_what_acts_by_itself_is_left_out(found, printing):
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=io.BytesIO(blank(1)))
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/URI"),
            NameObject("/URI"): TextStringObject("x"),
        }
    )
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
    out = io.BytesIO()
    writer.write(out)
    put(found, "动.pdf", out.getvalue(), printing)
    last = PdfReader(io.BytesIO(printed(found, printing))).pages[-1]
    assert "/AA" not in last


def test_a_character_without_a_glyph_is_named(found, printing):
    found.wording.subject = "查询\U0003106c某"
    found.wording.save()
    with pytest.raises(Unprintable, match=r"U\+3106C"):
        printed(found, printing)


def test_the_page_gives_it_with_a_reason_and_writes_that_down(signed_in, found):
    handler = signed_in("h", "handler")
    at = reverse("admin:requests_app_disclosurerequest_volume", args=[found.pk])
    assert handler.get(at).status_code == 302
    answer = handler.post(at, {"reason": "archive"})
    assert answer.content.startswith(b"%PDF-")
    assert "张三丰" in pages(answer.content)[0]
    told = AccessRecord.objects.get()
    assert (told.way, told.reason, told.fields) == (
        "paper", "archive", ["name", "phone", "papers"],
    )  # fmt: skip


def test_what_cannot_be_printed_is_said_on_the_page(signed_in, found):
    found.wording.subject = "\U0003106c"
    found.wording.save()
    at = reverse("admin:requests_app_disclosurerequest_volume", args=[found.pk])
    page = signed_in("h", "handler").post(at, {"reason": "archive"}, follow=True)
    assert "字体没有这些字，无法打印" in page.content.decode()
    assert AccessRecord.objects.count() == 0


def test_out_of_sight_there_is_no_file(signed_in, found, elsewhere):
    at = reverse("admin:requests_app_disclosurerequest_volume", args=[found.pk])
    stranger = signed_in("s", "handler", agency=elsewhere)
    assert stranger.post(at, {"reason": "archive"}).status_code == 404
    assert signed_in("a", "auditor").post(at, {"reason": "archive"}).status_code == 403


@pytest.mark.parametrize("paper", ["deadline_paper", "bundle"])
def test_other_papers_say_so_too(signed_in, found, paper):
    found.agency.name = "\U0003106c局"
    found.agency.save()
    name, pk = {
        "deadline_paper": ("disclosurerequest_deadline_paper", found.pk),
        "bundle": ("appeal_bundle", found.appeals.get().pk),
    }[paper]
    at = reverse(f"admin:requests_app_{name}", args=[pk])
    page = signed_in("h", "office_head").get(at, follow=True)
    assert "（U+3106C）" in page.content.decode()
