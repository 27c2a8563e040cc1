"""The six files of a report on its page: what is drawn, to be had; the rest, to be asked."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies
from reporting.models import Rendering, Report
from reporting.services import jobs, rendering


class Files:
    """For ReportAdmin, beside Visible: out of sight is 404 here too."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/draw/", view(self.draw), name="reporting_report_draw"),
            path(
                "<int:pk>/file/<str:kind>/",
                view(self.download),
                name="reporting_report_file",
            ),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        key = object_id if str(object_id).isdecimal() else None
        told = {
            "files": Rendering.objects.filter(report=key).defer("content"),
            "may_draw": jobs.may_ask(request.user),
        }
        context = (extra_context or {}) | told
        return super().changeform_view(request, object_id, form_url, context)

    @inject_app
    def draw(self, request, pk: int, deps: Injected[Dependencies]):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not jobs.may_ask(request.user):
            raise PermissionDenied
        report = self.seen(request, pk)
        rendering.ask_again(report, deps=deps)
        return redirect("admin:reporting_report_change", report.pk)

    @inject_app
    def download(self, request, pk: int, kind: str, deps: Injected[Dependencies]):
        """As stored, to be kept and not shown: a page drawn here is not one of ours."""
        report = self.seen(request, pk)
        file = report.renderings.filter(
            ending=f".{kind}", state=Rendering.State.DONE
        ).first()
        if file is None:
            raise Http404
        answer = HttpResponse(
            bytes(file.content), content_type=rendering.content_type(file.ending, deps)
        )
        name = (
            f"{report.name or report.agency.name}{report.year}年度统计表{file.ending}"
        )
        answer["Content-Disposition"] = content_disposition_header(True, name)
        answer["ETag"] = f'"{file.sha256}"'
        return answer

    def seen(self, request, pk: int) -> Report:
        report = self.get_queryset(request).filter(pk=pk).first()
        if report is None:
            raise Http404
        return report
