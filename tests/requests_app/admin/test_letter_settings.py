"""What letters have to know, and the office's own templates: settled by the head."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.domain.letters import LetterKind
from requests_app.models import LetterNumbering, LetterTemplate, RemedyBody
from tests.requests_app.admin.test_letters import text
from tests.requests_app.letters.test_documents import WHOLE
from tests.requests_app.letters.word import document

pytestmark = pytest.mark.django_db
KINDS = "admin:requests_app_lettertemplate_kinds"
ENTERED = {
    "agency": None,
    "from_on": "2024-01-01",
    "review_body": "云南省人民政府",
    "court": "昆明市中级人民法院",
}


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def head(signed_in):
    return signed_in("head", "office_head")


def uploaded(client, *lines, name="模板.docx", kind="reply_granted", content=None):
    file = SimpleUploadedFile(name, content or document(*lines))
    return client.post(reverse(KINDS), {"kind": kind, "file": file}, follow=True)


def test_the_head_enters_review_body_and_court_of_the_own_agency(
    head, office, elsewhere
):
    add = reverse("admin:requests_app_remedybody_add")
    head.post(add, ENTERED | {"agency": elsewhere.pk})
    assert not RemedyBody.objects.exists()
    head.post(add, ENTERED | {"agency": office.pk})
    [entered] = RemedyBody.objects.all()
    assert RemedyBody.objects.on(office, date(2023, 12, 31)) is None
    assert RemedyBody.objects.on(office, date(2024, 1, 1)) == entered
    again = text(head.post(add, ENTERED | {"agency": office.pk}))
    assert "已经存在" in again
    delete = reverse("admin:requests_app_remedybody_delete", args=[entered.pk])
    assert head.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", ["handler", "auditor"])
def test_others_read_what_is_settled(signed_in, office, role):
    other = signed_in("other", role)
    add = reverse("admin:requests_app_remedybody_add")
    assert other.post(add, ENTERED | {"agency": office.pk}).status_code == 403
    assert other.get(reverse(KINDS)).status_code == 200
    assert uploaded(other, *WHOLE).status_code == 403
    assert not LetterTemplate.objects.exists()


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("{word}{sort}〔{year}〕{serial}号", True),
        ("{word}依复〔{year}〕{serial}号", True),
        ("{word}〔{year}〕号", False),
        ("{word.__class__}〔{year}〕{serial}号", False),
        ("{}〔{year}〕{serial}号", False),
        ("{word}〔{year}〕{serial:03}号", True),
        ("{word}{sort}〔{year}〕{serial:z号}", False),
        ("{word}〔{year:{x}}〕{serial}号", False),
        ("{word〔{year}〕{serial}号", False),
    ],
)
def test_a_pattern_has_year_and_serial_and_nothing_unknown(
    head, office, pattern, taken
):
    add = reverse("admin:requests_app_letternumbering_add")
    head.post(add, {"agency": office.pk, "word": "云府", "pattern": pattern})
    assert LetterNumbering.objects.exists() is taken


def test_an_own_template_is_used_shown_and_left_again(head, office, at):
    deps = at("2024-09-11")
    own = document("本府专用", *WHOLE)
    assert "已启用第 1 版" in text(uploaded(head, content=own))
    sample = reverse(
        "admin:requests_app_lettertemplate_sample", args=[office.pk, "reply_granted"]
    )
    read = deps.letters.read(head.get(sample).content)
    assert read[:2] == ["演示数据", "本府专用"]
    [first] = LetterTemplate.objects.all()
    kept = reverse("admin:requests_app_lettertemplate_version", args=[first.pk])
    assert head.get(kept).content == own
    page = text(head.post(reverse(KINDS), {"back": "reply_granted"}, follow=True))
    assert "已改用系统自带模板" in page
    template = reverse(
        "admin:requests_app_lettertemplate_in_use", args=[office.pk, "reply_granted"]
    )
    assert head.get(template).content == deps.letters.shipped(LetterKind.GRANTED)


@pytest.mark.parametrize(
    ("lines", "name", "why"),
    [
        ((*WHOLE, "{{ 领导 }}"), "模板.docx", "没有这些合并域：领导"),
        (WHOLE[:-1], "模板.docx", "模板缺少必备的合并域：日期"),
        (WHOLE, "模板.docm", "文件名后缀与内容"),
    ],
)
def test_an_unfit_template_is_refused_by_name(head, lines, name, why):
    assert why in text(uploaded(head, *lines, name=name))
    assert not LetterTemplate.objects.exists()


def test_out_of_sight_is_not_found(head, elsewhere):
    at = {"agency": elsewhere.pk, "kind": "reply_granted"}
    for name in ("in_use", "sample"):
        address = reverse(f"admin:requests_app_lettertemplate_{name}", kwargs=at)
        assert head.get(address).status_code == 404
    assert head.get(reverse(KINDS), {"agency": elsewhere.pk}).status_code == 404
