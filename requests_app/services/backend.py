"""Who somebody is; what they may do is settled by their roles in code."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import F

from requests_app.models import Staff


class StaffBackend(ModelBackend):
    """There are no single permissions, so a page asks the database for none."""

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        return set()

    def get_user(self, user_id) -> Staff | None:
        """With the agency and the roles, in one statement: a row for each role."""
        rows = Staff.objects.filter(pk=user_id).annotate(one_role=F("groups__name"))
        user, *others = rows or [None]
        if user is None or not self.user_can_authenticate(user):
            return None
        named = {row.one_role for row in (user, *others)}
        user.roles = frozenset(named - {None})
        return user
