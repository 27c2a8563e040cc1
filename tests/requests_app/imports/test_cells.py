"""How a cell is read: cases as written in real spreadsheets → what they mean, or what is
wrong with them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from requests_app.domain.vocabulary import ApplicantKind, Outcome, Procedure
from requests_app.imports import cells

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
    assert cells.day(written) == THE_8TH


@pytest.mark.parametrize("written", NO_DAYS)
def test_no_day(written):
    with pytest.raises(ValueError, match=r"不是日期|没有这一天"):
        cells.day(written)


@pytest.mark.parametrize(("written", "meant"), AMOUNTS.items())
def test_an_amount(written, meant):
    assert str(cells.amount(2)(written)) == meant


@pytest.mark.parametrize("written", NO_AMOUNTS)
def test_no_amount(written):
    with pytest.raises(ValueError, match="数"):
        cells.amount(2)(written)


def test_an_amount_in_10_000_yuan_has_six_decimals():
    assert cells.amount(6)("1.234567") == Decimal("1.234567")
    with pytest.raises(ValueError, match="最多 6 位小数"):
        cells.amount(6)("1.2345678")


@pytest.mark.parametrize(("cell", "shown"), SHOWN.values(), ids=SHOWN)
def test_a_cell_reads_as_the_spreadsheet_shows_it(cell, shown):
    assert cells.plain(cell) == shown


@pytest.mark.parametrize("outcome", Outcome, ids=str)
def test_an_outcome_by_key_or_label_with_or_without_its_brackets(outcome):
    read = cells.member(Outcome)
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
        cells.member(Outcome)(written)
    assert all(outcome.zh in str(refused.value) for outcome in Outcome)


def test_the_other_lists_are_read_alike():
    assert cells.member(ApplicantKind)("自然人") == "natural_person"
    assert cells.member(Procedure)("未经复议直接起诉") == "litigation_direct"


CODES = {"530000": "530000", "ＡＢ－１": "AB-1", "a-1": "a-1"}


def test_codes():
    assert {written: cells.code(written) for written in CODES} == CODES
    for wrong in ("", "昆明", "a b", "a_b", "x" * 33, "é"):
        with pytest.raises(ValueError, match="字母"):
            cells.code(wrong)


@pytest.mark.parametrize("broken", ["a\0b", "a\ud800b", "x" * 61])
def test_text_that_cannot_be_kept_is_refused(broken):
    with pytest.raises(ValueError, match=r"无法保存|最多 60"):
        cells.text(60)(broken)


ANSWERS = {
    "是": "yes", "否": "no", "yes": "yes", "NO": "no", "TRUE": "yes", "false": "no",
}  # fmt: skip


def test_yes_and_no():
    assert {written: cells.yes_or_no(written) for written in ANSWERS} == ANSWERS
    for wrong in ("1", "可能", "-"):
        with pytest.raises(ValueError, match="可填：是、否"):
            cells.yes_or_no(wrong)
