"""An office's own templates: versions, checked before they are taken."""

import io

import pytest

from requests_app.domain.letters import LetterKind
from requests_app.models import LetterTemplate
from requests_app.services import letter_templates, letters
from requests_app.services.papers import Refused
from tests.requests_app.letters.test_documents import WHOLE
from tests.requests_app.letters.test_pdf_leaks import pdf
from tests.requests_app.letters.word import document, holding
from tests.requests_app.services.drafting import drafted, issued

pytestmark = pytest.mark.django_db


def own_template(office, handler, deps, content, kind=LetterKind.GRANTED):
    return letter_templates.replace(
        office, kind, file=io.BytesIO(content), name="模板.docx", by=handler, deps=deps
    )


def test_an_offices_own_template_is_used_and_each_version_kept(
    reviewed, office, handler, numbered, bodies, deps
):
    own_template(office, handler, deps, document("本府专用", *WHOLE))
    second = own_template(office, handler, deps, document("本府专用二", *WHOLE))
    letter = issued(drafted(reviewed, handler, deps), handler, deps)
    assert letter.template == second
    assert deps.letters.read(letters.kept(letter.stored))[0] == "本府专用二"
    letter_templates.back_to_shipped(office, LetterKind.GRANTED, by=handler, deps=deps)
    assert LetterTemplate.objects.in_use(office, LetterKind.GRANTED) is None
    versions = LetterTemplate.objects.order_by("version")
    assert [(v.version, bool(v.stored)) for v in versions] == [
        (1, True),
        (2, True),
        (3, False),
    ]


COMMENTED = holding('<w:ins w:id="1"><w:r><w:t>{{ 文号 }}</w:t></w:r></w:ins>')


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (document(*WHOLE, "{{ 领导 }}"), "没有这些合并域：领导"),
        (document(*WHOLE, "机密★5年"), "文件标有“机密”"),
        (b"PK\x03\x04", "压缩结构损坏"),
        (pdf("x"), "后缀与内容"),
        (COMMENTED, "缺少必备的合并域"),
    ],
)
def test_an_unfit_template_changes_nothing(office, handler, deps, content, why):
    with pytest.raises(Refused, match=why):
        own_template(office, handler, deps, content)
    assert not LetterTemplate.objects.exists()
