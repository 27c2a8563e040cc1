"""A sheet of texts, read back by another library."""

import io

import pytest
from openpyxl import load_workbook

from requests_app.admin import workbooks

TOLD = [
    "=1+1",
    "张三 & <李四>",
    "",
    " 前后 ",
    "一\n二",
    "broken\x00\x0b",
    "长" * 40_000,
]
READ = ["=1+1", "张三 & <李四>", None, " 前后 ", "一\n二", "broken", "长" * 32_767]


def written(rows, title="申请"):
    file = io.BytesIO()
    workbooks.write(file, title, rows)
    return load_workbook(io.BytesIO(file.getvalue()))


def test_every_text_is_read_back_and_none_is_a_formula():
    sheet = written([TOLD, ["又一行"]])["申请"]
    assert [cell.value for cell in sheet[1]] == READ
    assert {cell.data_type for cell in sheet[1] if cell.value} == {"s"}
    assert sheet["A2"].value == "又一行"


def test_rows_beyond_one_block_stand_in_their_order():
    sheet = written([str(n)] for n in range(2 * workbooks.ROWS + 1)).active
    told = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert told == [str(n) for n in range(2 * workbooks.ROWS + 1)]


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", workbooks.ROWS)
    with pytest.raises(workbooks.TooManyRows):
        written([["x"]] * (workbooks.ROWS + 1))
