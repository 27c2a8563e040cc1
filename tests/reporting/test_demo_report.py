"""The main road: the example office's files in, the 58 published numbers out, six times."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from reporting.demo import office
from reporting.formats.national_2018 import FORM
from requests_app.models import DisclosureRequest
from requests_app.services.voiding import void
from tests.reporting.renderers.ruled import Page

PUBLISHED = office.CELLS
LINES = [(line.label, line.unit, line.code) for line in FORM.lines]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory, calendar):
    """The example office in a transaction of the module's own, rolled back after it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        files = office.write(tmp_path_factory.mktemp("ledger"), calendar)
        for name, file in files.items():
            call_command(f"import_{name}", str(file), stdout=io.StringIO())
        yield files
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def files(loaded, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    endings = ("xlsx", "docx", "pdf", "html", "csv", "json")
    made = {ending: folder / f"report.{ending}" for ending in endings}
    outputs = [word for file in made.values() for word in ("--output", str(file))]
    call_command(
        "annual_report", "2018", "--banner", "演示数据", *outputs, stderr=io.StringIO()
    )
    return made


def report(*words):
    out = io.StringIO()
    call_command(
        "annual_report", *words, "--output", "-", stdout=out, stderr=io.StringIO()
    )
    return json.loads(out.getvalue())


def counts(told):
    return {line: columns["count"] for line, columns in told["cells"].items()}


def printed(rows):
    """label, unit, number as text of each of the 65 lines → number by code."""
    found = {}
    for (label, unit, code), row in zip(LINES, rows, strict=True):
        assert (row[0], row[1]) == (label, unit)
        if row[2] != "":
            found[code] = float(row[2])
    return found


def test_the_json_carries_the_58_published_numbers(files):
    assert counts(json.loads(files["json"].read_text())) == PUBLISHED


def test_the_spreadsheet_carries_them(files):
    sheet = openpyxl.load_workbook(files["xlsx"]).active
    rows = list(sheet.iter_rows(values_only=True))
    top = rows.index(("统计指标", "单位", "统计数"))
    told = [(r[0], r[1] or "", "" if r[2] is None else r[2]) for r in rows[top + 1 :]]
    assert printed(told) == PUBLISHED
    assert sheet.print_title_rows == f"${top + 1}:${top + 1}"


def test_the_word_document_carries_them(files):
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(files["docx"]) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
        fonts = parts.read("word/document.xml").decode()
    rows = [
        tuple(
            "".join(t.text or "" for t in box.iter(f"{word}t"))
            for box in row.iter(f"{word}tc")
        )
        for row in body.iter(f"{word}tr")
    ]
    assert printed(rows[1:]) == PUBLISHED
    assert "方正小标宋简体" in fonts
    assert "仿宋_GB2312" in fonts


class Boxes(HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows, self.inside, self.asked = [], False, []

    def handle_starttag(self, tag, attrs):
        self.asked += [v for k, v in attrs if k in ("src", "href")]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def test_the_page_carries_them_and_asks_nothing_of_other_hosts(files):
    text = files["html"].read_text()
    page = Boxes()
    page.feed(text)
    assert printed(page.rows[1:]) == PUBLISHED
    assert page.asked == []
    assert re.findall(r"url\((?!data:)", text) == []


def test_the_csv_carries_them(files):
    rows = list(csv.reader(files["csv"].read_text("utf-8-sig").splitlines()))
    top = rows.index(["统计指标", "单位", "统计数"])
    assert printed(rows[top + 1 :]) == PUBLISHED


def test_the_pdf_carries_them(files):
    """Each number in the row of its label, page after page below the repeated head."""
    pages = [Page(page) for page in pypdfium2.PdfDocument(files["pdf"])]
    tables = [found[0] for page in pages if (found := page.tables())]
    assert printed(row for table in tables for row in table[1:]) == PUBLISHED


def test_every_page_and_file_says_that_it_is_a_demonstration(files):
    pages = [
        p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(files["pdf"])
    ]
    assert all("演示数据" in page for page in pages)
    assert "演示数据" in files["html"].read_text("utf-8")
    assert files["csv"].read_text("utf-8-sig").startswith("演示数据,")
    assert json.loads(files["json"].read_text("utf-8"))["banner"] == "演示数据"
    assert openpyxl.load_workbook(files["xlsx"]).active["A1"].value == "演示数据"
    with zipfile.ZipFile(files["docx"]) as parts:
        assert "演示数据" in parts.read("word/header1.xml").decode()


def test_a_name_that_cannot_be_printed_is_told_before_anything_is_written(
    loaded, db, tmp_path
):
    agencies = tmp_path / "agencies.csv"
    agencies.write_text(
        "code,name,kind\nR1,𠮷县人民政府,government\n", encoding="utf-8"
    )
    call_command("import_agencies", str(agencies), stdout=io.StringIO())
    outputs = [f"--output={tmp_path / name}" for name in ("a.csv", "a.pdf")]
    with pytest.raises(CommandError, match="字体没有这些字：𠮷"):
        call_command("annual_report", "2018", "--agency", "R1", *outputs)
    assert [file.name for file in tmp_path.iterdir()] == ["agencies.csv"]


def test_an_attentive_reader_finds_three_doubts(files):
    told = json.loads(files["json"].read_text())
    assert [
        (f["rule"], f["level"], f["left"], f["right"]) for f in told["findings"]
    ] == [
        ("S18-R9", "soft", 2851911, 2851911),
        ("S18-R10", "soft", 481, 416),
        ("S18-R16", "soft", 3605, 3605),
    ]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_a_table_handed_in_is_checked_by_the_same_rules(files, ending):
    out = io.StringIO()
    call_command("check_report", str(files[ending]), "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert [f["rule"] for f in told["findings"]] == ["S18-R9", "S18-R10", "S18-R16"]


def test_the_narrative_is_bound_to_the_cells(files):
    told = json.loads(files["json"].read_text())["narrative"]
    assert list(told) == ["三", "四", "五", "六", "七"]
    assert "当面申请740件，占20.53%" in told["四"]
    assert "维持具体行政行为42件，被依法纠错32件，其他情形31件" in told["五"]
    assert told["六"] == "在提供、公开政府信息时未收取任何费用。"


def test_the_parts_of_the_tree_add_up_to_the_whole(loaded, db):
    parts = [
        counts(report("2018", "--agency", code))["3.1"]
        for code in (*office.prefecture_codes(), *office.department_codes())
    ]
    assert (sum(parts[:16]), sum(parts[16:])) == (2714, 891)
    assert counts(report("2018", "--agency", "530000", "--scope", "own"))["3.1"] == 0


def test_one_request_voided_is_one_fewer_received(loaded, db, deps):
    request = DisclosureRequest.objects.filter(received_on__year=2018).first()
    void(request, entry=1, by=None, deps=deps)
    assert counts(report("2018"))["3.1"] == 3604


def test_the_same_files_again_change_nothing(loaded, db):
    for name, file in loaded.items():
        out = io.StringIO()
        call_command(f"import_{name}", str(file), "--json", stdout=out)
        told = json.loads(out.getvalue())
        assert (told["created"], told["updated"], told["rejected"]) == (0, 0, [])


def test_other_years_and_other_provinces_leave_the_table_as_it_was(
    loaded, db, tmp_path
):
    others = tmp_path / "others.csv"
    others.write_text(
        "code,name,kind\n990000,别省人民政府,government\n", encoding="utf-8"
    )
    call_command("import_agencies", str(others), stdout=io.StringIO())
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(
        "agency,channel,received_on,replied_on,outcome\n"
        "990000,fax,2018-03-01,2018-03-05,granted\n"
        "530000,fax,2016-03-01,2016-03-05,granted\n"
        "530000,online,2019-03-01,2019-03-05,not_held\n",
        encoding="utf-8",
    )
    call_command("import_requests", str(ledger), stdout=io.StringIO())
    assert counts(report("2018", "--agency", "530000")) == PUBLISHED
    assert date(2016, 3, 1) in set(
        DisclosureRequest.objects.values_list("received_on", flat=True)
    )
