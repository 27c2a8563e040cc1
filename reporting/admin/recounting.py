"""A draft that was counted before something changed below it, and the button that counts."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wireup import Injected
from wireup.integration.django import inject_app

from reporting.dependencies import Dependencies
from reporting.models import Report
from reporting.services import jobs
from reporting.services.changed_below import changed_below
from reporting.services.recounting import recount


class Recounting:
    """For ReportAdmin, beside Files."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.recount)
        return [
            path("<int:pk>/recount/", view, name="reporting_report_recount"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        key = object_id if str(object_id).isdecimal() else None
        drafts = self.get_queryset(request).filter(pk=key).defer("content")
        told = {
            "changed": next(iter(changed_below(drafts).values()), None),
            "may_count": jobs.may_ask(request.user),
        }
        context = (extra_context or {}) | told
        return super().changeform_view(request, object_id, form_url, context)

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        found = changed_below(listed.result_list)
        for draft in listed.result_list:
            draft.changed_at = found.get(draft.pk)
        return listed

    @admin.display(description=gettext_lazy("下级变动"))
    def changed(self, draft: Report) -> str:
        """Empty where the count is of today's reports from below."""
        at = getattr(draft, "changed_at", None)
        return (
            _("统计之后：%(at)s") % {"at": f"{localtime(at):%Y-%m-%d %H:%M}"}
            if at
            else ""
        )

    @inject_app
    def recount(self, request, pk: int, deps: Injected[Dependencies]):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not jobs.may_ask(request.user):
            raise PermissionDenied
        draft = self.seen(request, pk)
        if job := recount(draft, deps=deps):
            return redirect("admin:reporting_countingjob_change", job.pk)
        messages.success(request, _("已重新统计。"))
        return redirect("admin:reporting_report_change", draft.pk)
