"""How a cell is read: cases as written in real spreadsheets → what they mean, or what is
wrong with them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from requests_app.domain.vocabulary import ApplicantKind, Outcome, Procedure
from requests_app.imports import columns
from requests_app.imports.columns import AGENCIES, APPEALS, FIGURES, REQUESTS

THE_8TH = date(2018, 2, 8)
# fmt: off
DAYS = [
    "2018-02-08", "2018-2-8", "2018/2/8", "2018/02/08", "2018.2.8", "2018.02.08",
    "2018年2月8日", "2018年02月08日", "2018 年 2 月 8 日", "２０１８年２月８日",
    "２０１８／２／８", "20180208", "2018-02-08 00:00:00", "2018-02-08T09:30",
]
NO_DAYS = [
    "2018-02-30", "2018-13-01", "0000-01-01", "2018-02", "2018/02-08", "2018028",
    "2018-02-08日", "8.2.2018", "43139", "2018-02-08 abc", "２０１８", "٢٠١٨-٠٢-٠٨", "昨天",
]
AMOUNTS = {
    "0": "0.00", "10": "10.00", "10.5": "10.50", "10.50": "10.50", "10.500": "10.50",
    "1,234.50": "1234.50", "１０．５": "10.50", "999999999999.99": "999999999999.99",
}
NO_AMOUNTS = [
    "-1", "+1", "1e3", "1_000", "1,2", "1.", ".5", "10.505", "NaN", "Infinity", "十元",
    "1000000000000", "9" * 5000,
]
SHOWN = {
    "text": ("  昆明 ", "昆明"), "a BOM": ("\ufeffnumber", "number"),
    "an ideographic blank": ("\u3000五华区\u3000", "五华区"), "nothing": (None, ""),
    "a whole float": (530000.0, "530000"), "a whole number": (530000, "530000"),
    "what adding leaves": (0.1 + 0.2, "0.3"), "one fen in 万元": (0.000001, "0.000001"),
    "a large float": (1e20, "100000000000000000000"), "a truth": (True, "TRUE"),
    "a spreadsheet's day": (datetime.fromisoformat("2018-02-08 10:30"), "2018-02-08"),
}
# fmt: on


@pytest.mark.parametrize("written", DAYS)
def test_a_day_in_every_notation(written):
    assert columns.day(written) == THE_8TH


@pytest.mark.parametrize("written", NO_DAYS)
def test_no_day(written):
    with pytest.raises(ValueError, match=r"不是日期|没有这一天"):
        columns.day(written)


@pytest.mark.parametrize(("written", "meant"), AMOUNTS.items())
def test_an_amount(written, meant):
    assert str(columns.amount(2)(written)) == meant


@pytest.mark.parametrize("written", NO_AMOUNTS)
def test_no_amount(written):
    with pytest.raises(ValueError, match="数"):
        columns.amount(2)(written)


def test_an_amount_in_10_000_yuan_has_six_decimals():
    assert columns.amount(6)("1.234567") == Decimal("1.234567")
    with pytest.raises(ValueError, match="最多 6 位小数"):
        columns.amount(6)("1.2345678")


@pytest.mark.parametrize(("cell", "shown"), SHOWN.values(), ids=SHOWN)
def test_a_cell_reads_as_the_spreadsheet_shows_it(cell, shown):
    assert columns.plain(cell) == shown


@pytest.mark.parametrize("outcome", Outcome, ids=str)
def test_an_outcome_by_key_or_label_with_or_without_its_brackets(outcome):
    read = columns.member(Outcome)
    label = outcome.zh
    plain = label.split("（")[0]
    half_width = label.replace("（", "(").replace("）", ")")
    written = [outcome.value, outcome.value.upper(), label, plain, half_width]
    assert [read(each) for each in written] == [outcome.value] * 5


@pytest.mark.parametrize(
    "written", ["予以公开（不公开）", "granted(x)", "公开", "拒绝"]
)
def test_what_is_not_in_the_list_is_answered_with_the_list(written):
    with pytest.raises(ValueError, match="可填：已主动公开") as refused:
        columns.member(Outcome)(written)
    assert all(outcome.zh in str(refused.value) for outcome in Outcome)


def test_the_other_lists_are_read_alike():
    assert columns.member(ApplicantKind)("自然人") == "natural_person"
    assert columns.member(Procedure)("未经复议直接起诉") == "litigation_direct"


CODES = {"530000": "530000", "ＡＢ－１": "AB-1", "a-1": "a-1"}


def test_codes():
    assert {written: columns.code(written) for written in CODES} == CODES
    for wrong in ("", "昆明", "a b", "a_b", "x" * 33, "é"):
        with pytest.raises(ValueError, match="字母"):
            columns.code(wrong)


@pytest.mark.parametrize("broken", ["a\0b", "a\ud800b", "x" * 61])
def test_text_that_cannot_be_kept_is_refused(broken):
    with pytest.raises(ValueError, match=r"无法保存|最多 60"):
        columns.text(60)(broken)


#: the Chinese headings as the interface lists them, in its order
# fmt: off
HEADINGS = [
    (AGENCIES, "code name parent kind level reports_to",
     "机关代码, 机关名称, 上级机关代码, 机关类别, 层级, 报送机关代码", "code name kind"),
    (REQUESTS, "number agency channel channel_detail received_on applicant_kind applicant_name "
     "subject topic supplement_asked_on supplement_received_on consulted_on "
     "consultation_answered_on extended_on extension_days replied_on outcome fee",
     "登记编号, 受理机关, 申请方式, 申请方式细分, 收到日期, 申请人类别, 申请人, 申请内容, 主题, "
     "补正告知日期, 补正收到日期, 征求意见日期, 意见答复日期, 延期告知日期, 延长工作日, 答复日期, "
     "答复类别, 收费金额", "agency received_on"),
    (APPEALS, "case_number request_number agency procedure filed_on decided_on result "
     "first_instance_case_number",
     "案号, 登记编号, 受理机关, 救济途径, 受理日期, 审结日期, 救济结果, 一审案号",
     "agency procedure filed_on result"),
    (FIGURES, "agency year form line column value",
     "受理机关, 年度, 表式, 指标, 列, 数值", "agency year form line value"),
]
# fmt: on


@pytest.mark.parametrize(("known", "keys", "chinese", "required"), HEADINGS)
def test_the_columns_are_those_of_the_interface(known, keys, chinese, required):
    told = [(c.key, c.headings[0]) for c in known]
    assert told == list(zip(keys.split(), chinese.split(", "), strict=True))
    assert [c.key for c in known if c.required] == required.split()


@pytest.mark.parametrize("known", [REQUESTS, APPEALS, FIGURES])
def test_the_agency_may_be_headed_by_its_code(known):
    header, _ = columns.match_header(1, ["机关代码"], known)
    assert [column.key for column in header] == ["agency"]
