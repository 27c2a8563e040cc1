"""统计任务: who asked for a year, how far it is, and the button that asks."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.admin.quoting import TitledForm
from reporting.dependencies import Dependencies, NoSuchForm
from reporting.models import CountingJob
from reporting.services import jobs
from requests_app.admin import ReadOnly, Visible


@admin.register(CountingJob)
class CountingJobAdmin(TitledForm, ReadOnly, Visible, ModelAdmin):
    list_display = (
        "year",
        "form_told",
        "state",
        "share",
        "asked_at",
        "done_at",
        "process",
    )
    list_filter = ("year",)
    fields = (
        "year", "form_told", "state", "live", "asked_at", "started_at", "done_at",
        "attempts", "process",
    )  # fmt: skip
    readonly_fields = fields
    change_list_template = "reporting/jobs.html"

    class Media:
        js = ("reporting/progress.js",)

    @admin.display(description=gettext_lazy("进程"))
    def process(self, job: CountingJob) -> str:
        return format_html("<code>{}</code>", job.worker)

    @admin.display(description=gettext_lazy("状态"))
    def state(self, job: CountingJob) -> str:
        if job.done_at:
            return _("已统计")
        if job.error:
            return _("失败，将再试")
        return _("统计中") if job.started_at else _("等待")

    @admin.display(description=gettext_lazy("进度"))
    def share(self, job: CountingJob) -> str:
        return f"{job.done} / {job.total}"

    @admin.display(description=gettext_lazy("进度"))
    def live(self, job: CountingJob) -> str:
        told = job.progress()
        files = told["files"]
        context = {
            "url": reverse("admin:reporting_countingjob_progress", args=[job.pk]),
            "told": told,
            "drawn": files["done"] + files["failed"],
            "all": sum(files.values()),
        }
        return render_to_string("reporting/progress.html", context)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("count/", view(self.count), name="reporting_countingjob_count"),
            path(
                "<int:pk>/progress/",
                view(self.progress),
                name="reporting_countingjob_progress",
            ),
            *super().get_urls(),
        ]

    @inject_app
    def changelist_view(
        self, request, deps: Injected[Dependencies], extra_context=None
    ):
        year = deps.clock.today().year
        told = {"may_ask": jobs.may_ask(request.user), "years": (year, year - 1)}
        return super().changelist_view(request, (extra_context or {}) | told)

    @inject_app
    def count(self, request, deps: Injected[Dependencies]):
        """This year so far, or last year once more."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not jobs.may_ask(request.user):
            raise PermissionDenied
        year, now = request.POST.get("year", ""), deps.clock.now()
        if year not in (str(now.year), str(now.year - 1)):
            raise Http404
        try:
            job = jobs.ask(year=int(year), since=now, deps=deps)
        except NoSuchForm as error:
            messages.error(request, str(error))
            return redirect("admin:reporting_countingjob_changelist")
        messages.success(request, _("已提出统计 %(year)s 年。") % {"year": year})
        return redirect("admin:reporting_countingjob_change", job.pk)

    def progress(self, request, pk: int):
        job = self.get_queryset(request).filter(pk=pk).first()
        if job is None:
            raise Http404
        return JsonResponse(job.progress())
