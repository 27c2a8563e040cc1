"""What an office's file looks like: told apart by content, read as it is seen."""

from datetime import datetime

import openpyxl
import pytest

from requests_app.imports.sheets import Unreadable, whole_rows
from requests_app.models import DisclosureRequest
from tests.files import done, places, workbook

pytestmark = pytest.mark.django_db
ENGLISH = "agency,channel,received_on,subject"
CHINESE = "受理机关,申请方式,收到日期,申请内容"
BY_CODE = "机关代码,申请方式,收到日期,申请内容"
ROW = "530000,信函,2018-02-08,征地批复㐂"


def subject():
    return DisclosureRequest.objects.get().wording.subject


@pytest.mark.parametrize("header", [ENGLISH, CHINESE, BY_CODE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_and_headers_are_told_apart(load, encoding, header):
    assert done(load(f"{header}\n{ROW}\n".encode(encoding))) == (1, 1, 0, 0)
    assert subject() == "征地批复㐂"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_ways_to_write_a_table_as_text(load, delimiter, ending):
    text = f"{CHINESE}\n{ROW}\n".replace(",", delimiter).replace("\n", ending)
    assert done(load(text)) == (1, 1, 0, 0)


def test_a_workbook_is_known_by_its_content_and_not_its_name(load):
    told = load(workbook(CHINESE.split(","), ROW.split(",")))
    assert (done(told), subject()) == ((1, 1, 0, 0), "征地批复㐂")


def test_headings_may_be_mixed_spaced_and_in_any_order(load):
    told = load(" 收到 日期 ,AGENCY\n2018-02-08,530000\n")
    assert done(told) == (1, 1, 0, 0)


def test_blank_lines_and_trailing_empty_columns_are_nothing(load):
    told = load(f"{CHINESE},,\n\n,,,,,\n{ROW},,\n \u3000,,\n{ROW},\n")
    assert done(told) == (2, 2, 0, 0)


def test_a_line_is_the_row_that_a_spreadsheet_shows(load):
    told = load(
        f'依申请公开台账\n\n{CHINESE}\n\n530000,信函,x,"两\n行"\n,,,\n530000,,y,\n'
    )
    assert places(told) == [(5, "received_on"), (7, "received_on")]


def test_a_line_of_a_workbook_is_its_row_even_where_rows_are_left_out(load):
    def gap(book):
        book.active["A9"], book.active["C9"] = "530000", "x"

    told = load(workbook(CHINESE.split(","), shape=gap))
    assert places(told) == [(9, "received_on")]


def test_a_title_merged_cells_and_full_width_digits(load):
    told = load(
        workbook(
            ["依申请公开台账"],
            ["受理机关", "申请方式", "收到日期"],
            ["530000", "网络", "２０１８年２月８日"],
            [None, "传真", "2018-02-09"],
            [None, None, None],
            [None, "当面", "2018-02-10"],
            ["530000", "邮件", "2018-02-10"],
            merge="A3:A6",
        )
    )
    assert (done(told)[0], places(told)) == (4, [(7, "channel")])


def test_cells_merged_sideways_fill_nothing_but_their_first(load):
    told = load(
        workbook(
            ["受理机关", "申请内容", "主题", "收到日期"],
            ["530000", "征地", None, "2018-02-08"],
            merge="B2:C2",
        )
    )
    assert (done(told), DisclosureRequest.objects.get().topic) == ((1, 1, 0, 0), "")


#: how a workbook may hold a day: in a format of its own, or in one of those that Chinese
#: spreadsheets name by number alone
FORMATS = ["yyyy-mm-dd", "m/d/yy", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@"]


@pytest.mark.parametrize("shown", FORMATS)
def test_a_real_spreadsheet_day(load, shown):
    def formatted(book):
        book.active["B2"].number_format = shown

    rows = ["机关代码", "收到日期"], ["530000", datetime.fromisoformat("2018-02-08")]
    load(workbook(*rows, shape=formatted))
    assert str(DisclosureRequest.objects.get().received_on) == "2018-02-08"


def test_a_day_in_a_format_that_chinese_spreadsheets_name_by_number_alone(load):
    def numbered(book):
        book.active["B2"].style = "Normal"
        book.active["B2"]._style.numFmtId = 31

    told = load(workbook(["机关代码", "收到日期"], [530000, 43139], shape=numbered))
    assert done(told) == (1, 1, 0, 0)
    assert str(DisclosureRequest.objects.get().received_on) == "2018-02-08"


def test_a_day_counted_from_1904(load):
    def from_1904(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active["B2"] = datetime.fromisoformat("2018-02-08")

    load(workbook(["机关代码", "收到日期"], ["530000", None], shape=from_1904))
    assert str(DisclosureRequest.objects.get().received_on) == "2018-02-08"


def test_the_first_visible_sheet_is_read(load):
    def hidden(book):
        book.create_sheet("说明", 0).sheet_state = "hidden"

    told = load(workbook(CHINESE.split(","), ROW.split(","), shape=hidden))
    assert done(told) == (1, 1, 0, 0)


def test_unknown_repeated_and_missing_columns_are_named(load):
    told = load("agency,colour,受理机关\n530000,red,530000\n")
    assert places(told) == [(1, "colour"), (1, "received_on"), (1, "受理机关")]


def test_a_value_under_no_heading_is_a_fault(load):
    told = load(f"{CHINESE}\n{ROW},5\n")
    assert [(f["line"], f["column"], f["value"]) for f in told["rejected"]] == [
        (2, None, "5")
    ]


def test_a_formula_is_never_evaluated_and_told_with_its_place(load):
    told = load(workbook(["agency", "received_on"], ["530000", "=TODAY()"]))
    (fault,) = told["rejected"]
    assert (fault["line"], fault["column"], fault["value"]) == (
        2, "received_on", "=TODAY()",
    )  # fmt: skip
    assert "数值" in fault["message"]


def test_where_every_cell_matters_a_formula_makes_the_file_unreadable(tmp_path):
    file = tmp_path / "table.xlsx"
    file.write_bytes(workbook(["收到申请数", "件", 3], ["申请办结数", "件", "=C1"]))
    with pytest.raises(Unreadable, match="第 2 行 =C1 是公式"):
        list(whole_rows(file))


def test_what_looks_like_a_formula_in_a_csv_is_text(load):
    load(f"{CHINESE}\n530000,信函,2018-02-08,=1+1\n")
    assert subject() == "=1+1"


def test_an_error_value_is_a_fault(load):
    def error(book):
        book.active["A2"] = "#N/A"
        book.active["A2"].data_type = "e"

    told = load(workbook(["topic", "agency", "received_on"],
                         [None, "530000", "2018-02-08"], shape=error))  # fmt: skip
    assert places(told) == [(2, "topic")]
