"""案卷: whose request it is, masked; papers added and read with a reason; what is alike."""

import io
import re
import zipfile
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from requests_app.admin.persons import veiled
from requests_app.domain.intake import Arrival
from requests_app.models import AccessRecord, Applicant, Attachment, DisclosureRequest
from requests_app.services import secrecy
from requests_app.services.intake import HandedIn, hand_in
from requests_app.services.recording import register
from tests.requests_app.api.test_attachments import DOCX, PDF, zipped
from tests.requests_app.letters.test_pdf_leaks import BOX, pdf

pytestmark = pytest.mark.django_db
APPLICANT = {
    "name": "张三丰", "id_kind": "居民身份证", "id_number": "530102199001011234",
    "phone": "13812345678", "address": "云南省昆明市五华区某路1号",
    "email": "zhang@example.org",
}  # fmt: skip
SECRETS = [APPLICANT[n] for n in ("name", "id_number", "phone", "address", "email")]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def whole(office, at):
    """Two items of one letter, by an agent, and an earlier one by the same person."""
    deps = at("2024-09-11")
    register(
        agency=office, received_on=date(2024, 3, 1), subject="征地批复文件",
        applicant=Applicant(**APPLICANT), by=None, deps=deps,
    )  # fmt: skip
    answer, _ = hand_in(
        lambda: HandedIn(
            agency=office, channel="in_person", arrival=Arrival(submitted_on=date(2024, 9, 10)),
            applicant_kind="natural_person", applicant=APPLICANT,
            subject="征地批复", further=("补偿标准",),
            participants=({"role": "agent", "name": "李四", "phone": "13900000000"},),
        ),
        caller=office.staff.create(username="desk"), key="k", digest="", deps=deps,
    )  # fmt: skip
    return DisclosureRequest.objects.get(reference=answer["reference"])


def url(name, *args):
    return reverse(f"admin:requests_app_disclosurerequest_{name}", args=args)


def text(answer):
    return unescape(answer.content.decode())


def test_the_file_shows_items_people_and_what_is_alike_and_names_nobody(
    signed_in, whole
):
    page = text(signed_in("h", "handler").get(url("change", whole.pk)))
    assert [secret for secret in [*SECRETS, "李四"] if secret in page] == []
    assert "张**" in page
    assert "530*************34" in page
    assert re.findall(r"相近 (\d+)%", page) == ["75"]
    [item] = whole.items.all()
    assert url("change", item.pk) in page
    assert re.findall(r"<dt>委托书</dt><dd>(.+?)</dd>", page) == ["未附"]


def test_personal_data_is_shown_for_one_view_and_that_is_written_down(signed_in, whole):
    handler = signed_in("h", "handler")
    page = handler.post(url("unmask", whole.pk), {"reason": "service", "words": ""})
    assert [secret for secret in [*SECRETS, "李四"] if secret not in text(page)] == []
    assert "no-store" in page["Cache-Control"]
    assert APPLICANT["phone"] not in text(handler.get(url("change", whole.pk)))
    [told] = AccessRecord.objects.all()
    assert (told.by, told.disclosure_request, told.way, told.reason, told.fields) == (
        handler.user, whole, "page", "service",
        ["name", "id_number", "phone", "address", "email", "participants"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "sent", "status"),
    [
        ("auditor", {"reason": "handling"}, 403),
        ("statistician", {"reason": "handling"}, 403),
        ("handler", {"reason": "other", "words": " "}, 302),
        ("handler", {"reason": "curiosity"}, 302),
        ("handler", {}, 302),
    ],
)
def test_without_a_reason_or_the_role_nothing_is_shown(
    signed_in, whole, role, sent, status
):
    answer = signed_in("u", role).post(url("unmask", whole.pk), sent)
    assert (answer.status_code, AccessRecord.objects.count()) == (status, 0)
    assert APPLICANT["phone"] not in text(answer)


def test_looking_in_by_address_shows_nothing(signed_in, whole):
    answer = signed_in("h", "handler").get(url("unmask", whole.pk))
    assert (answer.status_code, AccessRecord.objects.count()) == (302, 0)


def test_auditors_read_who_saw_what_in_their_subtree(signed_in, whole, elsewhere):
    signed_in("h", "handler").post(url("unmask", whole.pk), {"reason": "handling"})
    listed = reverse("admin:requests_app_accessrecord_changelist")
    page = text(signed_in("a", "auditor").get(listed))
    assert "姓名（名称）、证件号码、联系电话" in page
    assert "办理需要" in page
    other = signed_in("b", "auditor", agency=elsewhere).get(listed)
    assert "办理需要</td>" not in text(other)
    assert signed_in("c", "handler").get(listed).status_code == 403


@pytest.mark.parametrize(
    "act",
    [
        lambda: AccessRecord.objects.update(words="x"),
        lambda: AccessRecord.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_keeps_the_records_of_access(signed_in, whole, act):
    signed_in("h", "handler").post(url("unmask", whole.pk), {"reason": "handling"})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("name", "张三丰", "张**"),
        ("phone", "13812345678", "138******78"),
        ("phone", "110", "***"),
        ("email", "a@b.cn", "a*****"),
        ("address", "昆明市", "***"),
    ],
)
def test_what_is_left_of_a_masked_value(name, value, told):
    assert veiled(name, value) == told


# --- papers ---


def upload(client, found, name, content, **typed):
    file = SimpleUploadedFile(name, content)
    sent = {"kind": "approval", "secrecy": "none", **typed, "file": file}
    return client.post(url("attach", found.pk), sent)


def test_the_office_adds_a_paper_and_reads_it_back_with_a_reason(signed_in, letter):
    handler = signed_in("承办", "handler")
    answer = upload(handler, letter, "审批单.pdf", PDF)
    assert answer["Location"] == url("change", letter.pk)
    [made] = letter.attachments.all()
    assert (made.kind, made.name, made.added_by) == (
        "approval", "审批单.pdf", handler.user,
    )  # fmt: skip
    at = url("attachment", letter.pk, made.sha256)
    assert handler.get(at).status_code == 302
    file = handler.post(at, {"reason": "handling"})
    assert b"".join(file.streaming_content) == PDF
    assert {n: file[n] for n in ("Content-Type", "X-Content-Type-Options")} == {
        "Content-Type": "application/octet-stream",
        "X-Content-Type-Options": "nosniff",
    }
    assert file["Content-Disposition"].startswith("attachment;")
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    told = AccessRecord.objects.get()
    assert (told.way, told.fields, told.words) == ("file", ["papers"], "审批单.pdf")


def test_the_same_paper_twice_is_one_and_said_so(signed_in, letter):
    handler = signed_in("h", "handler")
    for _ in range(2):
        upload(handler, letter, "审批单.pdf", PDF)
    page = text(handler.get(url("change", letter.pk)))
    assert letter.attachments.count() == 1
    assert "同一内容的文件已在卷中：审批单.pdf" in page


MACRO = zipped(**{"word/document.xml": "<w/>", "word/vbaProject.bin": "x"})
RUNS = "<w:p><w:r>机</w:r><w:r>密★1年</w:r></w:p>"


@pytest.mark.parametrize(
    ("name", "content", "secrecy", "said"),
    [
        ("a.pdf", b"PK", "none", "不接受该类文件"),
        ("a.jpg", PDF, "none", "文件名后缀与内容"),
        ("a.docx", MACRO, "none", "含有宏、控件或内嵌对象"),
        ("a.pdf", b"%PDF-1.4 /JavaScript", "none", "PDF 含有脚本"),
        ("【机密】a.pdf", PDF, "none", "文件标有“机密”，不得上传"),
        ("关于某事的报告机密★10年.pdf", PDF, "none", "文件标有“机密”，不得上传"),
        ("a.docx", zipped(**{"word/document.xml": RUNS}), "none", "文件标有“机密”"),
        ("a.pdf", PDF, "top_secret", "标有密级的文件不得上传，请改用"),
        ("a.pdf", PDF, "", "该字段是必填项"),
        ("a.pdf", PDF + b"x" * 10_000_000, "none", "文件超过 10 MB"),
    ],
)  # fmt: skip
def test_what_is_not_taken_says_why(signed_in, letter, name, content, secrecy, said):
    page = text(
        upload(signed_in("h", "handler"), letter, name, content, secrecy=secrecy)
    )
    assert said in page
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "words", "level"),
    [
        ("机密文件.pdf", "", "机密"),
        ("请示（秘密★5年）.pdf", "", "秘密"),
        ("绝密 2024.pdf", "", "绝密"),
        ("请示.pdf", "秘密★1年\n关于…", "秘密"),
        ("请示.pdf", "密级：机密", "机密"),
        ("请示.pdf", "关于…\n绝密\n", "绝密"),
        ("计算机密码.pdf", "计算机密码", ""),
        ("商业秘密说明.pdf", "涉及商业秘密的，不予公开", ""),
        ("保密审查意见.pdf", "属于国家秘密的政府信息", ""),
    ],
)
def test_a_mark_of_secrecy_is_known_by_its_shape(name, words, level):
    assert secrecy.marked(name, words) == level


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("关于某事的机密报告.pdf", "机密"),
        ("国家秘密范围说明.pdf", "秘密"),
        ("保守商业秘密承诺书.pdf", ""),  # 第十五条
        ("计算机密码管理.pdf", ""),
        ("保密审查意见.pdf", ""),
        ("机密文件.pdf", ""),  # a mark: refused, not asked about
    ],
)
def test_a_title_that_speaks_of_secrecy_is_asked_about(name, word):
    assert secrecy.word_in_title(name) == word


def test_what_is_said_to_be_no_mark_is_taken_and_kept(signed_in, letter):
    handler = signed_in("h", "handler")
    page = text(upload(handler, letter, "关于某事的机密报告.pdf", PDF))
    assert "文件名含“机密”：是密级标志的，不得上传" in page
    assert re.findall(r'<input type="(\w+)" name="no_mark"', page) == ["checkbox"]
    assert Attachment.objects.count() == 0
    upload(handler, letter, "关于某事的机密报告.pdf", PDF, no_mark="on")
    assert letter.attachments.get().no_mark == "机密"
    page = text(handler.get(url("change", letter.pk)))
    assert "文件名中的“机密”，上传人确认不是密级标志" in page


def test_a_name_without_such_a_word_is_asked_nothing(signed_in, letter):
    upload(signed_in("h", "handler"), letter, "审批单.pdf", PDF, no_mark="on")
    assert letter.attachments.get().no_mark == ""


def test_a_package_that_breaks_when_opened_is_refused(signed_in, letter):
    broken = bytearray(DOCX)
    at = broken.index(b"word/document.xml") + len(b"word/document.xml")
    broken[at] ^= 0xFF
    made = io.BytesIO(bytes(broken))
    assert zipfile.ZipFile(made).namelist() == ["word/document.xml"]
    page = text(upload(signed_in("h", "handler"), letter, "a.docx", bytes(broken)))
    assert "压缩结构损坏" in page


@pytest.mark.parametrize("role", ["auditor", "statistician", "supervisor"])
def test_who_does_not_handle_adds_and_reads_no_papers(signed_in, letter, role):
    upload(signed_in("h", "handler"), letter, "审批单.pdf", PDF)
    made = letter.attachments.get()
    reader = signed_in("r", role)
    at = url("attachment", letter.pk, made.sha256)
    told = [
        reader.get(url("attach", letter.pk)).status_code,
        reader.post(at, {"reason": "handling"}).status_code,
    ]
    assert told == [403, 403]


def test_out_of_sight_there_are_no_papers(signed_in, elsewhere, letter):
    upload(signed_in("h", "handler"), letter, "审批单.pdf", PDF)
    made = letter.attachments.get()
    stranger = signed_in("s", "handler", agency=elsewhere)
    told = [
        stranger.get(url("attach", letter.pk)).status_code,
        stranger.post(url("unmask", letter.pk), {"reason": "handling"}).status_code,
        stranger.post(url("attachment", letter.pk, made.sha256)).status_code,
    ]
    assert told == [404, 404, 404]


def test_a_paper_of_another_request_is_not_found_here(signed_in, letter, whole):
    handler = signed_in("h", "handler")
    upload(handler, letter, "审批单.pdf", PDF)
    made = letter.attachments.get()
    at = url("attachment", whole.pk, made.sha256)
    assert handler.post(at, {"reason": "handling"}).status_code == 404


def test_who_reviews_for_secrets_reads_papers_that_are_not_the_applicants(
    signed_in, letter
):
    handler = signed_in("承办", "handler")
    upload(handler, letter, "批复.pdf", PDF)
    upload(handler, letter, "身份证.pdf", PDF + b" ", kind="identity")
    reviewer = signed_in("密", "confidentiality_reviewer")
    answers = [
        reviewer.post(
            url("attachment", letter.pk, paper.sha256), {"reason": "handling"}
        )
        for paper in letter.attachments.order_by("pk")
    ]
    assert b"".join(answers[0].streaming_content) == PDF
    assert [answer.status_code for answer in answers] == [200, 403]
    assert AccessRecord.objects.get().words == "批复.pdf"


def test_what_a_replys_paper_holds_is_cleared_by_who_makes_letters(signed_in, letter):
    handler = signed_in("承办", "handler")
    upload(handler, letter, "附图.pdf", pdf(BOX % "black"), kind="reply")
    [paper] = letter.attachments.all()
    at = url("clear", letter.pk, paper.pk)
    assert "核对无误，可以送出" in text(handler.get(url("change", letter.pk)))
    assert signed_in("审", "reviewer").post(at, {"text": "x"}).status_code == 403
    handler.post(at, {"text": " "})
    assert list(letter.attachments.of_the_reply()) == []
    handler.post(at, {"text": "印章压在日期上"})
    assert list(letter.attachments.of_the_reply()) == [paper]
    assert "印章压在日期上" in text(handler.get(url("change", letter.pk)))
