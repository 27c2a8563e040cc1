"""Staff and their roles. What a role may do is settled in code, so there are no single
permissions to tick."""

from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from requests_app.admin.keeping import KeptByHead
from requests_app.admin.sessions import resume
from requests_app.admin.sign_in import SignInForm, security
from requests_app.models import Staff
from requests_app.models.staff import ROLES
from requests_app.services.sign_in import give_up


def title_of(group: Group) -> str:
    """The role in the reader's language; a group of the office's own by its name."""
    return str(ROLES.get(group.name, group.name))


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Group) -> str:
        return title_of(obj)


class RoleFilter(admin.SimpleListFilter):
    title = _("岗位")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(g.name, title_of(g)) for g in Group.objects.order_by("pk")]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


WHO = (
    "username",
    "password",
    "last_name",
    "first_name",
    "email",
    "agency",
    "unit",
    "groups",
)
NEW = (
    "username",
    "password1",
    "password2",
    "last_name",
    "first_name",
    "email",
    "agency",
    "unit",
    "groups",
)
MAY = ("is_active", "is_staff", "is_superuser")


@admin.register(Staff)
class StaffAdmin(KeptByHead, UserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "last_name", "first_name", "agency", "is_active")
    list_filter = (RoleFilter, "is_active", "is_superuser")
    list_select_related = ("agency",)
    search_fields = ("username", "last_name", "first_name", "agency__name")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": WHO}),
        (_("登录"), {"fields": (*MAY, "last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = ((None, {"fields": NEW}),)

    actions = ("give_up_second_factor",)

    def get_queryset(self, request):
        """A superuser's account is no head's to change."""
        found = super().get_queryset(request)
        return found if request.user.is_superuser else found.filter(is_superuser=False)

    def save_model(self, request, obj, form, change) -> None:
        """Whoever is entered here works here."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def has_reset_permission(self, request) -> bool:
        return request.user.is_superuser

    @admin.action(description=_("重置动态口令（设备丢失时）"), permissions=["reset"])
    def give_up_second_factor(self, request, queryset):
        """For a superuser; whoever lost the device enrols anew."""
        if not request.user.is_superuser:
            raise PermissionDenied
        for user in queryset:
            give_up(user)
        self.message_user(request, gettext("已重置所选人员的动态口令。"))

    def get_urls(self):
        site = self.admin_site
        inside = site.admin_view(partial(security, site=site))
        return [
            path("security/", inside, name="security"),
            path("resume/", partial(resume, site=site), name="resume"),
            *super().get_urls(),
        ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs |= {"form_class": RolesField, "label": _("岗位"), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


admin.site.unregister(Group)  # who holds a role is asked of the list of staff
admin.site.unregister([TOTPDevice, StaticDevice])  # each person's own: 登录与安全
admin.site.login_form = SignInForm
