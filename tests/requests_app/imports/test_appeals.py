"""What a file of appeals means: INTERFACES §2, sentence by sentence."""

from datetime import date

import pytest

from requests_app.models import Agency, Appeal
from requests_app.services.agencies import place
from tests.files import done, places

pytestmark = pytest.mark.django_db
HEADER = "case_number,request_number,agency,procedure,filed_on,decided_on,result"
PENDING = "云府行复1号,,530000,行政复议,2018-03-01,,尚未审结"
DECIDED = "云府行复1号,,530000,行政复议,2018-03-01,2018-04-01,结果维持"


@pytest.fixture
def requests(load):
    """No. 7 of this agency, No. 8 of another."""
    place(Agency(code="530100", name="昆明市人民政府", kind="government"), on=None)
    load("number,agency,received_on\n7,530000,2018-01-08\n8,530100,2018-01-08\n")


def test_an_appeal_may_stand_without_a_request(load):
    assert done(load(f"{HEADER}\n{DECIDED}\n", "appeals")) == (1, 1, 0, 0)
    made = Appeal.objects.get()
    assert (made.disclosure_request, made.procedure, made.result) == (
        None, "reconsideration", "upheld",
    )  # fmt: skip


def test_chinese_headings_and_every_column(load, requests):
    told = load(
        "案号,登记编号,机关代码,救济途径,受理日期,审结日期,救济结果,一审案号\n"
        "云行终2号,7,530000,复议后起诉,2018年3月1日,2018年9月1日,其他结果,昆行初1号\n",
        "appeals",
    )
    made = Appeal.objects.get()
    assert done(told) == (1, 1, 0, 0)
    assert (made.disclosure_request.number, made.first_instance_case_number) == (
        "7", "昆行初1号",
    )  # fmt: skip


# fmt: off
IMPOSSIBLE = {
    "a result and no day": ("a,,530000,行政复议,2018-03-01,,结果维持", "result"),
    "a day and no result": ("a,,530000,行政复议,2018-03-01,2018-04-01,pending", "result"),
    "decided before it was filed": ("a,,530000,行政复议,2018-03-01,2018-02-01,结果维持", "decided_on"),
    "filed after today": ("a,,530000,行政复议,2099-03-01,,pending", "filed_on"),
    "filed before the Regulations": ("a,,530000,行政复议,2008-04-30,,pending", "filed_on"),
    "an unknown agency": ("a,,999,行政复议,2018-03-01,,pending", "agency"),
    "an unknown procedure": ("a,,530000,上访,2018-03-01,,pending", "procedure"),
    "no result": ("a,,530000,行政复议,2018-03-01,,", "result"),
    "an unknown request": ("a,6,530000,行政复议,2018-03-01,,pending", "request_number"),
    "another agency's request": ("a,8,530000,行政复议,2018-03-01,,pending", "request_number"),
}
# fmt: on


@pytest.mark.parametrize(("row", "column"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_true_is_refused(load, requests, row, column):
    told = load(f"{HEADER}\n{PENDING}\n{row}\n", "appeals")
    assert (places(told), Appeal.objects.count()) == ([(3, column)], 0)


def test_a_case_number_is_known_by_agency_and_procedure(load, requests):
    told = load(
        f"{HEADER}\n1,,530000,行政复议,2018-03-01,,pending\n"
        "1,,530100,行政复议,2018-03-01,,pending\n"
        "1,,530000,未经复议直接起诉,2018-03-01,,pending\n",
        "appeals",
    )
    assert done(told) == (3, 3, 0, 0)


def test_a_case_twice_in_a_file_is_an_error_on_the_later_row(load):
    assert places(load(f"{HEADER}\n{PENDING}\n{DECIDED}\n", "appeals")) == [
        (3, "case_number")
    ]


def test_the_same_file_again_changes_nothing(load):
    """Cases without number are told apart by all their columns and their ordinal."""
    row = ",,530000,行政复议,2018-03-01,,pending\n"
    text = f"{HEADER}\n{PENDING}\n{row}{row}"
    assert done(load(text, "appeals")) == (3, 3, 0, 0)
    assert done(load(text, "appeals")) == (3, 0, 0, 3)
    shuffled = "result,filed_on,procedure,agency\n未决,2018/3/1,行政复议,530000\n"
    shuffled = shuffled.replace("未决", "pending")
    assert done(load(shuffled, "appeals")) == (1, 0, 0, 1)
    assert set(Appeal.objects.values_list("case_number", flat=True)) == {
        "云府行复1号", "",
    }  # fmt: skip


def test_a_decision_fills_and_an_older_file_contradicts_nothing(load, requests):
    load(f"{HEADER}\n{PENDING}\n", "appeals")
    decided = DECIDED.replace(",,", ",7,", 1)
    assert done(load(f"{HEADER}\n{decided}\n", "appeals")) == (1, 0, 1, 0)
    assert done(load(f"{HEADER}\n{decided}\n", "appeals")) == (1, 0, 0, 1)
    assert done(load(f"{HEADER}\n{PENDING}\n", "appeals")) == (1, 0, 0, 1)
    made = Appeal.objects.get()
    assert (str(made.decided_on), made.result, made.disclosure_request.number) == (
        "2018-04-01", "upheld", "7",
    )  # fmt: skip


CONTRADICTIONS = {
    "filed_on": ("2018-03-01", "2018-03-02"),
    "decided_on": ("2018-04-01", "2018-04-02"),
    "result": ("结果维持", "结果纠正"),
    "request_number": (",7,", ",9,"),
}


@pytest.mark.parametrize(
    ("column", "change"), CONTRADICTIONS.items(), ids=CONTRADICTIONS
)
def test_a_contradiction_is_rejected_with_both_values(load, requests, column, change):
    load("number,agency,received_on\n9,530000,2018-01-08\n")
    decided = DECIDED.replace(",,", ",7,", 1)
    load(f"{HEADER}\n{decided}\n", "appeals")
    told = load(f"{HEADER}\n{decided.replace(*change)}\n", "appeals")
    (fault,) = told["rejected"]
    words = {"结果维持": "upheld", "结果纠正": "corrected"}
    was, is_ = (words.get(value, value.strip(",")) for value in change)
    assert (fault["line"], fault["column"], fault["value"]) == (2, column, is_)
    assert f"“{was}”" in fault["message"]


FLAGS = f"{HEADER},co_defendant,orders_disclosure,ordered_until"
SUIT = "甲,,530000,复议后起诉,2018-03-01,2018-04-01,结果纠正"


def flags():
    made = Appeal.objects.get()
    return made.co_defendant, made.orders_disclosure, made.ordered_until


# fmt: off
TOLD = {
    "nothing":          (",,", (None, None, None)),
    "a co-defendant":   ("是,,", (True, None, None)),
    "none":             ("否,否,", (False, False, None)),
    "an order":         ("no,TRUE,2018-05-02", (False, True, date(2018, 5, 2))),
}
# fmt: on


@pytest.mark.parametrize(("cells", "meant"), TOLD.values(), ids=TOLD)
def test_what_a_file_tells_of_a_suit_stands_and_a_blank_stays_unknown(
    load, cells, meant
):
    assert done(load(f"{FLAGS}\n{SUIT},{cells}\n", "appeals")) == (1, 1, 0, 0)
    assert flags() == meant
    assert done(load(f"{HEADER}\n{SUIT}\n", "appeals")) == (1, 0, 0, 1)
    assert flags() == meant


def test_what_was_unknown_is_filled_and_what_was_told_is_not_overruled(load):
    load(f"{HEADER}\n{SUIT}\n", "appeals")
    assert done(load(f"{FLAGS}\n{SUIT},是,否,\n", "appeals")) == (1, 0, 1, 0)
    assert flags() == (True, False, None)
    told = load(f"{FLAGS}\n{SUIT},否,是,\n", "appeals")
    assert places(told) == [(2, "co_defendant"), (2, "orders_disclosure")]
    assert flags() == (True, False, None)


# fmt: off
NOT_TOGETHER = {
    "a co-defendant in a reconsideration": (f"{DECIDED},是,,", "co_defendant"),
    "a co-defendant sued directly": ("a,,530000,未经复议直接起诉,2018-03-01,,pending,是,,", "co_defendant"),
    "an order though upheld":      (f"{DECIDED},,是,", "orders_disclosure"),
    "an order before the decision": (f"{PENDING},,是,", "orders_disclosure"),
    "a day and no order":          (f"{SUIT},,,2018-05-02", "ordered_until"),
    "a day before the decision":   (f"{SUIT},,是,2018-03-02", "ordered_until"),
    "neither yes nor no":          (f"{SUIT},也许,,", "co_defendant"),
}
# fmt: on


@pytest.mark.parametrize(("row", "column"), NOT_TOGETHER.values(), ids=NOT_TOGETHER)
def test_what_does_not_go_together_is_refused(load, row, column):
    assert places(load(f"{FLAGS}\n{row}\n", "appeals")) == [(2, column)]
    assert Appeal.objects.count() == 0


DIRECT = "初1号,〔2024〕1号,530000,未经复议直接起诉,2024-05-06,,尚未审结"


@pytest.fixture
def refusal(load):
    load(
        "number,agency,received_on,replied_on,outcome\n"
        "〔2024〕1号,530000,2024-03-01,2024-03-20,deliberative\n"
    )


def test_a_suit_without_the_review_that_comes_first_is_a_finding_of_its_row(
    load, refusal
):
    told = load(f"{HEADER}\n{PENDING}\n{DIRECT}\n", "appeals")
    assert told["findings"] == [
        {
            "line": 3,
            "case_number": "初1号",
            "rule": "review_skipped",
            "on": "2024-05-06",
            "message": "该答复应先申请行政复议，却直接起诉而未被驳回，请核对救济途径 "
            "(review comes first against this reply, yet the suit was brought directly "
            "and not turned away: look at the procedure again)",
            "article": "法释〔2025〕8号第一条、第十条",
        }
    ]
    again = load(f"{HEADER}\n{PENDING}\n{DIRECT}\n", "appeals")
    assert (done(again), again["findings"]) == ((2, 0, 0, 2), [])


def test_a_row_that_is_filled_in_later_is_looked_at_again(load, refusal):
    load(f"{HEADER}\n{DIRECT}\n", "appeals")
    decided = DIRECT.replace(",,尚未审结", ",2024-09-01,结果维持")
    told = load(f"{HEADER}\n{decided}\n", "appeals")
    assert (done(told), [f["rule"] for f in told["findings"]]) == (
        (1, 0, 1, 0), ["review_skipped"],
    )  # fmt: skip


def test_a_file_with_a_fault_has_no_findings(load, refusal):
    told = load(f"{HEADER}\n{DIRECT}\na,,999,行政复议,2018-03-01,,pending\n", "appeals")
    assert (places(told), told["findings"]) == ([(3, "agency")], [])
