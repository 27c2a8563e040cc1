"""Templates and what is written from them: fields and nothing more."""

import io

import docx
import pytest

from requests_app.dependencies import UnfitTemplate
from requests_app.domain import templates
from requests_app.domain.intake_papers import IntakePaper
from requests_app.domain.letters import SHAPES, LetterKind
from requests_app.domain.merge_fields import FIELDS, samples
from requests_app.domain.templates import EVERY
from requests_app.letters.documents import DocxLetters
from tests.requests_app.letters.word import document, saved

LETTERS = DocxLetters()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WHOLE = (
    "{{ 文号 }}", "{{ 收件人 }}：", "{{ 事实 }}", "{{ 依据 }}", "{{ 决定 }}", "{{ 救济 }}",
    "{{ 机关 }}", "{{ 日期 }}",
)  # fmt: skip


@pytest.mark.parametrize("kind", EVERY)
def test_every_shipped_template_is_fit_and_says_nothing_beside_itself(kind):
    shipped = LETTERS.shipped(kind)
    LETTERS.check(shipped, kind)
    written = LETTERS.write(shipped, templates.samples(kind))
    assert LETTERS.leaks(written, DOCX) == []
    remedy = FIELDS["救济"].sample in LETTERS.read(written)
    assert remedy is (kind in SHAPES and SHAPES[kind].names_remedies)


def test_a_row_that_the_form_of_2008_alone_asks_for_stands_where_it_is_filled():
    form = IntakePaper.APPLICATION_FORM
    told = templates.samples(form)
    shipped = LETTERS.shipped(form)
    assert "用途" not in LETTERS.read(LETTERS.write(shipped, told))
    read = LETTERS.read(LETTERS.write(shipped, told | {"用途": "科研"}))
    assert read[read.index("用途") + 1] == "科研"


def test_papers_of_one_template_are_one_document_a_page_each():
    shipped = LETTERS.shipped(IntakePaper.RECEIPT)
    told = templates.samples(IntakePaper.RECEIPT)
    each = [LETTERS.write(shipped, told | {"申请人": name}) for name in "甲乙丙"]
    joined = LETTERS.joined(each)
    assert LETTERS.read(joined) == [line for one in each for line in LETTERS.read(one)]
    assert docx.Document(io.BytesIO(joined)).element.xml.count('w:type="page"') == 2
    assert joined == LETTERS.joined(each)


def test_no_applicant_is_named_in_the_head_that_receipts_share():
    made = docx.Document(io.BytesIO(LETTERS.shipped(IntakePaper.RECEIPT)))
    made.sections[0].header.paragraphs[0].text = "{{ 机关 }}"
    LETTERS.check(saved(made), IntakePaper.RECEIPT)
    made.sections[0].footer.paragraphs[0].text = "{{ 申请人 }}"
    with pytest.raises(UnfitTemplate, match="页眉页脚只能使用"):
        LETTERS.check(saved(made), IntakePaper.RECEIPT)


def test_the_letter_as_it_is_read():
    told = samples() | {
        "决定": "第一段 <b>&\n第二段 {{ 文号 }}\x07",
        "演示": "演示数据",
    }
    written = LETTERS.write(LETTERS.shipped(LetterKind.GRANTED), told)
    assert LETTERS.read(written) == [
        "演示数据", "某市人民政府", "政府信息公开告知书", "某府公复〔2026〕12号", "张某某：",
        FIELDS["事实"].sample, FIELDS["依据"].sample,
        "第一段 <b>&", "第二段 {{ 文号 }}", FIELDS["救济"].sample,
        "某市人民政府", "2026年3月20日", "（印章）",
    ]  # fmt: skip


def test_equal_fields_give_equal_bytes():
    shipped = LETTERS.shipped(LetterKind.GRANTED)
    assert shipped == LETTERS.shipped(LetterKind.GRANTED)
    assert LETTERS.write(shipped, samples()) == LETTERS.write(shipped, samples())


def test_a_demonstrations_letter_is_marked_whatever_the_template():
    own = document(*WHOLE)
    told = samples() | {"演示": "演示数据"}
    assert LETTERS.read(LETTERS.write(own, told))[0] == "演示数据"
    assert "演示数据" not in LETTERS.read(LETTERS.write(own, samples()))


UNFIT = {
    "an unknown field": (document(*WHOLE, "{{ 领导 }}"), "没有这些合并域：领导。可用"),
    "a missing field": (document(*WHOLE[:-1]), "模板缺少必备的合并域：日期"),
    "a reply without remedies": (
        document(*(line for line in WHOLE if "救济" not in line)),
        "模板缺少必备的合并域：救济",
    ),
    "an attribute": (document(*WHOLE, "{{ 文号.__class__ }}"), "不能使用 Getattr"),
    "a call": (document(*WHOLE, "{{ 文号() }}"), "不能使用 Call"),
    "a loop": (document(*WHOLE, "{% for a in 决定 %}{% endfor %}"), "不能使用 For"),
    "a filter": (document(*WHOLE, "{{ 文号|upper }}"), "不能使用 Filter"),
    "an open brace": (document(*WHOLE, "{{ 文号"), "合并域写法有误"),
    "no docx": (b"PK\x03\x04rubbish", "文件损坏"),
}


@pytest.mark.parametrize(("template", "why"), UNFIT.values(), ids=UNFIT)
def test_an_unfit_template_is_refused_by_name(template, why):
    with pytest.raises(UnfitTemplate, match=why) as refused:
        LETTERS.check(template, LetterKind.REFUSED)
    assert refused.value.en


def test_a_step_needs_no_remedies():
    lines = [line for line in WHOLE if "救济" not in line]
    LETTERS.check(document(*lines), LetterKind.EXTENSION_NOTICE)


def test_a_field_in_a_table_and_in_the_head_is_filled():
    made = docx.Document(io.BytesIO(document(*WHOLE)))
    made.add_table(1, 1).cell(0, 0).text = "{{ 登记编号 }}"
    made.sections[0].header.paragraphs[0].text = "{{ 申请人 }}"
    read = LETTERS.read(LETTERS.write(saved(made), samples()))
    assert (read[0], read[-1]) == ("张某某", "〔2026〕35号")
