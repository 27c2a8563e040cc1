"""登记 at the desk: one screen a channel, numbers at once, once however often it is sent."""

import re
from html import unescape

import pypdfium2
import pytest
from django.urls import reverse

from disclosure.wiring import FONTS
from requests_app.adapters.paper import TypstPaper
from requests_app.admin import register
from requests_app.models import Applicant, DisclosureRequest, Participant
from requests_app.services.duplicates import likeness

pytestmark = pytest.mark.django_db
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


def test_the_receipt_on_paper(clerk, deps):
    first = sent(clerk, further=["补偿标准"])
    code = re.search(
        r"<strong>(\w{12})</strong>", clerk.get(first["Location"]).content.decode()
    )
    made = list(DisclosureRequest.objects.order_by("pk"))
    content = register.on_paper(made, code.group(1), deps)
    printed = TypstPaper(FONTS).print("receipt", content)
    told = pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_range()
    for expected in ("登记回执", "张三丰", "〔2024〕2号", "补偿标准", code.group(1)):
        assert expected in told


def test_the_receipt_is_of_who_registered(clerk, signed_in):
    first = sent(clerk)["Location"]
    assert clerk.get(f"{first}receipt.pdf").status_code == 200
    assert signed_in("other", "intake_clerk").get(first).status_code == 404
