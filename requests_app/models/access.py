"""查阅记录: who saw personal data unmasked, and why. Append-only (`protection.py`)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.agencies import Agency
from requests_app.models.enquiries import Enquiry
from requests_app.models.language import listed
from requests_app.models.requests import DisclosureRequest


class AccessRecordQuerySet(models.QuerySet["AccessRecord"]):
    def visible_to(self, user) -> "AccessRecordQuerySet":
        """Auditors look over what others saw in their subtree (DESIGN §8)."""
        if user.is_superuser:
            return self
        if not user.has_role("auditor"):
            return self.none()
        agencies = Agency.objects.visible_to(user)
        return self.filter(
            models.Q(disclosure_request__agency__in=agencies)
            | models.Q(enquiry__agency__in=agencies)
        )


class AccessRecord(models.Model):
    class Reason(models.TextChoices):
        HANDLING = "handling", _("办理需要")
        SERVICE = "service", _("送达答复")
        IDENTITY = "identity", _("核对身份")
        APPEAL = "appeal", _("应诉需要")
        ARCHIVE = "archive", _("归档移交")
        OTHER = "other", _("其他")

    class Way(models.TextChoices):
        PAGE = "page", _("案卷页面")
        PAPER = "paper", _("全卷文件")
        PACKAGE = "package", _("归档包")
        FILE = "file", _("附件下载")
        API = "api", _("接口")

    disclosure_request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, null=True, related_name="access_records",
        verbose_name=_("所涉申请"),
    )  # fmt: skip
    enquiry = models.ForeignKey(
        Enquiry, models.PROTECT, null=True, related_name="access_records",
        verbose_name=_("其他来件"),
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=_("查阅人"),
    )  # fmt: skip
    at = models.DateTimeField(_("时间"))
    way = models.CharField(_("途径"), max_length=10, choices=Way.choices)
    fields = models.JSONField(_("查阅内容"))
    reason = models.CharField(_("查阅事由"), max_length=10, choices=Reason.choices)
    words = models.CharField(_("说明"), max_length=400, blank=True)

    objects = AccessRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("个人信息查阅记录")
        verbose_name_plural = pgettext_lazy("plural", "个人信息查阅记录")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="seen_of_a_request_or_of_other_mail",
                condition=models.Q(disclosure_request=None, enquiry__isnull=False)
                | models.Q(disclosure_request__isnull=False, enquiry=None),
            ),
            models.CheckConstraint(
                name="another_reason_is_put_in_words",
                condition=~models.Q(reason="other") | ~models.Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def told(self) -> str:
        """What was seen, in the reader's language."""
        return listed(FIELDS.get(name, name) for name in self.fields)


#: what is masked until somebody asks, with a name each; `papers`: files of the applicant
FIELDS = {
    "name": _("姓名（名称）"),
    "id_number": _("证件号码"),
    "phone": _("联系电话"),
    "fax": _("传真"),
    "address": _("通信地址"),
    "postcode": _("邮政编码"),
    "email": _("电子邮箱"),
    "workplace": _("工作单位"),
    "legal_representative": _("法定代表人"),
    "contact_name": _("联系人姓名"),
    "licence": _("营业执照信息"),
    "participants": _("共同申请人、代理人"),
    "papers": _("申请人材料"),
}
