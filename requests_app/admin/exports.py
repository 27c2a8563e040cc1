"""The filtered list as a file: streamed, never cut, no cell of it a formula."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.admin import workbooks
from requests_app.models.agencies import Agency
from requests_app.services import told
from requests_app.services.formulas import harmless


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


def as_csv(found) -> StreamingHttpResponse:
    blocks = told.csv_blocks(found)
    if blocks is None:
        body: Iterable = csv_lines([head()], told.rows(found, safe=False))
    else:
        body = chain(csv_lines([head()]), blocks)
    answer = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="requests.csv"'
    return answer


def csv_lines(*parts: Iterable[Sequence[str]]) -> Iterator[str]:
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
    """Counted first: a million rows are not written to find that they are too many."""
    if found.count() >= workbooks.MOST_ROWS:
        raise workbooks.TooManyRows
    lines = chain([head()], told.rows(found, safe=False))
    return sheet(_("申请"), lines, "requests.xlsx")


def sheet(title: str, lines: Iterable[Sequence[str]], filename: str) -> FileResponse:
    """Every cell a string; rows go to disk as they are written."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    marked = [[banner()]] if banner() else []
    try:
        workbooks.write(file, title, chain(marked, lines))
    except workbooks.TooManyRows:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename)


def or_back(request, where: str, draw: Callable[[], HttpResponseBase]):
    """The file whole, or the list again with what to do instead."""
    try:
        return draw()
    except workbooks.TooManyRows:
        told = _(
            "超过 %(most)s 行，一张 XLSX 表容不下，没有导出：请缩小筛选范围；"
            "申请列表也可以导出 CSV。"
        )
        messages.error(request, told % {"most": f"{workbooks.MOST_ROWS:,}"})
        return redirect(f"{reverse(where)}?{request.GET.urlencode()}")


FORMATS = {"csv": as_csv, "xlsx": as_xlsx}
