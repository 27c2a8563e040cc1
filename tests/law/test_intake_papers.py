"""登记表 and 登记回执: no letters, and they ask for what 第二十九条 asks for."""

import pytest

from requests_app.domain.intake_layout import FILLED_ONLY, FORM, RECEIPT, filled_in
from requests_app.domain.intake_papers import FIELDS, NEEDED, IntakePaper
from requests_app.domain.letters import LetterKind
from requests_app.domain.merge_fields import samples
from requests_app.domain.templates import BY_KEY, EVERY

LAID_OUT = {
    IntakePaper.APPLICATION_FORM: {
        field for rows in FORM.values() for row in rows for field in row[1::2]
    },
    IntakePaper.RECEIPT: {field for _label, field in RECEIPT},
}
IN_THE_TEXT = {"机关", "标题", "日期", "演示", "申请人", "依据", "查询码说明"}


def test_they_are_no_letters():
    assert not {kind.value for kind in IntakePaper} & {
        kind.value for kind in LetterKind
    }
    assert set(EVERY) == {*IntakePaper, *LetterKind} == set(BY_KEY.values())


@pytest.mark.parametrize("kind", IntakePaper)
def test_what_is_needed_is_laid_out_and_what_is_laid_out_is_known(kind):
    assert NEEDED[kind] <= LAID_OUT[kind] | IN_THE_TEXT
    assert LAID_OUT[kind] - {""} <= set(FIELDS[kind])


def test_the_form_as_filled_in():
    told = samples(FIELDS[IntakePaper.APPLICATION_FORM]) | {"用途": "科研"}
    parts = dict(filled_in(told))
    assert parts["公民"] == [
        ("姓名", "张某某", "工作单位", "某公司"),
        ("证件名称", "居民身份证", "证件号码", "530102199001010000"),
    ]
    labels = [row[0] for row in parts["所需信息情况"]]
    assert (FILLED_ONLY & set(labels), parts["登记情况"][-1][:2]) == (
        {"用途"}, ("登记人", ""),
    )  # fmt: skip
