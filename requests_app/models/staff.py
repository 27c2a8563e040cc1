"""Staff (工作人员): users who belong to an agency and see its subtree by role."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from requests_app.models.agencies import Agency

#: DESIGN §8; each is a group of that name, made by migration
ROLES = {
    "intake_clerk": "受理人员",
    "handler": "承办人员",
    "reviewer": "审核人员",
    "confidentiality_reviewer": "保密审查人员",
    "office_head": "机构负责人",
    "statistician": "统计人员",
    "supervisor": "监督人员",
    "auditor": "审计人员",
}


class Staff(AbstractUser):
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name="所属机关",
        related_name="staff",
    )  # fmt: skip

    def is_office_head(self) -> bool:
        """机构负责人: may consent to an extension and give the reasons asked of a head."""
        return self.is_superuser or self.groups.filter(name="office_head").exists()

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "工作人员"
