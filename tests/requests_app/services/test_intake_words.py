"""What the registration form and the receipt say."""

from datetime import date

import pytest

from requests_app.domain.intake_papers import FIELDS, IntakePaper
from requests_app.models import Applicant, DisclosureRequest, Participant, Wording
from requests_app.services import intake_words

pytestmark = pytest.mark.django_db
FORM, RECEIPT = IntakePaper.APPLICATION_FORM, IntakePaper.RECEIPT


def made(office, **told) -> DisclosureRequest:
    """As `register` would have left it; nothing of it is asked from the database."""
    kept = {
        "due_on": date(2024, 10, 14),
        "channel": "post",
        "received_on": date(2024, 9, 10),
    }
    one = DisclosureRequest(
        agency=office,
        number="〔2024〕1号",
        reference="530000-2024-1",
        number_year=2024,
        **kept | told,
    )
    one.wording = Wording(subject="征地批复")
    return one


@pytest.mark.parametrize(
    ("told", "due"),
    {
        "it runs": ({}, "2024年10月14日"),
        "into a year without a notice": (
            {"provisional": True}, "2024年10月14日（暂定：跨入未公布放假安排的年度）",
        ),
        "counted from arrival": (
            {"provisional": True, "findings": [{"rule": "unconfirmed"}]},
            "2024年10月14日（暂定：收到之日待确认）",
        ),
        "a supplement is awaited": (
            {"due_on": None, "waiting_for": "supplement"},
            "待补正，自收到补正的申请之日起计算",
        ),
        "a payment is awaited": (
            {"due_on": None, "waiting_for": "payment"}, "待缴费，自缴费次日起重新计算",
        ),
        "none runs any more": ({"due_on": None}, "—"),
    }.values(),
)  # fmt: skip
def test_the_due_day_or_why_there_is_none(office, told, due):
    assert intake_words.due(made(office, **told)) == due


def test_the_period_rests_on_the_law_of_the_day_of_receipt(office, deps):
    told = intake_words.fields(
        RECEIPT, [made(office, received_on=date(2018, 2, 8))], deps
    )
    assert told["依据"] == "《中华人民共和国政府信息公开条例》第二十四条"


@pytest.mark.parametrize("kind", IntakePaper)
def test_a_paper_says_every_merge_field_and_no_other(office, deps, kind):
    one = made(office)
    one.save()
    assert set(intake_words.fields(kind, [one], deps)) == set(FIELDS[kind])


def test_items_of_one_paper_stand_under_each_other(office, deps):
    items = [made(office), made(office)]
    items[1].number, items[1].due_on = "〔2024〕2号", None
    items[1].wording.subject = "补偿\n标准"
    told = intake_words.fields(RECEIPT, items, deps, query_code="A", new_code=True)
    assert (told["登记编号"], told["登记事项"], told["答复期限"]) == (
        "〔2024〕1号、〔2024〕2号",
        "〔2024〕1号：征地批复（答复期限：2024年10月14日）\n"
        "〔2024〕2号：补偿 标准（答复期限：—）",
        "〔2024〕1号：2024年10月14日\n〔2024〕2号：—",
    )
    assert told["查询码说明"].endswith("原码同时失效。")


PERSON = {"name": "张三", "id_kind": "护照", "id_number": "E1", "phone": "138"}
BODY = {"name": "某公司", "id_number": "91", "contact_name": "李四", "licence": "执照"}
OF = (
    "姓名",
    "证件名称",
    "证件号码",
    "名称",
    "统一社会信用代码",
    "联系人姓名",
    "营业执照信息",
)


@pytest.mark.parametrize(
    ("kind", "applicant", "told"),
    [
        ("natural_person", PERSON, ["张三", "护照", "E1", "", "", "", ""]),
        ("", PERSON, ["张三", "护照", "E1", "", "", "", ""]),
        ("business", BODY, ["", "", "", "某公司", "91", "李四", "执照"]),
        ("business", None, [""] * 7),
    ],
)
def test_a_citizen_and_an_organisation_each_have_their_part(
    office, deps, kind, applicant, told
):
    applicant = applicant and Applicant.objects.create(**applicant)
    one = made(office, applicant_kind=kind, applicant=applicant)
    one.save()
    said = intake_words.fields(FORM, [one], deps)
    assert [said[name] for name in OF] == told


def test_the_wish_is_ticked_and_who_stands_beside_is_named(office, deps):
    one = made(office)
    one.save()
    one.wording = Wording(
        subject="征地批复", provide_as="email", obtain_by="read", accepts_other=False,
        applied_on=date(2024, 9, 9), purpose="科研", fee_waiver=True,
    )  # fmt: skip
    Participant.objects.create(
        disclosure_request=one, role="agent", name="王五", id_kind="护照", phone="139"
    )
    said = intake_words.fields(FORM, [one], deps)
    asked = (
        "提供方式",
        "获取方式",
        "其他方式",
        "申请时间",
        "用途",
        "减免费用",
        "共同申请人",
    )
    assert [said[name] for name in asked] == [
        "□纸面　■电子邮件　□光盘或磁盘",
        "□邮寄　□快递　□电子邮件　□传真　□自行领取　■当场阅读、抄录",
        "□可以　■不可以", "2024年9月9日", "科研", "申请减免", "代理人　王五　护照　139",
    ]  # fmt: skip
