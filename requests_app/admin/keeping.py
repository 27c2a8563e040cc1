"""Staff and units: the superuser keeps them all, an office head those of the own agency
(DESIGN §8)."""

from django.http import Http404

from requests_app.admin.searched import SearchedAgencies
from requests_app.models import Unit
from requests_app.models.staff import ROLES

BEYOND = frozenset({"agency", "is_staff", "is_superuser"})


def keeps(user) -> bool:
    if not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or bool(user.agency_id and user.is_office_head())


class KeptByHead(SearchedAgencies):
    def has_module_permission(self, request) -> bool:
        return keeps(request.user)

    def has_add_permission(self, request) -> bool:
        return keeps(request.user)

    def has_change_permission(self, request, obj=None) -> bool:
        return keeps(request.user)

    def has_view_permission(self, request, obj=None) -> bool:
        return keeps(request.user)

    def get_queryset(self, request):
        """What is another agency's is not found."""
        found, user = super().get_queryset(request), request.user
        return found if user.is_superuser else found.filter(agency=user.agency_id)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit" and not request.user.is_superuser:
            kwargs["queryset"] = Unit.objects.filter(agency=request.user.agency_id)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups" and not request.user.is_superuser:
            groups = db_field.remote_field.model.objects
            kwargs["queryset"] = groups.filter(name__in=ROLES)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """Neither the agency nor what reaches beyond it is a head's to say."""
        told = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return told
        return [
            (
                title,
                {**shown, "fields": [n for n in shown["fields"] if n not in BEYOND]},
            )
            for title, shown in told
        ]

    def save_model(self, request, obj, form, change) -> None:
        if not (change or request.user.is_superuser):
            obj.agency_id = request.user.agency_id
        super().save_model(request, obj, form, change)
