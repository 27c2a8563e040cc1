"""Files that are none: a clear message that says what to do, exit 1, nothing written."""

import io
import re
import time
import zipfile

import pytest

from requests_app.imports import outcome, sheets
from requests_app.imports.columns import REQUESTS
from requests_app.models import DisclosureRequest
from tests.files import answer, places, workbook, zipped

pytestmark = pytest.mark.django_db
HEADER = b"agency,received_on,subject\n"
ROW = b"530000,2018-02-08,a\n"


def sheet_of(xml: str) -> bytes:
    """A workbook whose only sheet is replaced by that XML."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["agency"]))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for part in old.namelist():
            new.writestr(part, xml if "sheet1" in part else old.read(part))
    return out.getvalue()


def of_a_version_to_come(content: bytes) -> bytes:
    """The zip's directory asks for a version that no reader knows."""
    at = content.index(b"PK\x01\x02") + 6
    return content[:at] + b"\xff" + content[at + 1 :]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FAR = f'<worksheet xmlns="{MAIN}"><sheetData><row r="{{}}"><c r="{{}}"><v>1</v></c></row></sheetData></worksheet>'
LAUGHS = f'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
#: content → what the message says, in both languages
# fmt: off
FILES = {
    "empty": (b"", "空.*empty"),
    "blank": (b"\n \n,,\n", "没有内容.*nothing"),
    "a header alone": (HEADER, "只有表头.*only a header"),
    "UTF-16": ("agency,received_on\n".encode("utf-16"), "编码|空字符.*NUL"),
    "neither UTF-8 nor GB18030": (b"\xff\xfe\xfd\xfc", "编码既不是.*CSV UTF-8"),
    "UTF-8 that breaks off": ("机关代码,收到日期\n530000,2018-02-08\n昆".encode()[:-1], "第 3 行.*row 3"),
    "UTF-8, then GB18030": ("机关代码\n".encode() + "昆明市".encode("gb18030"), "第 2 行.*row 2"),
    "NUL": (HEADER + b"530000,2018-02-08,a\0b\n", "第 2 行.*NUL"),
    "a lost quote": (HEADER + ROW + b'530000,2018-02-08,"a\n' + ROW, "第 3 行.*引号.*unbalanced"),
    "a quote in the wrong place": (HEADER + b'530000,2018-02-08,"a"b\n', "第 2 行.*引号.*unbalanced"),
    "a huge field": (HEADER + b"530000,2018-02-08," + b"a" * 200_000, "第 2 行.*huge field"),
    "a row of very many cells": (HEADER + b"," * 1_000_000, "第 2 行.*too many cells"),
    "an old .xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "另存为 .xlsx.*save as"),
    "an encrypted workbook": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "加密.*password"),
    "a web page": (b"\xef\xbb\xbf <html><table>", "网页.*save as"),
    "half a zip": (b"PK\x03\x04rubbish", "损坏.*export it again"),
    "a zip of a version to come": (of_a_version_to_come(zipped(a=b"a")), "损坏.*export it again"),
    "a zip that is no workbook": (zipped(**{"word/document.xml": b"<a/>"}), "损坏.*save as .xlsx"),
    "a workbook of another make": (zipped(**{"[Content_Types].xml": b"<a/>"}), "损坏.*save as .xlsx"),
    "a decompression bomb": (zipped(bomb=b"0" * 50_000_000), "压缩比.*bomb"),
    "entities within entities": (sheet_of(LAUGHS), "损坏.*save as .xlsx"),
    "a sheet that is no XML": (sheet_of("<worksheet"), "损坏.*save as .xlsx"),
    "a cell in row 2 000 000 000": (sheet_of(FAR.format(2_000_000_000, "A2000000000")), "表格之外.*delete it"),
    "a cell in column XFD": (sheet_of(FAR.format(1, "XFD1")), "XFD1 在表格之外.*delete it"),
}
# fmt: on


@pytest.mark.parametrize(("content", "message"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read_says_what_to_do(load, content, message):
    started = time.process_time()
    told = load(content)
    assert places(told) == [(0, None)]
    assert re.search(message, told["rejected"][0]["message"])
    assert not DisclosureRequest.objects.exists()
    assert time.process_time() - started < 10


def test_a_missing_file_and_a_folder(office, tmp_path):
    for path, message in (
        (tmp_path / "none.csv", "no such file"),
        (tmp_path, "folder"),
    ):
        (fault,) = answer("requests", path)["rejected"]
        assert (fault["line"], fault["column"]) == (0, None)
        assert message in fault["message"] or "文件夹" in fault["message"]


def test_a_file_of_200_mb_is_not_even_opened(office, tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(200 << 20)
    (fault,) = answer("requests", large)["rejected"]
    assert re.search("有 200 MB，最多 100 MB.*split it", fault["message"])


def test_an_encrypted_part_of_a_workbook(load):
    content = bytearray(zipped(a=b"b"))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    assert "加密" in load(bytes(content))["rejected"][0]["message"]


def test_every_bad_row_is_told_and_nothing_else_is_written(load):
    rows = b"".join(b"530000,x,a\n" for _ in range(3000))
    told = load(HEADER + ROW + rows)
    assert places(told) == [(line, "received_on") for line in range(3, 3003)]
    assert not DisclosureRequest.objects.exists()


def test_more_faults_than_anybody_reads_end_the_reading(tmp_path):
    file, told = tmp_path / "file", outcome.Outcome()
    file.write_bytes(HEADER + b"530000,x,a\n" * 100)
    assert list(outcome.rows(file, REQUESTS, told, most_faults=10)) == []
    assert [fault.line for fault in told.rejected] == [*range(2, 13), 0]
    assert "第 12 行以后未检查" in told.rejected[-1].message


def test_a_wrong_value_is_told_in_brief(load):
    (fault,) = load(HEADER + b"530000," + b"9" * 5000 + b",a\n")["rejected"]
    assert fault["value"] == "9" * 200 + "…"


def test_the_size_of_a_file_is_told_before_reading_for_the_bar(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(HEADER + ROW)
    assert sheets.about(file) == 2
    file.write_bytes(workbook(["agency"]))
    assert sheets.about(file) is None
    assert sheets.about(tmp_path / "none") is None
