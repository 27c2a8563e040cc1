"""导入: hand in a file, match its columns, look at what would be written, confirm."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpResponseNotAllowed,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from requests_app.admin.exports import csv_lines
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.admin.wording import said
from requests_app.dependencies import Dependencies
from requests_app.domain.vocabulary import (
    AgencyKind,
    AgencyLevel,
    Answer,
    AppealResult,
    ApplicantKind,
    Channel,
    ChannelDetail,
    Outcome,
    Procedure,
    Term,
    term,
)
from requests_app.imports import jobs
from requests_app.imports.columns import Column
from requests_app.imports.faults import Unreadable
from requests_app.models.imports import ImportJob, kinds_of
from requests_app.models.language import heard, spoken

State = ImportJob.State
PAGE = "admin:requests_app_importjob_change"
DONE_ALREADY = gettext_lazy("此文件已经处理，没有重复处理。")


#: where what was brought in is found
LISTED = {
    "requests": "admin:requests_app_disclosurerequest_changelist",
    "appeals": "admin:requests_app_appeal_changelist",
    "figures": "admin:reporting_figure_changelist",
    "agencies": "admin:requests_app_agency_changelist",
}
#: columns whose values are terms
TERMS: Mapping[str, type[Term]] = {
    "channel": Channel,
    "channel_detail": ChannelDetail,
    "applicant_kind": ApplicantKind,
    "outcome": Outcome,
    "procedure": Procedure,
    "result": AppealResult,
    "kind": AgencyKind,
    "level": AgencyLevel,
    "co_defendant": Answer,
    "orders_disclosure": Answer,
}
COLOURS = {"refused": "overdue", "failed": "overdue", "done": "done"}


def titled(column: Column) -> str:
    return spoken(column.headings[0], column.key.replace("_", " "))


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("种类"))
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy(
            "XLSX 或 CSV 文件，最多 100 兆；列名可以是本机关自己的。"
        ),
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        may = kinds_of(user)
        self.fields["kind"].choices = [c for c in ImportJob.Kind.choices if c[0] in may]


class ColumnsForm(forms.Form):
    """A choice for every heading that is not one of ours."""

    def __init__(self, *args, job: ImportJob, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.columns = jobs.COLUMNS[job.kind]
        self.headings = jobs.headings(job)
        offered = [("", _("不导入此列")), *((c.key, titled(c)) for c in self.columns)]
        for n, heading in enumerate(self.headings):
            if not heading.known:
                self.fields[f"h{n}"] = forms.ChoiceField(
                    label=heading.text,
                    choices=offered,
                    required=False,
                    initial=job.headings.get(heading.text, heading.column),
                )

    def known(self) -> list[str]:
        return [h.text for h in self.headings if h.known]

    def chosen(self) -> dict[str, str]:
        return {
            h.text: self.cleaned_data[f"h{n}"]
            for n, h in enumerate(self.headings)
            if f"h{n}" in self.fields
        }

    def clean(self):
        """Each column once, and none missing that has to be there."""
        super().clean()
        own = [h.column for h in self.headings if h.known]
        keys = own + [key for key in self.chosen().values() if key]
        for column in self.columns:
            if keys.count(column.key) > 1:
                told = _("“%(column)s”选了两次，请只留一列")
                self.add_error(None, told % {"column": titled(column)})
            elif column.required and column.key not in keys:
                told = _("没有哪一列是“%(column)s”，请选定")
                self.add_error(None, told % {"column": titled(column)})
        return self.cleaned_data


@admin.register(ImportJob)
class ImportJobAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = ("name", "kind", "state", "asked_by", "asked_at", "done_at")
    list_filter = ("kind", "state")
    list_select_related = ("asked_by",)
    change_list_template = "requests_app/imports.html"

    def has_view_permission(self, request, obj=None) -> bool:
        return super().has_view_permission(request, obj) and bool(
            kinds_of(request.user)
        )

    def get_urls(self):
        def at(route: str, view, ending: str):
            name = f"requests_app_importjob_{ending}"
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            at("upload/", self.upload, "upload"),
            at("<int:pk>/do/<slug:act>/", self.do, "do"),
            at("<int:pk>/faults.csv", self.faults, "faults"),
            at("<int:pk>/progress/", self.progress, "progress"),
            *super().get_urls(),
        ]

    def found(self, request, pk) -> ImportJob:
        if not kinds_of(request.user):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    @inject_app
    def upload(self, request, deps: Injected[Dependencies]):
        if not kinds_of(request.user):
            raise PermissionDenied
        form = UploadForm(
            request.POST or None, request.FILES or None, user=request.user
        )
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                job = jobs.hand_in(
                    file, name=file.name, size=file.size,
                    kind=form.cleaned_data["kind"], by=request.user, deps=deps,
                )  # fmt: skip
                return redirect(PAGE, job.pk)
            except Unreadable as error:
                form.add_error("file", heard(str(error)))
        context = {
            **self.admin_site.each_context(request),
            "title": _("导入文件"),
            "form": form,
        }
        return TemplateResponse(request, "requests_app/import_upload.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal():
            raise Http404
        job = self.found(request, int(object_id))
        form = None
        if job.state == State.MATCHING:
            form = ColumnsForm(job=job)
        return self.shown(request, job, form)

    def shown(self, request, job: ImportJob, form: ColumnsForm | None):
        context = {
            **self.admin_site.each_context(request),
            "title": f"{job.get_kind_display()} · {job}",
            "job": job,
            "form": form,
            "colour": COLOURS.get(job.state, "waiting"),
            "waiting": job.state in ImportJob.WAITING,
            "listed": LISTED[job.kind] if job.state == State.DONE else "",
            "may_drop": job.state in ("checked", "refused", "failed", "matching"),
            "may_rematch": job.headings and job.state in jobs.REMATCHED,
            "may_check": job.state == State.FAILED,
            "faults": [worded(f, job) for f in job.told.get("faults", [])],
            "preview": preview(job),
        }
        return TemplateResponse(request, "requests_app/import.html", context)

    @inject_app
    def do(self, request, pk: int, act: str, deps: Injected[Dependencies]):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        job = self.found(request, pk)
        if act == "columns" and job.state == State.MATCHING:
            form = ColumnsForm(request.POST, job=job)
            if not form.is_valid():
                return self.shown(request, job, form)
            jobs.choose(job, form.chosen(), deps=deps)
        elif act == "rematch":
            jobs.rematch(job)
        elif act == "check":
            jobs.check(job, deps)
        elif act == "confirm":
            if not jobs.confirm(job, deps=deps):
                messages.info(request, DONE_ALREADY)
        elif act == "drop":
            jobs.drop(job)
        elif act != "columns":
            raise Http404
        return redirect(PAGE, pk)

    def faults(self, request, pk: int):
        """Every fault, a line each, for whoever mends the file."""
        job = self.found(request, pk)
        head = [_("行"), _("列"), _("值"), _("问题和改法")]
        told = (
            [str(f["line"] or ""), f["column"] or "", f["value"] or "", f["message"]]
            for f in (worded(fault, job) for fault in jobs.all_faults(job))
        )
        answer = StreamingHttpResponse(
            csv_lines([head], told), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = 'attachment; filename="faults.csv"'
        return answer

    def progress(self, request, pk: int):
        job = self.found(request, pk)
        mark = job.progress
        return JsonResponse({"state": job.state, "done": mark.done, "total": mark.total})  # fmt: skip


def worded(fault: dict[str, Any], job: ImportJob) -> dict[str, Any]:
    """With the column's name and the reader's half of the message."""
    columns = {c.key: titled(c) for c in jobs.COLUMNS[job.kind]}
    column = fault["column"]
    return fault | {
        "column": columns.get(column, column),
        "message": heard(fault["message"]),
    }


def preview(job: ImportJob) -> dict[str, Any] | None:
    rows = job.told.get("rows")
    if not rows:
        return None
    shown = [c for c in jobs.COLUMNS[job.kind] if any(c.key in row for row in rows)]
    return {
        "head": [titled(c) for c in shown],
        "rows": [list(cells(row, shown)) for row in rows],
    }


def cells(row: dict[str, str], shown: list[Column]) -> Iterator[str]:
    for column in shown:
        told, terms = row.get(column.key, ""), TERMS.get(column.key)
        yield said(term(terms, told)) if terms and told else told
