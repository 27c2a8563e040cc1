"""登记 at the desk: one screen a channel, numbers at once, once however often it is sent."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from requests_app.admin import volume
from requests_app.models import (
    Applicant,
    Attachment,
    DisclosureRequest,
    FirstAnswer,
    Participant,
    Submission,
)
from requests_app.services import idempotency
from requests_app.services.duplicates import likeness

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF"
PERSON = {
    "applicant_kind": "natural_person", "name": "张三丰", "id_kind": "居民身份证",
    "id_number": "53010219900101001X", "phone": "13800000000",
    "subject": "某路改造项目的征地批复文件",
}  # fmt: skip
BESIDE = {"beside-TOTAL_FORMS": "0", "beside-INITIAL_FORMS": "0"}
POSTED = {
    **PERSON, **BESIDE, "channel_detail": "signed_mail", "submitted_on": "2024-09-09",
    "signed_on": "2024-09-10", "confirmed_on": "", "key": "k",
}  # fmt: skip
#: channel and what is typed of it → (day of receipt, whether cautious)
CASES = {
    "handed in": ("in_person", {"submitted_on": "2024-09-10"}, ("2024-09-10", False)),
    "signed mail": ("post", {"channel_detail": "signed_mail",
        "submitted_on": "2024-09-09", "signed_on": "2024-09-10"}, ("2024-09-10", False)),
    "ordinary mail not confirmed": ("post", {"channel_detail": "ordinary_mail",
        "submitted_on": "2024-09-09"}, ("2024-09-09", True)),
    "ordinary mail confirmed": ("post", {"channel_detail": "ordinary_mail",
        "submitted_on": "2024-09-09", "confirmed_on": "2024-09-10"}, ("2024-09-10", False)),
    "fax not confirmed": ("fax", {"submitted_on": "2024-09-09"}, ("2024-09-09", True)),
    "web": ("online", {"channel_detail": "web", "submitted_on": "2024-09-09"},
        ("2024-09-09", False)),
}  # fmt: skip


@pytest.fixture
def clerk(signed_in, at):
    at("2024-09-11")
    return signed_in("clerk", "intake_clerk")


def screen(channel):
    return reverse("admin:requests_app_disclosurerequest_register", args=[channel])


def sent(client, channel="post", **typed):
    body = POSTED | {"agency": client.user.agency_id} | typed
    return client.post(screen(channel), body)


@pytest.mark.parametrize("name", CASES)
def test_the_day_of_receipt_comes_of_the_channel(clerk, name):
    channel, typed, expected = CASES[name]
    empty = {
        "channel_detail": "",
        "submitted_on": "",
        "signed_on": "",
        "confirmed_on": "",
    }
    assert sent(clerk, channel, **(empty | typed)).status_code == 302
    made = DisclosureRequest.objects.get()
    assert (str(made.received_on), made.provisional) == expected


def test_the_number_is_there_at_once_and_the_same_form_registers_once(clerk):
    first, again = sent(clerk), sent(clerk)
    assert first["Location"] == again["Location"]
    page = clerk.get(first["Location"]).content.decode()
    assert "〔2024〕1号" in page
    assert DisclosureRequest.objects.count() == 1


def test_a_form_used_before_and_changed_is_not_taken_for_another(clerk):
    sent(clerk)
    answer = sent(clerk, subject="另一件事")
    assert "此表已经登记过" in answer.content.decode()
    assert DisclosureRequest.objects.count() == 1


def test_identity_is_encrypted_and_found_by_its_blind_index(clerk):
    sent(clerk)
    one = Applicant.objects.get()
    assert one.id_number == "53010219900101001X"
    assert len(one.id_index) == 64
    assert "53010219" not in one.id_index


def test_several_items_are_numbered_under_the_first(clerk):
    sent(clerk, further=["补偿标准", "", "安置方案"])
    made = DisclosureRequest.objects.order_by("pk")
    told = [(r.number, r.wording.subject, r.parent and r.parent.number) for r in made]
    assert told == [
        ("〔2024〕1号", PERSON["subject"], None),
        ("〔2024〕2号", "补偿标准", "〔2024〕1号"),
        ("〔2024〕3号", "安置方案", "〔2024〕1号"),
    ]
    assert Applicant.objects.count() == 1


def test_joint_applicants_and_agents_have_their_place(clerk):
    sent(
        clerk, **{"beside-TOTAL_FORMS": "1", "beside-0-role": "agent",
                  "beside-0-name": "李四", "beside-0-phone": "139"},
    )  # fmt: skip
    one = Participant.objects.get()
    assert (one.role, one.name, one.phone) == ("agent", "李四", "139")


WRONG = {
    "no day": {"submitted_on": "", "signed_on": ""},
    "a day to come": {"signed_on": "2024-09-12"},
    "no subject": {"subject": ""},
    "another agency": {"agency": "999999"},
    "a person without a role": {"beside-TOTAL_FORMS": "1", "beside-0-name": "李四"},
    "a person without a name": {"beside-TOTAL_FORMS": "1", "beside-0-phone": "139"},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_everything_typed_stays(clerk, name):
    answer = sent(clerk, **WRONG[name])
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert 'role="alert"' in page
    assert 'value="张三丰"' in page
    assert not DisclosureRequest.objects.exists()


def test_only_a_clerk_registers(signed_in):
    for role in ("handler", "reviewer", "auditor"):
        assert signed_in(role, role).get(screen("post")).status_code == 403


def test_a_like_request_of_the_same_person_is_pointed_at(clerk):
    sent(clerk)
    typed = {"agency": clerk.user.agency_id, "name": "", "id_number": "53010219900101001x",
             "subject": "请公开某路改造项目征地批复文件"}  # fmt: skip
    alike = reverse("admin:requests_app_disclosurerequest_alike")
    assert "〔2024〕1号" in clerk.post(alike, typed).content.decode()
    other = typed | {"id_number": "1", "name": "王五"}
    assert "〔2024〕1号" not in clerk.post(alike, other).content.decode()


def asked(page: str) -> list[str]:
    """The numbers that the page names before it registers the same again."""
    told = re.search(r'id="before".*?</div>', page, re.S)
    return re.findall(r">(〔\d+〕\d+号)</a>", told[0]) if told else []


def test_the_same_words_under_a_fresh_key_are_asked_about_once(clerk):
    sent(clerk)
    page = sent(clerk, key="fresh").content.decode()
    assert asked(page) == ["〔2024〕1号"]
    assert DisclosureRequest.objects.count() == 1
    token = re.search(r'name="again" value="([^"]+)"', page)[1]
    assert sent(clerk, key="fresh", again=token).status_code == 302
    numbers = DisclosureRequest.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["〔2024〕1号", "〔2024〕2号"]


def test_other_words_and_what_is_a_day_old_are_not_asked_about(clerk, at):
    sent(clerk)
    assert sent(clerk, key="2", subject="另一件事").status_code == 302
    at("2024-09-13")
    assert sent(clerk, key="3").status_code == 302


def test_what_was_typed_is_found_by_a_keyed_hash_alone(clerk):
    sent(clerk)
    kept = FirstAnswer.objects.values_list("typed", flat=True).get()
    assert re.fullmatch("[0-9a-f]{64}", kept)
    assert kept != idempotency.digest_of(POSTED)


FORM = {
    "provide_as": "disc", "obtain_by": "collect", "accepts_other": "no",
    "applied_on": "2024-09-08", "fax": "0871-5550000",
    "purpose": "生产", "fee_waiver": "on", "retrieval_number": "530000-2024-00012",
    "licence": "营业执照 91530100MA6K000001",
}  # fmt: skip


def test_what_the_form_asks_is_kept_and_shown_on_the_file_and_in_the_volume(clerk):
    sent(clerk, **FORM)
    made = DisclosureRequest.objects.get()
    told = made.wording
    assert (
        told.provide_as, told.obtain_by, told.accepts_other, str(told.applied_on),
        told.purpose, told.fee_waiver, made.applicant.fax,
    ) == ("disc", "collect", False, "2024-09-08", "生产", True, "0871-5550000")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT fax, licence FROM requests_app_applicant")
        fax, licence = cursor.fetchone()
    assert ("5550000" in fax, "91530100" in licence) == (False, False)
    page = unescape(
        clerk.get(
            reverse("admin:requests_app_disclosurerequest_change", args=[made.pk])
        ).content.decode()
    )
    rows = {row["label"]: row["value"] for row in volume.application(made)}
    for label, value in {
        "指定提供方式": "光盘或磁盘", "获取信息方式": "自行领取", "可否接受其他方式": "不可以",
        "索取号": "530000-2024-00012", "申请时间": "2024-09-08", "所需信息的用途": "生产", "申请减免费用": "是",
    }.items():  # fmt: skip
        assert f"<dt>{label}</dt><dd>{value}</dd>" in page
        assert rows[label] == value
    assert rows["传真"] == "0871-5550000"
    assert rows["营业执照信息"] == "营业执照 91530100MA6K000001"
    assert "<dt>营业执照信息</dt><dd>营*" in page
    assert "91530100MA6K000001" not in page


def test_who_replies_reads_in_which_form_it_was_asked_for(clerk, signed_in):
    sent(clerk, **FORM)
    act = reverse(
        "admin:requests_app_disclosurerequest_act",
        args=[DisclosureRequest.objects.get().pk, "replied"],
    )
    page = signed_in("handler", "handler").get(act).content.decode()
    assert (
        "指定提供方式：光盘或磁盘；获取信息方式：自行领取；可否接受其他方式：不可以"
        in page
    )


def paper(name="证.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def test_papers_of_the_applicant_come_with_the_form(clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sent(clerk, identity=paper(), authorisation=paper("委托.pdf", PDF + b"\n"),
         further=["补偿标准"], same="李四")  # fmt: skip
    kept = Attachment.objects.order_by("disclosure_request_id", "kind")
    assert [(one.disclosure_request.number, one.kind) for one in kept] == [
        ("〔2024〕1号", "authorisation"), ("〔2024〕1号", "identity"),
        ("〔2024〕2号", "authorisation"), ("〔2024〕2号", "identity"),
    ]  # fmt: skip


def test_a_paper_that_is_not_kept_registers_nothing(clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer = sent(clerk, identity=paper("证.pdf", b"MZ"))
    assert 'role="alert"' in answer.content.decode()
    assert DisclosureRequest.objects.count() == 0


def test_a_petition_letter_is_no_detail_of_the_post(clerk):
    page = clerk.get(screen("post")).content.decode()
    assert "petition_letter" not in page
    assert reverse("admin:requests_app_enquiry_enter") + "?kind=petition" in page


SAME = "李四，53010219900101002X，139\n王五\n\n赵六,,137"


def test_papers_of_the_same_words_have_a_number_and_a_code_each(clerk):
    first = sent(clerk, same=SAME)["Location"]
    made = DisclosureRequest.objects.order_by("pk").select_related("applicant")
    assert [
        (r.number, r.applicant.name, r.applicant.id_kind, r.applicant.phone,
         r.wording.subject, r.parent)
        for r in made
    ] == [
        ("〔2024〕1号", "张三丰", "居民身份证", "13800000000", PERSON["subject"], None),
        ("〔2024〕2号", "李四", "居民身份证", "139", PERSON["subject"], None),
        ("〔2024〕3号", "王五", "", "", PERSON["subject"], None),
        ("〔2024〕4号", "赵六", "", "137", PERSON["subject"], None),
    ]  # fmt: skip
    page = clerk.get(first).content.decode()
    codes = re.findall(r"<strong>([0-9A-Z]{12})</strong>", page)
    assert len(set(codes)) == 4
    assert sent(clerk, same=SAME)["Location"] == first
    assert DisclosureRequest.objects.count() == 4


def test_without_a_name_above_the_lines_alone_are_registered(clerk):
    sent(clerk, name="", id_number="", phone="", same="李四\n王五")
    names = Applicant.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["李四", "王五"]


TOO_MANY = {
    "items": ({"further": [f"第{n}件" for n in range(2, 56)]},
        "一份申请书一次最多登记 50 件，填了 55 件：都没有登记。请从第 51 件“第51件”起另行登记。"),
    "people": ({"same": "\n".join(f"村民{n}" for n in range(2, 103))},
        "一次最多登记 100 件，102 人共 102 件：都没有登记。请从第 101 人“村民101”起另行登记。"),
    "a line without a name": ({"same": "李四\n,123"}, "第 2 行没有姓名"),
    "a line twice": ({"same": "李四，1\n王五\n李四,1"}, "第 3 行与第 1 行相同：李四"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOO_MANY)
def test_what_cannot_be_registered_at_once_is_named_and_nothing_is_lost(clerk, name):
    typed, told = TOO_MANY[name]
    page = unescape(sent(clerk, **typed).content.decode())
    assert told in page
    assert DisclosureRequest.objects.count() == 0
    kept = typed.get("further") or typed["same"].split("\n")
    assert [text for text in kept if text not in page] == []


def test_forty_letters_of_the_same_words_are_registered_at_once(clerk):
    sent(clerk, same="\n".join(f"村民{n}" for n in range(2, 41)))
    assert DisclosureRequest.objects.count() == 40
    assert Submission.objects.count() == 40


def test_one_of_them_refused_registers_none(clerk):
    answer = sent(clerk, same="李四\n王五", signed_on="2024-09-12")
    assert answer.status_code == 200
    assert (DisclosureRequest.objects.count(), Applicant.objects.count()) == (0, 0)


LIKE = [
    ("征地批复", "征地批复", 1.0),
    ("征地 批复！", "征地批复", 1.0),
    ("征地批复", "财政预算", 0.0),
    ("", "征地批复", 0.0),
    ("征地批复", "征地补偿", 1 / 3),
]


@pytest.mark.parametrize(("one", "other", "share"), LIKE)
def test_likeness(one, other, share):
    assert likeness(one, other) == pytest.approx(share)


def test_the_receipt_is_of_who_registered(clerk, signed_in):
    first = sent(clerk)["Location"]
    assert clerk.get(f"{first}receipt/").status_code == 200
    assert signed_in("other", "intake_clerk").get(first).status_code == 404
