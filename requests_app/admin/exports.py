"""The filtered list as a file: streamed, never cut, no cell of it a formula."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from requests_app.models import DisclosureRequest
from requests_app.models.agencies import Agency

BATCH = 2000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Echo:
    """A file whose writing hands back what was written."""

    def write(self, text: str) -> str:
        return text


def head() -> list[str]:
    return [
        _("登记编号"), _("系统编号"), _("受理机关"), _("申请方式"), _("申请人类别"),
        _("申请内容"), _("主题"), _("收到日期"), _("答复期限"), _("阶段"),
        _("办结日期"), _("答复类别"), _("办理时效"),
    ]  # fmt: skip


def rows(found) -> Iterator[list[str]]:
    """In the order of the list; names and identity stay out of it."""
    together = found.select_related("agency", "wording")
    for one in together.iterator(chunk_size=BATCH):
        yield [text(value) for value in row(one)]


def row(one: DisclosureRequest) -> list[Any]:
    return [
        one.number, one.reference, one.agency.name, one.get_channel_display(),
        one.get_applicant_kind_display(),
        one.wording.subject if hasattr(one, "wording") else "",
        one.topic, one.received_on, one.due_on, one.get_stage_display(),
        one.replied_on, one.get_outcome_display(), one.get_timeliness_display(),
    ]  # fmt: skip


def text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def harmless(cell: str) -> str:
    """CSV knows no types: what a spreadsheet would reckon gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_csv(found) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(
        csv_lines([head()], rows(found)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="requests.csv"'
    return answer


def csv_lines(*parts: Iterable[list[str]]) -> Iterator[str]:
    """With a byte order mark, or a spreadsheet reads the Chinese as something else."""
    writer = csv.writer(Echo())
    yield "\ufeff"
    marked = banner()
    if marked:
        yield writer.writerow([marked])
    for part in parts:
        for line in part:
            yield writer.writerow([harmless(cell) for cell in line])


def banner() -> str:
    one = Agency.objects.filter(demonstration=True).first()
    return one.banner if one else ""


def as_xlsx(found) -> FileResponse:
    """Every cell a string; rows go to disk as they are written."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet(_("申请"))
    lines = ([[banner()]] if banner() else []) + [head()]
    for at, line in enumerate(chain(lines, rows(found))):
        for column, cell in enumerate(line):
            sheet.write_string(at, column, cell)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="requests.xlsx")


FORMATS = {"csv": as_csv, "xlsx": as_xlsx}
