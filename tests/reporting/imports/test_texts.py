"""Reading what an office sends: any usual encoding, and DOCX with runs and tables."""

import pytest
from docx import Document

from reporting.imports.texts import read_text
from requests_app.imports.sheets import Unreadable

SENTENCE = "全省共收到申请3605件。\n其中当面申请740件。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-bom"]
)
def test_any_usual_encoding_is_read(tmp_path, encoding):
    file = tmp_path / "report.txt"
    if encoding == "utf-16-le-bom":
        file.write_bytes(b"\xff\xfe" + SENTENCE.encode("utf-16-le"))
    else:
        file.write_text(SENTENCE, encoding)
    assert read_text(file) == SENTENCE


def test_lines_of_windows_end_with_a_line_feed(tmp_path):
    file = tmp_path / "report.txt"
    file.write_bytes(SENTENCE.replace("\n", "\r\n").encode())
    assert read_text(file) == SENTENCE


def test_a_docx_is_read_in_order_run_by_run(tmp_path):
    document = Document()
    paragraph = document.add_paragraph("收到申请")
    paragraph.add_run("36").bold = True
    paragraph.add_run("05件。")
    table = document.add_table(rows=2, cols=3)
    table.rows[0].cells[0].merge(table.rows[0].cells[2]).text = "统计表"
    for cell, text in zip(
        table.rows[1].cells, ("当面申请数", "件", "740"), strict=True
    ):
        cell.text = text
    document.add_paragraph("无。")
    document.save(tmp_path / "report.docx")
    expected = "收到申请3605件。\n统计表\t\n当面申请数\t件\t740\n无。"
    assert read_text(tmp_path / "report.docx") == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "空"),
        (b" \n", "空"),
        (b"PK\x03\x04 no zip", "损坏"),
        (b"%PDF-1.7", "另存为"),
        (b"\xd0\xcf\x11\xe0 old word", "另存为"),
        (b"\xff\xff\x00\x81", "编码"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path, content, message):
    file = tmp_path / "report.docx"
    file.write_bytes(content)
    with pytest.raises(Unreadable, match=message):
        read_text(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Unreadable, match="打不开"):
        read_text(tmp_path / "none.txt")
