"""A filled table uploaded: looked at first, taken as a whole or not at all."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reporting.models import Figure, FigureChange, FilledFile
from tests.reporting.admin.test_editions import of
from tests.reporting.admin.test_entering import page, text, told

pytestmark = pytest.mark.django_db
YEAR = {2018: "national_2018", 2019: "national_2019"}


def at(name, agency, year=2018):
    return reverse(f"admin:reporting_figure_{name}", args=[agency.pk, year, YEAR[year]])


@pytest.fixture
def client(office):
    return of(office, "statistician")


@pytest.fixture
def form(client, office):
    """The empty form as it is downloaded, and a way to fill it in by its labels."""

    def filled(numbers, year=2018, move=lambda sheet: None):
        book = openpyxl.load_workbook(
            io.BytesIO(client.get(at("empty", office, year)).content)
        )
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for label, values in numbers.items():
                    if row[0].value == label:
                        for box, value in zip(row[-len(values) :], values, strict=True):
                            box.value = value
            move(sheet)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return filled


def upload(client, office, content, year=2018, name="报表.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(at("upload", office, year), {"file": file}, follow=True)


STAFF, FULL, PART = (
    "（三）从事政府信息公开工作人员数",
    "1.专职人员数（不包括政府公报及政府网站工作人员数）",
    "2.兼职人员数",
)
MEETINGS = "（一）召开政府信息公开工作会议或专题会议数"


def test_what_would_change_is_shown_and_then_taken(client, office, form):
    client.post(page(office), {"seen": 0, "8.3|count": "10", "8.3.1|count": "4"})
    told_ = upload(
        client, office, form({STAFF: ["１，２３４"], FULL: [4], PART: ["1,230 人"]})
    )
    rows = [(r["name"], r["was"], r["now"]) for r in told_.context["taken"]]
    assert rows == [("8.3|count", "10", "1234"), ("8.3.2|count", "—", "1230")]
    assert (told_.context["offer"].same, told_.context["misfits"]) == (1, [])
    assert Figure.objects.get(line="8.3").value == 10
    client.post(page(office), {"offer": told_.context["signed"]})
    assert {f.line: int(f.value) for f in Figure.objects.all()} == {
        "8.3": 1234, "8.3.1": 4, "8.3.2": 1230,
    }  # fmt: skip
    assert FigureChange.objects.latest("pk").reason == "报表.xlsx"
    kept = FilledFile.objects.values_list("name", "changed", "left_out")
    assert list(kept) == [("报表.xlsx", 2, [])]


def test_what_does_not_fit_is_named_with_its_box_and_what_to_do(client, office, form):
    numbers = {STAFF: ["约十人"], FULL: [1.5], PART: [-2], MEETINGS: [3]}
    answer = upload(client, office, form(numbers))
    found = {m["text"]: (m["address"], m["remedy"]) for m in answer.context["misfits"]}
    rows = {text: at_[0][0] for text, at_ in found.items()}
    assert rows == {"约十人": "C", "1.5": "C", "-2": "C"}
    assert [remedy for _, remedy in found.values()] == [
        "不是数字，请改填数字", "数量应为整数", "不能为负数",
    ]  # fmt: skip
    assert [row["name"] for row in answer.context["taken"]] == ["9.1|count"]
    assert not Figure.objects.exists()


def test_while_something_does_not_fit_nothing_is_taken_without_the_tick(
    client, office, form
):
    answer = upload(client, office, form({STAFF: ["约十人"], MEETINGS: [3]}))
    offer = {"offer": answer.context["signed"]}
    refused = client.post(page(office), offer, follow=True)
    assert told(refused) == [
        "没有取入：表中有不取的格。请更正后重新上传，或勾选“不取这些格，其余取入”。"
    ]
    assert (Figure.objects.count(), FilledFile.objects.count()) == (0, 0)
    taken = client.post(page(office), offer | {"leave": "on"}, follow=True)
    assert {f.line: int(f.value) for f in Figure.objects.all()} == {"9.1": 3}
    [address] = [m["address"] for m in answer.context["misfits"]]
    left = f"{address} 8.3 {STAFF} 人：约十人"
    kept = FilledFile.objects.values_list("name", "changed", "left_out")
    assert list(kept) == [("报表.xlsx", 1, [left])]
    assert left in text(taken)


@pytest.mark.parametrize("offer", ["", "forged", "of another year"])
def test_an_offer_that_was_not_shown_here_is_not_taken(client, office, form, offer):
    if offer == "of another year":
        file = form({"规章": [1, 2, 3]}, 2019)
        offer = upload(client, office, file, 2019).context["signed"]
    answer = client.post(page(office), {"offer": offer}, follow=True)
    assert (told(answer), Figure.objects.count()) == (["没有取入：请重新上传。"], 0)


def test_text_in_a_counted_box_is_named_too(client, office, form, letters):
    answer = upload(client, office, form({"（一）收到申请数": ["约三十件左右"]}))
    found = [(m["text"], m["remedy"]) for m in answer.context["misfits"]]
    assert found == [("约三十件左右", "不是数字；由日志统计为 2")]


def test_a_line_that_stands_there_twice_is_named_and_not_guessed(client, office, form):
    def once_more(sheet):
        sheet.append([MEETINGS, "次", 7])

    answer = upload(client, office, form({MEETINGS: [3], PART: [1]}, move=once_more))
    [found] = answer.context["misfits"]
    row = answer.context["offer"].addresses["9.1", "count"]
    assert (found["called"], found["text"], found["remedy"]) == (
        f"9.1 {MEETINGS} 次", "7", f"与 {row} 同一指标而数不同，请只留一行",
    )  # fmt: skip
    assert found["address"] != row
    assert [r["name"] for r in answer.context["taken"]] == ["8.3.2|count"]


def test_the_same_number_twice_is_certain(client, office, form):
    def once_more(sheet):
        sheet.append([MEETINGS, "次", "３"])

    answer = upload(client, office, form({MEETINGS: [3]}, move=once_more))
    assert (answer.context["misfits"], len(answer.context["taken"])) == ([], 1)


def test_a_change_below_zero_is_taken_where_the_form_asks_for_one(client, office, form):
    answer = upload(client, office, form({"行政许可": [3, "减2", 1]}, 2019), 2019)
    assert [(r["name"], r["now"]) for r in answer.context["taken"]] == [
        ("2.5.1|c1", "3"), ("2.5.1|c2", "-2"), ("2.5.1|c3", "1"),
    ]  # fmt: skip


def test_rows_moved_about_are_found_by_their_labels(client, office, form):
    def down(sheet):
        sheet.unmerge_cells("A1:C1")
        sheet.insert_rows(1, 3)

    answer = upload(client, office, form({MEETINGS: [7]}, move=down))
    assert [(r["name"], r["now"]) for r in answer.context["taken"]] == [
        ("9.1|count", "7")
    ]


def test_a_number_that_the_log_counts_otherwise_is_not_taken(
    client, office, form, letters
):
    answer = upload(client, office, form({"（一）收到申请数": [9]}))
    assert [(m["text"], m["remedy"]) for m in answer.context["misfits"]] == [
        ("9", "由日志统计为 2，不取表中的数")
    ]
    assert answer.context["taken"] == []


def test_a_table_of_another_form_is_refused(client, office, form):
    (refusal,) = told(upload(client, office, form({"规章": [1, 2, 3]}, 2019)))
    assert "表" in refusal and not Figure.objects.exists()
    assert refusal.startswith(("这是另一种表", "没有找到本表"))


def test_a_table_of_another_year_is_refused(client, office, form):
    def year_before(sheet):
        sheet["A2"] = "（2017年度）"

    answer = upload(client, office, form({MEETINGS: [7]}, move=year_before))
    assert told(answer) == ["表上写的是 2017 年，此页是 2018 年，请选对应的年度再上传"]


def test_a_file_that_is_no_table_is_refused(client, office):
    answer = upload(client, office, b"PK\x03\x04 no workbook")
    assert told(answer) == ["XLSX 文件已损坏，请重新导出"]


def test_others_upload_nothing(office, county, form):
    above = of(office, "statistician")
    file = SimpleUploadedFile("a.xlsx", form({MEETINGS: [7]}))
    assert above.post(at("upload", county), {"file": file}).status_code == 403


def test_without_a_file_the_page_says_so(client, office):
    answer = client.post(at("upload", office), follow=True)
    assert (told(answer), "下载空表" in text(answer)) == (["请先选择文件。"], True)
