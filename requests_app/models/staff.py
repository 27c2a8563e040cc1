"""Staff (工作人员): users who belong to an agency and see its subtree by role."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
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


class Unit(models.Model):
    """承办单位: a unit inside the answering agency, which work is assigned to."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("所属机关"), related_name="units"
    )
    name = models.CharField(_("名称"), max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = _("承办单位")
        ordering = ["agency", "name"]
        constraints = [
            models.UniqueConstraint(
                name="a_units_name_is_used_once_in_its_agency",
                fields=["agency", "name"],
            )
        ]

    def __str__(self) -> str:
        return self.name


class StaffQuerySet(models.QuerySet["Staff"]):
    def visible_to(self, user) -> "StaffQuerySet":
        if user.is_superuser:
            return self
        if user.has_role(*SEE_STAFF):
            return self.filter(agency__in=Agency.objects.visible_to(user))
        return self.filter(pk=user.pk)


class StaffManager(UserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def get_queryset(self):
        """With the agency: every page of a user asks what lies below it."""
        return super().get_queryset().select_related("agency")


class Staff(AbstractUser):
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name=_("所属机关"),
        related_name="staff",
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, verbose_name=_("承办单位"),
        related_name="staff",
    )  # fmt: skip

    #: raised to end every session of this person (登录与安全)
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects = StaffManager()

    def _get_session_auth_hash(self, secret=None) -> str:
        """Of the password and of the round: a new one of either ends the sessions."""
        key = "requests_app.models.staff.Staff.session"
        told = f"{self.session_round}:{self.password}"
        return salted_hmac(key, told, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def roles(self) -> frozenset[str]:
        """Read once: a page asks for them many times."""
        return frozenset(self.groups.values_list("name", flat=True))

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def is_office_head(self) -> bool:
        """机构负责人: may consent to an extension and give the reasons asked of a head."""
        return self.is_superuser or self.has_role("office_head")

    class Meta(AbstractUser.Meta):
        verbose_name = _("工作人员")
        verbose_name_plural = pgettext_lazy("plural", "工作人员")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """Surname first, as Chinese names are written."""
        return f"{self.last_name}{self.first_name}"
