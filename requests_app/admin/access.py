"""个人信息查阅记录: read by auditors, written by nobody's hand."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from requests_app.admin.sight import ReadOnly, Visible
from requests_app.models import AccessRecord


@admin.register(AccessRecord)
class AccessRecordAdmin(ReadOnly, Visible, ModelAdmin):
    list_display = ("at", "by", "about", "way", "seen", "reason", "words")
    list_filter = ("way", "reason", "at")
    list_select_related = ("by", "disclosure_request", "enquiry")
    search_fields = (
        "by__username",
        "by__last_name",
        "disclosure_request__number",
        "enquiry__number",
    )
    fields = list_display

    @admin.display(description=_("所涉申请"))
    def about(self, record: AccessRecord) -> str:
        return str(record.disclosure_request or record.enquiry)

    @admin.display(description=_("查阅内容"))
    def seen(self, record: AccessRecord) -> str:
        return record.told()

    def has_view_permission(self, request, obj=None) -> bool:
        user = request.user
        return super().has_view_permission(request, obj) and (
            user.is_superuser or user.has_role("auditor")
        )
