"""The first admin: browse. What the log decides is read here and nowhere typed."""

from functools import partial

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from requests_app.admin import acts, explained, file, register, voids
from requests_app.admin.sight import ReadOnly, Visible
from requests_app.models import Agency, DisclosureRequest, Staff, Unit


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
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agency", "applicant")

    def get_urls(self):
        name = "requests_app_disclosurerequest"

        def at(route: str, page, ending: str):
            """The page, given the site; behind the sign-in of the admin."""
            view = self.admin_site.admin_view(partial(page, site=self.admin_site))
            return path(route, view, name=f"{name}_{ending}")

        paper = self.admin_site.admin_view(explained.paper)
        return [
            at("<int:pk>/deadline/", explained.page, "deadline"),
            path("<int:pk>/deadline.pdf", paper, name=f"{name}_deadline_paper"),
            at("register/<slug:channel>/", register.page, "register"),
            at("registered/<str:key>/", register.numbers, "registered"),
            at("registered/<str:key>/receipt.pdf", register.receipt, "receipt"),
            at("alike/", register.alike, "alike"),
            at("<int:pk>/acts/<slug:kind>/", acts.page, "act"),
            at("<int:pk>/entries/<int:sequence>/void/", voids.page, "void"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The file (案卷): nothing on it is typed but by an act."""
        if not object_id.isdecimal():
            raise Http404
        return file.page(request, int(object_id), site=self.admin_site)


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
        (gettext_lazy("机关"), {"fields": ("agency", "unit")}),
    )


@admin.register(Unit)
class UnitAdmin(ModelAdmin):
    list_display = ("name", "agency")
    list_select_related = ("agency",)

    def get_queryset(self, request):
        agencies = Agency.objects.visible_to(request.user)
        return super().get_queryset(request).filter(agency__in=agencies)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "agency":
            kwargs["queryset"] = Agency.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
