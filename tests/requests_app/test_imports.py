"""Files of an office, as bytes, and what the import says of them."""

import io
import json

import openpyxl
import pytest
from django.core.management import call_command

from requests_app.models import DisclosureRequest, LogEntry

pytestmark = pytest.mark.django_db
HEADER = "number,agency,channel,received_on,replied_on,outcome"


@pytest.fixture
def load(office, tmp_path):
    def load(content, kind="requests", name="file.csv"):
        file = tmp_path / name
        if isinstance(content, str):
            content = content.encode()
        file.write_bytes(content)
        out = io.StringIO()
        try:
            call_command(f"import_{kind}", str(file), "--json", stdout=out)
        except SystemExit as stop:
            assert stop.code == 1
        return json.loads(out.getvalue())

    return load


def places(told):
    return [(f["line"], f["column"]) for f in told["rejected"]]


def done(told):
    return told["read"], told["created"], told["updated"], told["unchanged"]


def test_a_row_becomes_a_request_with_its_log(load):
    told = load(f"{HEADER}\n〔2018〕12号,530000,当面,2018/2/8,2018年3月6日,部分公开\n")
    made = DisclosureRequest.objects.get()
    assert done(told) == (1, 1, 0, 0)
    assert (made.number, made.reference, made.serial) == (
        "〔2018〕12号", "530000-2018-1", 12,
    )  # fmt: skip
    assert (made.outcome, made.timeliness) == ("partly_granted", "on_time")
    assert list(made.entries.values_list("kind", flat=True)) == [
        "received", "registered", "replied",
    ]  # fmt: skip


def test_the_counter_goes_on_after_imported_numbers(load):
    load(f"{HEADER}\n,530000,fax,2018-02-08,,\n〔2018〕7号,530000,fax,2018-02-09,,\n")
    assert sorted(DisclosureRequest.objects.values_list("number", flat=True)) == [
        "〔2018〕7号", "〔2018〕8号",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_are_told_apart(load, encoding):
    text = "受理机关,申请方式,收到日期,申请内容\n530000,信函,2018.2.8,征地批复㐂\n"
    assert done(load(text.encode(encoding))) == (1, 1, 0, 0)
    assert DisclosureRequest.objects.get().wording.subject == "征地批复㐂"


def test_a_spreadsheet_with_title_merged_cells_and_full_width_digits(load):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["依申请公开台账"])
    sheet.append(["受理机关", "申请方式", "收到日期"])
    sheet.append(["530000", "网络", "２０１８年２月８日"])
    sheet.append([None, "传真", "2018-02-09"])
    sheet.append([None, None, None])
    sheet.append(["530000", "邮件", "2018-02-10"])
    sheet.merge_cells("A3:A4")
    out = io.BytesIO()
    book.save(out)
    told = load(out.getvalue(), name="file.xlsx")
    assert (done(told)[0], places(told)) == (3, [(6, "channel")])


# fmt: off
IMPOSSIBLE = {
    "a reply before receipt": ("x,530000,fax,2018-02-08,2018-02-07,granted", "replied_on"),
    "a reply and no outcome": ("x,530000,fax,2018-02-08,2018-02-09,", "outcome"),
    "an outcome and no reply": ("x,530000,fax,2018-02-08,,granted", "replied_on"),
    "an unknown agency": ("x,999,fax,2018-02-08,,", "agency"),
    "an unknown channel": ("x,530000,pigeon,2018-02-08,,", "channel"),
    "an impossible day": ("x,530000,fax,2018-02-30,,", "received_on"),
    "a day after today": ("x,530000,fax,2099-01-01,,", "received_on"),
    "a day before the Regulations": ("x,530000,fax,2008-04-30,,", "received_on"),
    "no day of receipt": ("x,530000,fax,,,", "received_on"),
}
# fmt: on


@pytest.mark.parametrize(("row", "column"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_true_is_refused_and_nothing_written(load, row, column):
    told = load(f"{HEADER}\ny,530000,fax,2018-02-08,,\n{row}\n")
    assert places(told) == [(3, column)]
    assert DisclosureRequest.objects.count() == LogEntry.objects.count() == 0


def test_all_faults_of_a_file_are_told_at_once(load):
    told = load(
        f"{HEADER}\n,999,pigeon,x,,\n,530000,fax,2018-02-08,2018-02-07,granted\n"
    )
    assert places(told) == [(2, "channel"), (2, "received_on"), (3, "replied_on")]


def test_an_answer_needs_its_question(load):
    told = load(
        "agency,received_on,supplement_asked_on,supplement_received_on,consulted_on,"
        "consultation_answered_on\n"
        "530000,2018-02-08,,2018-02-09,2018-02-12,2018-02-11\n"
    )
    assert places(told) == [
        (2, "consultation_answered_on"), (2, "supplement_received_on"),
    ]  # fmt: skip


def test_what_was_irregular_but_happened_becomes_a_finding(load):
    told = load(
        "agency,received_on,extended_on,extension_days,replied_on,outcome\n"
        "530000,2018-02-08,2018-03-07,30,2018-05-01,fee_lapsed\n"
    )
    assert [f["rule"] for f in told["findings"]] == [
        "extension_late", "reply_late", "no_fee_notice", "outcome_out_of_time",
    ]  # fmt: skip
    assert DisclosureRequest.objects.get().timeliness == "late"


def test_the_same_file_again_changes_nothing(load):
    text = f"{HEADER}\n1,530000,fax,2018-02-08,,\n,530000,fax,2018-02-08,,\n,530000,fax,2018-02-08,,\n"
    assert done(load(text)) == (3, 3, 0, 0)
    assert done(load(text)) == (3, 0, 0, 3)


def test_a_known_row_that_only_fills_is_an_update(load):
    load(f"{HEADER}\n1,530000,fax,2018-02-08,,\n")
    told = load(f"{HEADER}\n1,530000,fax,2018-02-08,2018-03-06,granted\n")
    assert done(told) == (1, 0, 1, 0)
    assert DisclosureRequest.objects.get().outcome == "granted"


def test_a_known_row_that_contradicts_is_rejected_with_both_values(load):
    load(f"{HEADER}\n1,530000,fax,2018-02-08,2018-03-06,granted\n")
    told = load(f"{HEADER}\n1,530000,fax,2018-02-08,2018-03-05,granted\n")
    (fault,) = told["rejected"]
    assert (fault["column"], fault["value"]) == ("replied_on", "2018-03-05")
    assert "2018-03-06" in fault["message"]


def test_the_same_number_twice_in_one_file_is_an_error(load):
    told = load(f"{HEADER}\n1,530000,fax,2018-02-08,,\n1,530000,fax,2018-02-08,,\n")
    assert places(told) == [(3, "number")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00\x01",
        b"PK\x03\x04rubbish",
        b"\xd0\xcf\x11\xe0rest",
        b"a\x00b,c",
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault_of_line_0(load, content):
    assert places(load(content)) == [(0, None)]


def test_a_formula_is_never_evaluated(load):
    book = openpyxl.Workbook()
    book.active.append(["agency", "received_on"])
    book.active.append(["530000", "=TODAY()"])
    out = io.BytesIO()
    book.save(out)
    told = load(out.getvalue(), name="file.xlsx")
    assert places(told) == [(0, None)]
    assert "B2" in told["rejected"][0]["message"]


def test_unknown_and_missing_columns_are_named(load):
    told = load("agency,colour,agency\n530000,red,530000\n")
    assert places(told) == [(1, "agency"), (1, "colour"), (1, "received_on")]


def test_appeals_and_their_contradictions(load):
    head = "case_number,agency,procedure,filed_on,decided_on,result\n"
    assert (
        done(load(f"{head}a1,530000,行政复议,2018-03-01,,pending\n", "appeals"))[1] == 1
    )
    told = load(f"{head}a1,530000,行政复议,2018-03-01,2018-04-01,结果维持\n", "appeals")
    assert done(told) == (1, 0, 1, 0)
    told = load(f"{head}a1,530000,行政复议,2018-03-01,2018-04-01,结果纠正\n", "appeals")
    assert places(told) == [(2, "result")]
    told = load(f"{head}a2,530000,行政复议,2018-03-01,,结果纠正\n", "appeals")
    assert places(told) == [(2, "result")]


def test_agencies_may_stand_before_their_parents(load):
    told = load(
        "机关代码,名称,上级机关代码,机关类别\n530102,五华区,530100,政府\n530100,昆明市,530000,政府\n",
        "agencies",
    )
    assert done(told) == (2, 2, 0, 0)


def test_figures_for_a_line_that_the_log_counts_are_refused(load):
    load(f"{HEADER}\n1,530000,fax,2018-02-08,,\n")
    told = load(
        "agency,year,form,line,value\n530000,2018,national_2018,1.1,5\n"
        "530000,2018,national_2018,3.1,5\n530000,2018,national_2018,1.1.s1,1.5\n"
        "530000,2018,national_2018,3,5\n",
        "figures",
    )
    assert places(told) == [(3, "line"), (4, "value"), (5, "line")]
