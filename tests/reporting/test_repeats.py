"""A line given twice in a filled table is named; a form as it is printed gives none twice."""

import pytest

from reporting.layout import document
from reporting.matching import Sheet
from reporting.renderers.xlsx import XlsxRenderer
from reporting.repeats import Repeated, repeated
from reporting.services.sheets import sheets_in
from tests.reporting.published import published
from tests.reporting.test_check_report import FORMS, numbered

MEETINGS = "（一）召开政府信息公开工作会议或专题会议数"
FORM = FORMS["national_2018"]


def found(*rows, title="表", **others):
    sheets = [Sheet(title, rows), *(Sheet(t, r) for t, r in others.items())]
    return list(repeated(FORM, sheets))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_form_as_printed_gives_a_line_twice(form, tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(XlsxRenderer().render(document(form, numbered(form), agency="甲")))
    assert list(repeated(form, sheets_in(path))) == []


@pytest.mark.parametrize("name", ["pingtan-2020", "pingtan-2021", "suqian-2023"])
def test_no_published_table_does(name, tmp_path):
    told = published(name)
    form = FORMS[told["form"]]
    path = tmp_path / "表.xlsx"
    path.write_bytes(XlsxRenderer().render(document(form, told, agency="甲")))
    assert list(repeated(form, sheets_in(path))) == []


def test_two_rows_with_different_numbers_are_named():
    rows = (
        (MEETINGS, "次", "3"),
        ("", "", ""),
        ("一、召开政府信息公开工作会议或专题会议数", "次", "7"),
    )
    assert found(*rows) == [Repeated(("9.1", "count"), "表!C3", "7", "表!C1")]


def test_two_rows_with_the_same_number_are_certain():
    assert found((MEETINGS, "次", "3"), (MEETINGS, "次", "３ 次")) == []


def test_text_in_the_second_row_is_named_on_the_same_sheet_alone():
    first, second = (MEETINGS, "次", "3"), (MEETINGS, "次", "约七次")
    assert [one.text for one in found(first, second)] == ["约七次"]
    assert found(first, 说明=(second,)) == []


def test_a_second_sheet_with_another_number_is_named():
    again = found((MEETINGS, "次", "3"), 草稿=((MEETINGS, "次", "7"),))
    assert [(one.address, one.first) for one in again] == [("草稿!C1", "表!C1")]
