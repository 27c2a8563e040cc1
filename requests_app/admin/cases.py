"""The first admin: browse. What the log decides is read here and nowhere typed."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline

from requests_app.admin import explained
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.models import Agency, Appeal, DisclosureRequest, LogEntry, Staff
from requests_app.models.language import spoken


class LogInline(ReadOnly, TabularInline):
    model = LogEntry
    extra = 0
    fields = ("sequence", "on", "what", "details", "recorded_at", "recorded_by")
    readonly_fields = fields
    ordering = ("sequence",)

    @admin.display(description=gettext_lazy("事项"))
    def what(self, entry: LogEntry) -> str:
        event = entry.event()
        return spoken(event.zh, event.kind.replace("_", " "))


@admin.register(DisclosureRequest)
class DisclosureRequestAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = (
        "number",
        "agency",
        "channel",
        "received_on",
        "due_on",
        "stage",
        "replied_on",
        "outcome",
        "timeliness",
    )
    list_filter = ("stage", "channel", "outcome", "timeliness", "provisional")
    search_fields = ("number", "reference", "wording__subject")
    date_hierarchy = "received_on"
    list_select_related = ("agency",)
    inlines = (LogInline,)
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agency", "applicant")

    def get_urls(self):
        name = "requests_app_disclosurerequest_deadline"
        page = self.admin_site.admin_view(
            lambda request, pk: explained.page(request, pk, self.admin_site)
        )
        paper = self.admin_site.admin_view(explained.paper)
        return [
            path("<int:pk>/deadline/", page, name=name),
            path("<int:pk>/deadline.pdf", paper, name=f"{name}_paper"),
            *super().get_urls(),
        ]

    def get_fields(self, request, obj=None):
        return ["explained", *super().get_fields(request, obj)]

    def get_readonly_fields(self, request, obj=None):
        return ["explained", *super().get_readonly_fields(request, obj)]

    @admin.display(description=gettext_lazy("期限说明"))
    def explained(self, request: DisclosureRequest) -> str:
        """The due day and the way to its explanation."""
        name = "admin:requests_app_disclosurerequest_deadline"
        due = f"{request.due_on:%Y-%m-%d}" if request.due_on else "—"
        return format_html(
            '{}{} · <a href="{}">{}</a> · <a href="{}">PDF</a>',
            due,
            _("（暂定）") if request.provisional else "",
            reverse(name, args=[request.pk]),
            _("逐日说明"),
            reverse(f"{name}_paper", args=[request.pk]),
        )


@admin.register(Appeal)
class AppealAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = (
        "case_number",
        "agency",
        "procedure",
        "filed_on",
        "decided_on",
        "result",
    )
    list_filter = ("procedure", "result")
    search_fields = ("case_number",)
    list_select_related = ("agency",)


@admin.register(Agency)
class AgencyAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = ("code", "name", "kind", "level", "parent", "dissolved_on")
    list_filter = ("kind", "level")
    search_fields = ("code", "name")
    list_select_related = ("parent",)


@admin.register(Staff)
class StaffAdmin(UserAdmin, ModelAdmin):
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (gettext_lazy("机关"), {"fields": ("agency",)}),
    )
