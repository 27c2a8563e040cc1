"""check_narrative FILE YEAR: against a table handed in, or against the log."""

import json

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from reporting.demo.office import CELLS
from tests.reporting.narrative.texts import OFFICE, YUNNAN

pytestmark = pytest.mark.django_db


def told(capsys, file, year, *options):
    call_command("check_narrative", str(file), str(year), "--json", *options)
    out = json.loads(capsys.readouterr().out)
    return [
        (f["rule"], f["level"], f["where"]["text"], f["left"], f["right"])
        for f in out["findings"]
    ]


@pytest.fixture
def annex(tmp_path):
    """The published table as a report JSON."""
    file = tmp_path / "annex.json"
    cells = {line: {"count": n} for line, n in CELLS.items()}
    file.write_text(json.dumps({"form": "national_2018", "year": 2018, "cells": cells}))
    return str(file)


def test_the_published_text_against_its_own_annex(tmp_path, capsys, annex):
    file = tmp_path / "report.txt"
    file.write_text(YUNNAN, "gb18030")
    assert told(capsys, file, 2018, "--table", annex) == [
        ("cell", "soft", "2431294", 2431294, 2851911),
        ("cell", "soft", "3441", 3441, 3605),
        ("growth", "soft", "266307 条）增长 39.29%", 39.29, 64.73),
        ("share", "soft", "19.53%", 19.53, 20.53),
        ("largest", "soft", "主要为非《条例》所指的政府信息和法律法规规定的其他情况信息", 78, 109),
    ]  # fmt: skip


def test_an_offset_points_into_the_text(tmp_path, capsys, annex):
    file = tmp_path / "report.txt"
    file.write_text("（一）受理\n\n全省收到申请 ３６０４ 件。", "utf-8")
    call_command("check_narrative", str(file), "2018", "--json", "--table", annex)
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found == {
        "rule": "cell",
        "level": "soft",
        "where": {"offset": 14, "text": "３６０４"},
        "left": 3604,
        "right": 3605,
        "message": "“全省收到申请”写作 3604，统计表 3.1 为 3605 / disagrees with the table",
    }


def test_a_csv_table_and_a_docx_text(tmp_path, capsys):
    table = tmp_path / "annex.csv"
    table.write_text(
        "统计指标,单位,统计数\n（一）收到申请数,件,3605\n1.当面申请数,件,740\n"
    )
    document = Document()
    document.add_paragraph("收到申请3605件，其中当面申请74").add_run("1件，占20.5%。")
    document.save(tmp_path / "report.docx")
    found = told(capsys, tmp_path / "report.docx", 2018, "--table", str(table))
    assert found == [("cell", "soft", "741", 741, 740)]


def test_a_text_of_today_with_its_matrix_inside(tmp_path, capsys):
    cells = {}
    for (line, column), n in OFFICE.items():
        cells.setdefault(line, {})[column] = float(n)
    table = tmp_path / "table.json"
    table.write_text(
        json.dumps({"form": "national_2021", "year": 2023, "cells": cells})
    )
    file = tmp_path / "report.txt"
    file.write_text(
        "某市2023年政府信息公开工作年度报告\n一、总体情况\n"
        "收到申请100件，其中自然人申请80件，占80%。予以公开38件。\n"
        "二、上年结转政府信息公开申请数量\t5\t1\t0\t0\t0\t0\t7\n"
        "全年行政复议10件，结果纠正3件。",
        "utf-8",
    )
    assert told(capsys, file, 2023, "--table", str(table)) == [
        ("cell", "soft", "38", 38, 37),
        ("cell", "soft", "7", 7, 6),
        ("cell", "soft", "3", 3, 2),
    ]


def test_the_log_is_the_table_where_none_is_handed_in(office, tmp_path, capsys):
    file = tmp_path / "report.txt"
    file.write_text("全省共收到申请2件，当面申请0件。", "utf-8")
    assert told(capsys, file, 2018) == [("cell", "soft", "2", 2, 0)]


def test_without_json_a_person_reads_it(tmp_path, capsys, annex):
    file = tmp_path / "report.txt"
    file.write_text("收到申请3604件。", "utf-8")
    call_command("check_narrative", str(file), "2018", "--table", annex)
    assert capsys.readouterr().out == (
        "4：“收到申请”写作 3604，统计表 3.1 为 3605 / disagrees with the table\n"
        "1 处疑点 (findings)\n"
    )


@pytest.mark.parametrize(
    ("year", "options", "message"),
    [
        ("1999", [], "1999"),
        ("2018", ["--agency", "nobody"], "nobody"),
        ("2018", ["--table", "missing.csv"], "打不开|没有这个文件"),
    ],
)
def test_what_cannot_be_compared_is_an_error(office, tmp_path, year, options, message):
    file = tmp_path / "report.txt"
    file.write_text("收到申请1件。", "utf-8")
    with pytest.raises(CommandError, match=message):
        call_command("check_narrative", str(file), year, *options)
