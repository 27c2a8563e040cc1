"""A letter by its pages: drafted, previewed, issued, stamped, sent with its act."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disclosure.wiring import FONTS
from requests_app.adapters.paper import TypstPaper
from requests_app.domain.events import Reviewed
from requests_app.models import AccessRecord, Letter, LetterNumbering, RemedyBody
from requests_app.services.recording import record
from tests.requests_app.admin.test_acts import confirmed, file_of
from tests.requests_app.letters.test_pdf_leaks import BOX, pdf

pytestmark = pytest.mark.django_db
AT = "admin:requests_app_disclosurerequest_"


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def settled(office):
    LetterNumbering.objects.create(agency=office, word="云府")
    return RemedyBody.objects.create(
        agency=office,
        from_on=date(2024, 1, 1),
        review_body="云南省人民政府",
        court="昆明市中级人民法院",
    )


@pytest.fixture
def handler(signed_in):
    return signed_in("handler", "handler")


def text(answer):
    return unescape(answer.content.decode())


def drafted(client, found, which):
    answer = client.post(reverse(AT + "letter_new", args=[found.pk]), {"which": which})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def said(client, url, do, **typed):
    seen = Letter.objects.latest("pk").revision
    return client.post(url, {"seen": seen, "do": do, **typed}, follow=True)


def words(**typed):
    first = {
        "dated_on": "2024-09-11", "addressee": "张三", "facts": "收到申请。",
        "decision": "请补正：一、文号。",
    }  # fmt: skip
    return first | typed


def upload(content, name="盖章件.pdf"):
    return SimpleUploadedFile(name, content)


def test_from_the_act_to_the_timeline(handler, letter, settled):
    act = text(handler.get(reverse(AT + "act", args=[letter.pk, "supplement_asked"])))
    assert "letters/new/?act=supplement_asked" in act
    offered = text(
        handler.get(reverse(AT + "letter_new", args=[letter.pk]) + "?act=fee_noticed")
    )
    assert '<option value="fee_notice" selected>' in offered
    url = drafted(handler, letter, "supplement_notice")
    page = text(said(handler, url, "save", **words()))
    assert "<p>请补正：一、文号。</p>" in page
    assert "云府公告〔2024〕1号" in text(said(handler, url, "issue"))
    assert "有文字被遮盖，移开即可读出：张三的电话" in text(
        said(handler, url, "take_in", file=upload(pdf(BOX % "black")))
    )
    assert "检查合格" in text(
        said(handler, url, "take_in", file=upload(pdf("已盖章"), "再.pdf"))
    )
    issued = Letter.objects.get()
    typed = {"on": "2024-09-11", "remark": "请写明文号", "letter": issued.pk}
    confirmed(handler, letter, "supplement_asked", **typed)
    assert letter.entries.last().details == {"letter": issued.pk}
    page = text(handler.get(file_of(letter)))
    assert len(re.findall(re.escape(url), page)) == 2  # in the timeline, in the list
    assert "已送出" in page
    assert "作废此文书" not in text(handler.get(url))


def test_an_act_without_its_letter_is_reminded_of_on_the_file(handler, letter, at):
    at("2024-09-12")
    confirmed(handler, letter, "supplement_asked", on="2024-09-11", remark="写明文号")
    page = text(handler.get(file_of(letter)))
    assert "未附文书" in page
    [url] = re.findall(r'href="([^"]+)">起草：补正告知书', page)
    which = re.search(r'value="([^"]+)" selected', text(handler.get(url)))[1]
    begun = drafted(handler, letter, which)
    assert "写明文号" in Letter.objects.get().decision
    assert re.findall(
        r'href="([^"]+)">草稿待签发：', text(handler.get(file_of(letter)))
    ) == [begun]


def test_the_reminder_is_read_by_all_and_leads_only_who_writes(
    handler, signed_in, letter, at
):
    at("2024-09-12")
    confirmed(handler, letter, "supplement_asked", on="2024-09-11", remark="写明文号")
    page = text(signed_in("a", "auditor").get(file_of(letter)))
    assert ("未附文书" in page, "letters/new/" in page) == (True, False)


def test_what_is_missing_leads_to_where_it_is_entered(handler, letter, office):
    url = drafted(handler, letter, "reply_refused:deliberative")
    assert f"/admin/requests_app/remedybody/add/?agency={office.pk}" in text(
        handler.get(url)
    )
    one = Letter.objects.get()
    for name in ("letter_docx", "letter_paper"):
        address = reverse(AT + name, args=[letter.pk, one.pk])
        page = text(handler.get(address, follow=True))
        assert "行政复议机关和管辖法院尚未填写" in page
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words())
    page = text(said(handler, url, "issue"))
    assert f"/admin/requests_app/letternumbering/add/?agency={office.pk}" in page


def hidden(page):
    return int(re.search(r'name="seen" value="(\d+)"', page)[1])


def test_a_second_writer_sees_the_first_ones_words_beside_the_own_and_saves_again(
    handler, letter
):
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words())
    page = text(said(handler, url, "save", **words(seen=1, decision="后来者的话")))
    assert "此文书已由他人改动或签发" in page
    assert "<p>请补正：一、文号。</p>" in page  # the preview
    assert '<span lang="zh">请补正：一、文号。</span>' in page
    assert page.count("他人改为") == 1
    assert "后来者的话</textarea>" in page
    assert Letter.objects.get().decision == "请补正：一、文号。"
    again = words(seen=hidden(page), decision="后来者的话")
    assert "<p>后来者的话</p>" in text(said(handler, url, "save", **again))


def test_what_was_typed_while_another_issued_it_can_be_copied(handler, letter, settled):
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words())
    said(handler, url, "issue")
    page = text(said(handler, url, "save", **words(seen=2, decision="后来者的话")))
    assert re.findall(r"<textarea[^>]* readonly>([^<]*)</textarea>", page) == [
        "2024-09-11", "张三", "收到申请。", "后来者的话",
    ]  # fmt: skip
    assert "<p>请补正：一、文号。</p>" in page


def test_what_was_typed_while_another_deleted_it_can_be_copied(handler, letter):
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "discard")
    typed = {"seen": 1, "do": "save", **words(decision="后来者的话")}
    page = text(handler.post(url, typed))
    assert "后来者的话</textarea>" in page
    assert 'letters/new/" target="_blank">拟制文书</a>' in page
    assert handler.post(url, {"seen": 1, "do": "discard"}).status_code == 404


def test_unsaved_words_are_not_dropped_by_issuing(handler, letter, settled):
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words())
    page = text(said(handler, url, "issue", **words(decision="新写的话")))
    assert "有未保存的改动，没有签发" in page
    assert "新写的话</textarea>" in page
    assert Letter.objects.get().is_draft
    said(handler, url, "issue", **words(facts="收到申请。\r\n"))
    assert not Letter.objects.get().is_draft


def test_a_finding_is_cleared_with_a_reason_and_not_without(handler, letter, settled):
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words())
    said(handler, url, "issue")
    said(handler, url, "take_in", file=upload(pdf(BOX % "black")))
    [file] = Letter.objects.get().files.all()
    assert "请写明理由" in text(said(handler, url, "clear", file=file.pk, text=" "))
    page = text(said(handler, url, "clear", file=file.pk, text="印章压在日期上"))
    assert "印章压在日期上" in page
    assert "送达版本" in page


def test_a_voided_letter_keeps_its_number_and_takes_no_file(handler, letter, settled):
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words())
    said(handler, url, "issue")
    page = text(said(handler, url, "void", text="收件人有误"))
    assert "云府公告〔2024〕1号" in page
    assert "收件人有误" in page
    said(handler, url, "take_in", file=upload(pdf("已盖章")))
    assert not Letter.objects.get().files.exists()


def test_a_draft_is_thrown_away(handler, letter):
    url = drafted(handler, letter, "assistance")
    assert "草稿已删除" in text(said(handler, url, "discard"))
    assert not Letter.objects.exists()


def test_the_files_are_those_that_were_kept(handler, letter, settled, at):
    deps = at("2024-09-12")
    record(letter, Reviewed(on=date(2024, 9, 12)), by=None, deps=deps)
    url = drafted(handler, letter, "reply_granted:granted")
    said(handler, url, "save", **words(dated_on="2024-09-12", decision="现予提供。"))
    said(handler, url, "issue")
    copy = pdf("已盖章")
    said(handler, url, "take_in", file=upload(copy))
    issued = Letter.objects.get()
    docx = handler.get(reverse(AT + "letter_docx", args=[letter.pk, issued.pk]))
    assert "现予提供。" in deps.letters.read(docx.content)
    assert docx["Content-Disposition"].startswith("attachment")
    kept = handler.get(
        reverse(AT + "letter_file", args=[letter.pk, issued.pk, issued.files.get().pk])
    )
    assert b"".join(kept.streaming_content) == copy
    printed = handler.get(reverse(AT + "letter_paper", args=[letter.pk, issued.pk]))
    assert printed["Content-Type"] == "application/pdf"
    [(template, told)] = deps.paper.printed
    assert (template, told["number"], told["addressee"], told["signed"]) == (
        "letter", "云府公复〔2024〕1号", "张三：",
        ["云南省人民政府", "2024年9月12日", "（印章）"],
    )  # fmt: skip


def test_rare_characters_and_an_unread_rule_are_named_before_issue(
    handler, letter, settled, at
):
    at("2026-07-02")
    url = drafted(handler, letter, "reply_refused:deliberative")
    page = text(
        said(handler, url, "save", **words(addressee="张䶮", dated_on="2026-07-02"))
    )
    assert "䶮（U+4DAE）" in page
    assert "《行政复议法实施条例》修订文本尚未核对" in page


ROLES = {
    "intake_clerk": (200, 200), "handler": (200, 200), "office_head": (200, 200),
    "reviewer": (200, 403), "confidentiality_reviewer": (200, 403),
    "statistician": (403, 403), "supervisor": (403, 403), "auditor": (403, 403),
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_and_who_writes(signed_in, handler, letter, role):
    url = drafted(handler, letter, "supplement_notice")
    other = signed_in(role + "2", role)
    new = reverse(AT + "letter_new", args=[letter.pk])
    assert (other.get(url).status_code, other.get(new).status_code) == ROLES[role]
    if ROLES[role][1] == 403:
        assert said(other, url, "discard").status_code == 403


def test_that_a_letter_was_read_is_written_down(handler, letter):
    url = drafted(handler, letter, "supplement_notice")
    before = AccessRecord.objects.count()
    handler.get(url)
    record_ = AccessRecord.objects.first()
    assert AccessRecord.objects.count() == before + 1
    assert (record_.by, record_.way, record_.fields) == (
        handler.user, "page", ["name"],
    )  # fmt: skip


def test_out_of_sight_is_not_found(signed_in, handler, letter, elsewhere):
    url = drafted(handler, letter, "supplement_notice")
    stranger = signed_in("stranger", "handler", agency=elsewhere)
    one = Letter.objects.get()
    others = [
        reverse(AT + name, args=[letter.pk, one.pk])
        for name in ("letter_docx", "letter_paper")
    ]
    listed = reverse("admin:requests_app_letter_change", args=[one.pk])
    file = reverse(AT + "letter_file", args=[letter.pk, one.pk, 1])
    asked = [url, reverse(AT + "letter_new", args=[letter.pk]), *others, listed, file]
    assert [stranger.get(address).status_code for address in asked] == [404] * 6


def test_a_name_that_the_fonts_lack_is_refused_by_name_and_the_docx_stays(
    handler, letter, settled, at
):
    at("2024-09-12", paper=TypstPaper(FONTS))
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words(addressee="张𰻝"))
    one = [letter.pk, Letter.objects.get().pk]
    page = text(handler.get(reverse(AT + "letter_paper", args=one), follow=True))
    assert "字体没有这些字，无法打印：𰻝（U+30EDD）" in page
    docx = handler.get(reverse(AT + "letter_docx", args=one))
    assert docx.status_code == 200


def test_who_reviews_for_secrets_reads_it_and_learns_no_name(
    handler, signed_in, letter, settled
):
    url = drafted(handler, letter, "supplement_notice")
    said(handler, url, "save", **words(facts="张三申请公开某批复。"))
    page = text(signed_in("密", "confidentiality_reviewer").get(url))
    assert "张*申请公开某批复。" in page
    assert "草稿" in page
    assert ("张三" in page, "letters/1/docx" in page) == (False, False)
