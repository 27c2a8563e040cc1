"""Who somebody is; what they may do is settled by their roles in code."""

from django.contrib.auth.backends import ModelBackend


class StaffBackend(ModelBackend):
    """There are no single permissions, so a page asks the database for none."""

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        return set()
