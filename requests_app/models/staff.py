"""Staff (工作人员): users who belong to an agency and see its subtree by role."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.agencies import Agency

#: DESIGN §8; each is a group of that name, made by migration
ROLES = {
    "intake_clerk": _("受理人员"),
    "handler": _("承办人员"),
    "reviewer": _("审核人员"),
    "confidentiality_reviewer": _("保密审查人员"),
    "office_head": _("机构负责人"),
    "statistician": _("统计人员"),
    "supervisor": _("监督人员"),
    "auditor": _("审计人员"),
}


#: who sees the staff of their agency and below; the others see themselves
SEE_STAFF = ("office_head", "supervisor", "auditor")


class StaffQuerySet(models.QuerySet["Staff"]):
    def visible_to(self, user) -> "StaffQuerySet":
        if user.is_superuser:
            return self
        if user.has_role(*SEE_STAFF):
            return self.filter(agency__in=Agency.objects.visible_to(user))
        return self.filter(pk=user.pk)


class StaffManager(UserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    use_in_migrations = False


class Staff(AbstractUser):
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name=_("所属机关"),
        related_name="staff",
    )  # fmt: skip

    objects = StaffManager()

    def has_role(self, *roles: str) -> bool:
        return self.groups.filter(name__in=roles).exists()

    def is_office_head(self) -> bool:
        """机构负责人: may consent to an extension and give the reasons asked of a head."""
        return self.is_superuser or self.groups.filter(name="office_head").exists()

    class Meta(AbstractUser.Meta):
        verbose_name = _("工作人员")
        verbose_name_plural = pgettext_lazy("plural", "工作人员")
