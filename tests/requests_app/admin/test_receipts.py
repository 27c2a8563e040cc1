"""登记回执 and 申请登记表: a page for each paper; 补打 with the code that was given out while
it is kept, with a new one after."""

import re

import pypdfium2
import pytest
from django.urls import reverse

from disclosure.wiring import FONTS
from requests_app.adapters.paper import TypstPaper
from requests_app.domain.intake_papers import IntakePaper
from requests_app.models import AccessRecord, DisclosureRequest, FirstAnswer, Submission
from requests_app.services import intake, letter_templates
from tests.requests_app.admin.test_acts import file_of, text
from tests.requests_app.admin.test_register import sent
from tests.requests_app.letters.word import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(signed_in, at):
    at("2024-09-11")
    return signed_in("clerk", "intake_clerk")


def again(client, found):
    name = "admin:requests_app_disclosurerequest_receipt_again"
    return client.post(reverse(name, args=[found.pk]))


def codes(client, where) -> list[str]:
    return re.findall(
        r"<strong>([0-9A-Z]{12})</strong>", client.get(where).content.decode()
    )


def test_the_code_given_out_is_printed_again_while_it_is_kept(clerk):
    (code,) = codes(clerk, sent(clerk)["Location"])
    found = DisclosureRequest.objects.get()
    answer = again(clerk, found)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert intake.code_again(found) == (code, False)


def test_each_of_the_same_words_is_printed_with_its_own_code(clerk):
    given = codes(clerk, sent(clerk, same="李四")["Location"])
    made = DisclosureRequest.objects.order_by("pk")
    assert [intake.code_again(one) for one in made] == [(code, False) for code in given]


def test_where_none_is_kept_a_new_code_is_given_and_the_old_one_ends(clerk):
    (code,) = codes(clerk, sent(clerk)["Location"])
    FirstAnswer.objects.all().delete()
    found = DisclosureRequest.objects.get()
    fresh, is_new = intake.code_again(found)
    kept = Submission.objects.get().query_code
    assert (is_new, intake.opens(fresh, kept), intake.opens(code, kept)) == (
        True, True, False,
    )  # fmt: skip


def test_what_had_no_receipt_yet_has_one(clerk, letter):
    assert "补打回执" in text(clerk.get(file_of(letter)))
    assert again(clerk, letter).status_code == 200
    assert Submission.objects.get().disclosure_request == letter


def test_it_names_the_applicant_and_that_is_written_down(clerk):
    sent(clerk)
    again(clerk, DisclosureRequest.objects.get())
    told = AccessRecord.objects.get()
    assert (told.fields, told.way, told.words) == (["name"], "paper", "补打登记回执")


def test_only_a_clerk_of_the_agency_prints_it(signed_in, letter, elsewhere):
    assert again(signed_in("h", "handler"), letter).status_code == 403
    stranger = signed_in("s", "intake_clerk", agency=elsewhere)
    assert again(stranger, letter).status_code == 404
    assert Submission.objects.count() == 0


# --- what is printed ---

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RECEIPT = (
    "{{ 机关 }}", "{{ 申请人 }}", "{{ 收到日期 }}", "{{ 登记事项 }}", "{{ 查询码 }}", "{{ 日期 }}",
)  # fmt: skip


@pytest.fixture
def paper():
    return TypstPaper(FONTS)


def pages(answer) -> list[str]:
    assert answer["Content-Type"] == "application/pdf"
    return [
        p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(answer.content)
    ]


def lines(answer, deps) -> list[str]:
    assert answer["Content-Type"] == DOCX
    return deps.letters.read(answer.content)


def printed_form(client, found, **told):
    name = "admin:requests_app_disclosurerequest_form"
    return client.post(reverse(name, args=[found.pk]), {"reason": "handling", **told})


def test_the_receipt_names_every_item_of_the_paper(clerk, at, paper):
    deps = at("2024-09-11", paper=paper)
    first = sent(clerk, further=["补偿标准"])["Location"]
    (code,) = codes(clerk, first)
    made = DisclosureRequest.objects.order_by("pk")
    told = [
        f"{made[0]}：某路改造项目的征地批复文件（答复期限：2024年10月14日）",
        f"{made[1]}：补偿标准（答复期限：2024年10月14日）",
    ]
    assert lines(clerk.get(f"{first}receipt/?docx"), deps) == [
        "云南省人民政府", "政府信息公开申请登记回执", "张三丰：",
        "您（贵单位）提出的政府信息公开申请已登记：",
        "系统编号", made[0].reference, "申请方式", "信函", "收到申请之日", "2024年9月10日",
        "登记事项", *told, "查询码", code,
        "答复期限依据《中华人民共和国政府信息公开条例》第三十三条计算；"
        "需要补正、征求意见、延长答复期限或者缴费的，将另行告知。",
        "凭系统编号和查询码查询办理情况，请妥善保管。",
        "云南省人民政府", "2024年9月11日",
    ]  # fmt: skip
    (page,) = pages(clerk.get(f"{first}receipt/"))
    for expected in (code, "张三丰", *(str(one) for one in made)):
        assert expected in page


def test_each_applicant_has_a_page_of_both_papers_in_one_go(clerk, at, paper):
    deps = at("2024-09-11", paper=paper)
    first = sent(clerk, same="李四\n王五")["Location"]
    names = ["张三丰", "李四", "王五"]
    for kind in IntakePaper:
        told = pages(clerk.get(f"{first}{kind}/"))
        assert [[name in page for name in names] for page in told] == [
            [True, False, False], [False, True, False], [False, False, True],
        ]  # fmt: skip
        written = lines(clerk.get(f"{first}{kind}/?docx"), deps)
        assert written.count(kind.zh) == 3
        assert [
            line.rstrip("：") for line in written if line.rstrip("：") in names
        ] == names


def test_the_form_tells_all_and_that_is_written_down(clerk, at, paper):
    deps = at("2024-09-11", paper=paper)
    sent(clerk)
    found = DisclosureRequest.objects.get()
    (page,) = pages(printed_form(clerk, found))
    for expected in ("53010219900101001X", "■自然人", str(found), "征地批复"):
        assert expected in page
    assert "53010219900101001X" in lines(printed_form(clerk, found, docx=""), deps)
    told = AccessRecord.objects.latest("pk")
    assert (told.fields, told.way, told.reason) == (
        ["name", "id_number", "phone"], "paper", "handling",
    )  # fmt: skip


def test_without_a_reason_or_for_others_no_form_is_printed(clerk, signed_in, letter):
    refused = printed_form(clerk, letter, reason="other")
    assert refused["Location"] == file_of(letter)
    assert printed_form(signed_in("a", "auditor"), letter).status_code == 403
    assert not AccessRecord.objects.exists()


def test_the_offices_own_version_is_printed_in_its_place(
    clerk, office, at, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    deps = at("2024-09-11")
    mine = tmp_path / "回执.docx"
    mine.write_bytes(document("本机关回执", *RECEIPT))
    with mine.open("rb") as file:
        letter_templates.replace(
            office,
            IntakePaper.RECEIPT,
            file=file,
            name=mine.name,
            by=clerk.user,
            deps=deps,
        )
    first = sent(clerk)["Location"]
    assert lines(clerk.get(f"{first}receipt/"), deps)[:3] == [
        "本机关回执",
        "云南省人民政府",
        "张三丰",
    ]
    assert clerk.get(f"{first}application_form/")["Content-Type"] == "application/pdf"
    assert clerk.get(f"{first}reply_granted/").status_code == 404
