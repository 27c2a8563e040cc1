"""check_report reads a table as an office has it: ours, or its own with titles, merged
boxes, full-width digits and labels written another way."""

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from reporting.demo import office
from reporting.formats import fujian_legacy, national_2018, national_2019, national_2021
from reporting.layout import document
from reporting.matching import Sheet, keys, letters, number_in, read
from reporting.renderers.csv_ import CsvRenderer
from reporting.renderers.xlsx import XlsxRenderer
from reporting.services.sheets import sheets_in
from tests.reporting.published import published

FORMS = {
    f.FORM.key: f.FORM
    for f in (national_2018, national_2019, national_2021, fujian_legacy)
}


def checked(file, *words):
    out = io.StringIO()
    call_command("check_report", str(file), "--json", *words, stdout=out)
    return json.loads(out.getvalue())


def numbered(form):
    """Every cell a number of its own."""
    cells = {}
    for n, (line, column) in enumerate(form.cells, 1):
        cells.setdefault(line, {})[column] = n
    return {"form": form.key, "year": form.years.start, "cells": cells}


def flat(table):
    return {
        (line, column): value
        for line, columns in table["cells"].items()
        for column, value in columns.items()
    }


def ours(folder, renderer, form, table):
    file = folder / f"table{renderer.ending}"
    paper = document(form, table, agency="某市人民政府", banner="演示数据")
    file.write_bytes(renderer.render(paper))
    return file


@pytest.mark.parametrize(
    "renderer", [XlsxRenderer(), CsvRenderer()], ids=["xlsx", "csv"]
)
@pytest.mark.parametrize("key", FORMS)
def test_our_own_files_are_read_back_cell_by_cell(tmp_path, renderer, key):
    table = numbered(FORMS[key])
    told = read(FORMS[key], sheets_in(ours(tmp_path, renderer, FORMS[key], table)))
    assert told.cells == flat(table)
    assert told.unread == []


@pytest.mark.parametrize(
    "renderer", [XlsxRenderer(), CsvRenderer()], ids=["xlsx", "csv"]
)
@pytest.mark.parametrize("key", FORMS)
def test_the_form_is_found_by_its_labels_and_its_year(tmp_path, renderer, key):
    told = checked(ours(tmp_path, renderer, FORMS[key], numbered(FORMS[key])))
    assert (told["form"], told["year"]) == (key, FORMS[key].years.start)


def office_book(folder, cells, *, label=str, number=lambda n: n):
    """三 of the 2021 form as an office lays it out in one sheet of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "某市2023年政府信息公开工作年度报告"
    sheet.merge_cells("A1:I1")
    sheet["A2"] = "三、收到和处理政府信息公开申请情况"
    sheet["C3"], sheet["D4"] = "申请人情况", "法人或其他组织"
    sheet.merge_cells("C3:I3")
    sheet.merge_cells("D4:H4")
    columns = FORMS["national_2021"].columns_of("3.1")
    for place, column in enumerate(columns, 3):
        sheet.cell(5, place, label(column.label))
    lines = FORMS["national_2021"].sections[1].tables[0].lines
    for row, line in enumerate(lines, 6):
        if line.depth < 2:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.cell(row, (min(line.depth, 1) and line.depth) or 1, label(line.label))
        for place, column in enumerate(columns, 3):
            if line.source != "heading":
                sheet.cell(row, place, number(cells[line.code][column.code]))
    file = folder / "office.xlsx"
    book.save(file)
    return file


def halfwidth(text):
    return text.replace("（", " ( ").replace("）", " ) ").replace("、", "、 ")


def unnumbered(text):
    return (
        text.rpartition("）")[2]
        if text.startswith("（七")
        else text.partition(".")[2] or text
    )


def fullwidth(number):
    return f"{number:,}".translate({48 + n: 0xFF10 + n for n in range(10)})


def blank_for_nothing(number):
    return number or None


@pytest.mark.parametrize(
    ("label", "number"),
    [
        (str, int),
        (halfwidth, lambda n: f" {n:,} 件"),
        (unnumbered, fullwidth),
        (str, blank_for_nothing),
        (str, lambda n: n or "—"),
    ],
    ids=[
        "plain",
        "other brackets, units",
        "no numbers, full width",
        "blanks",
        "dashes",
    ],
)
def test_an_offices_own_workbook_is_read(tmp_path, label, number):
    table = published("suqian-2023")
    file = office_book(tmp_path, table["cells"], label=label, number=number)
    told = read(FORMS["national_2021"], sheets_in(file))
    wanted = {cell: n for cell, n in flat(table).items() if cell[0].startswith("3.")}
    assert told.cells == wanted
    others = [
        {
            "line": line.code,
            "label": line.label,
            "columns": [c.code for c in FORMS["national_2021"].columns_of(line.code)],
        }
        for line in FORMS["national_2021"].data_lines()
        if not line.code.startswith("3.")
    ]
    assert checked(file) == {
        "form": "national_2021", "year": 2023, "findings": [], "not_read": others,
    }  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_what_a_partial_table_lacks_is_told_line_by_line(tmp_path, ending):
    form = FORMS["national_2021"]
    table = numbered(form)
    del table["cells"]["2.5.1"], table["cells"]["3.3.7"]["total"]
    file = tmp_path / f"part.{ending}"
    if ending == "json":
        file.write_text(json.dumps(table))
    else:
        rows = ours(tmp_path, CsvRenderer(), form, numbered(form)).read_text(
            "utf-8-sig"
        )
        kept = [row for row in rows.splitlines() if not row.startswith("行政许可")]
        assert len(kept) == len(rows.splitlines()) - 1
        file.write_text("\n".join(kept))
    label = form.known["2.5.1", "c1"][0].label
    assert checked(file)["not_read"] == [
        {"line": "2.5.1", "label": label, "columns": ["c1"]},
        *(
            [{"line": "3.3.7", "label": "（七）总计", "columns": ["total"]}]
            if ending == "json"
            else []
        ),
    ]


def test_it_is_told_in_words_too(tmp_path, capsys):
    file = tmp_path / "four.csv"
    file.write_text(FLAT_FOUR, encoding="utf-8")
    call_command("check_report", str(file), "--form", "national_2021")
    told = capsys.readouterr().out.splitlines()
    unread = [line for line in told if line.startswith("not read")]
    assert unread[0] == "not read 2.1.1: 规章（c1、c2、c3）"
    assert told[-1] == f"national_2021：1 处疑点，{len(unread)} 行未读到"


def test_a_number_that_does_not_add_up_is_found_in_an_offices_workbook(tmp_path):
    table = published("suqian-2023")
    table["cells"]["3.4"]["total"] = 120
    told = checked(office_book(tmp_path, table["cells"]))
    assert [
        (f["rule"], f["where"], f["left"], f["right"]) for f in told["findings"]
    ] == [
        ("M-R1", {"line": "3.1", "column": "total"}, 3607, 3606),
        ("M-R3", {"line": "3.4", "column": "total"}, 120, 121),
    ]


@pytest.mark.parametrize("text", ["约30", "12,34", "三十", "#REF!"])
def test_a_box_that_holds_no_number_is_named_by_its_address(tmp_path, text):
    table = published("suqian-2023")
    table["cells"]["3.1"]["org.ngo"] = text
    told = checked(office_book(tmp_path, table["cells"]))
    assert told["findings"] == [
        {
            "rule": "unreadable_cell", "level": "soft",
            "where": {"line": "3.1", "column": "org.ngo"}, "left": None, "right": None,
            "message": f"F6 的“{text}”不是数字 / not a number",
        }
    ]  # fmt: skip


@pytest.mark.parametrize("value", [-1, 1.5])
def test_what_is_no_count_is_named_softly(tmp_path, value):
    table = published("suqian-2023")
    for line in ("3.1", "3.3.1", "3.3.7"):
        table["cells"][line]["org.research"] = value
        table["cells"][line]["total"] += value
    told = checked(office_book(tmp_path, table["cells"]))
    assert {(f["rule"], f["level"]) for f in told["findings"]} == {
        ("not_a_count", "soft")
    }


def test_the_published_annex_gives_its_three_doubts_in_every_file(tmp_path):
    cells = {line: {"count": value} for line, value in office.CELLS.items()}
    table = {"form": "national_2018", "year": 2018, "cells": cells}
    as_json = tmp_path / "table.json"
    as_json.write_text(json.dumps(table))
    form = FORMS["national_2018"]
    files = [
        as_json,
        *(ours(tmp_path, r, form, table) for r in (XlsxRenderer(), CsvRenderer())),
    ]
    assert [[f["rule"] for f in checked(file)["findings"]] for file in files] == [
        ["S18-R9", "S18-R10", "S18-R16"]
    ] * 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("other.csv", "姓名,年龄\n张三,30\n".encode()),
        ("broken.xlsx", b"PK\x03\x04 not a workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0"),
        ("no.json", b"{]"),
        ("words.json", b'{"form": "national_2018", "year": 2018, "cells": {"1.1": {"count": "x"}}}'),
        ("form.json", b'{"form": "national_1999", "year": 1999, "cells": {"1.1": {"count": 1}}}'),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        checked(file)
    assert refused.value.returncode == 1
    assert str(refused.value)


def test_another_forms_file_has_no_line_of_the_form_named(tmp_path):
    file = office_book(tmp_path, published("suqian-2023")["cells"])
    with pytest.raises(CommandError, match="national_2018"):
        checked(file, "--form", "national_2018")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None), (" — ", None), ("/", None), ("件", None), ("0", 0), ("３６０５", 3605),
        ("3，605", 3605), ("3,605件", 3605), ("24252.311082", Decimal("24252.311082")),
        ("12.0", 12), ("-3", -3), ("2 950", 2950), ("12 件", 12),
    ],
)  # fmt: skip
def test_numbers_as_offices_write_them(text, expected):
    assert number_in(text, signed=False) == expected


@pytest.mark.parametrize(("text", "expected"), [("增5", 5), ("减少3", -3), ("+2", 2)])
def test_a_change_may_be_written_in_words(text, expected):
    assert number_in(text, signed=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3件5",
        "1 2x",
        "1 2",
        "12\n3",
        "12 3456",
        "10²",
        "10₂",
        "12,34",
        "增5",
        "2023-01-01",
        "50%",
    ],
)
def test_what_is_not_certainly_a_number_is_refused(text):
    with pytest.raises(ValueError):
        number_in(text, signed=False)


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("3. 危及“三安全一稳定”", "危及三安全一稳定"),
        ("其中：涉及国家秘密", "涉及国家秘密"),
        ("三、本年度办理结果", "本年度办理结果"),
    ],
)
def test_a_label_without_its_number_and_brackets(label, bare):
    assert keys(label)[1] == bare


def test_addresses_are_a_spreadsheets():
    assert [letters(n) for n in (0, 25, 26, 51, 701, 702)] == [
        "A", "Z", "AA", "AZ", "ZZ", "AAA",
    ]  # fmt: skip
    sheet = Sheet("三", (("甲", "1"),))
    assert (sheet.address(0, 1), sheet.at(0, 5)) == ("三!B1", "")


FLAT_FOUR = """四、政府信息公开行政复议、行政诉讼情况
行政复议,,,,,行政诉讼,,,,,,,,,
结果维持,结果纠正,其他结果,尚未审结,总计,未经复议直接起诉,,,,,复议后起诉,,,,
,,,,,结果维持,结果纠正,其他结果,尚未审结,总计,结果维持,结果纠正,其他结果,尚未审结,总计
309,17,99,26,440,1,1,16,6,24,13,0,67,9,89
"""


def test_a_head_merged_over_two_rows_may_have_kept_its_text_in_the_upper_one(tmp_path):
    file = tmp_path / "four.csv"
    file.write_text(FLAT_FOUR, encoding="utf-8")
    told = read(national_2021.FORM, sheets_in(file))
    lines = {
        "4.1": (309, 17, 99, 26, 440),
        "4.2": (1, 1, 16, 6, 24),
        "4.3": (13, 0, 67, 9, 89),
    }
    columns = ("upheld", "corrected", "other", "pending", "total")
    assert {at: n for at, n in told.cells.items() if at[0] in lines} == {
        (line, column): number
        for line, numbers in lines.items()
        for column, number in zip(columns, numbers, strict=True)
    }
    (found,) = checked(file, "--form", "national_2021")["findings"]
    assert (found["rule"], found["left"], found["right"]) == ("M-R5", 440, 451)
