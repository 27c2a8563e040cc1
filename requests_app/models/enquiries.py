"""其他来件登记: what came in and is no disclosure request (咨询、更正、信访). It stands apart, so
that no form counts it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain.vocabulary import Channel
from requests_app.models.agencies import Agency
from requests_app.models.applicants import Applicant
from requests_app.models.language import choices
from requests_app.models.requests import DisclosureRequest


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, user) -> "EnquiryQuerySet":
        return self.filter(agency__in=Agency.objects.visible_to(user))


class Enquiry(models.Model):
    class Kind(models.TextChoices):
        CONSULTATION = "consultation", _("咨询")
        CORRECTION = "correction", _("更正（第四十一条）")
        PETITION = "petition", _("信访、投诉、举报（第三十九条）")

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("收件机关"))
    number = models.CharField(_("登记编号"), max_length=60)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    channel = models.CharField(_("来件方式"), max_length=12, choices=choices(Channel))
    received_on = models.DateField(_("收到日期"))
    applicant = models.ForeignKey(Applicant, models.PROTECT, verbose_name=_("来件人"))
    text = models.TextField(_("来件内容"))
    #: 第三十九条: asked for under the name of disclosure, found otherwise before registration
    came_as_request = models.BooleanField(_("以公开申请名义提出"), default=False)
    ground = models.CharField(_("认定理由"), max_length=1000, blank=True)
    registered_at = models.DateTimeField(_("登记时间"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=_("登记人"),
    )  # fmt: skip
    closed_on = models.DateField(_("办结日期"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("办结人"),
    )  # fmt: skip
    result = models.TextField(_("处理结果"), blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("其他来件")
        verbose_name_plural = pgettext_lazy("plural", "其他来件")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_enquirys_number_is_used_once_in_its_agency",
                fields=["agency", "number"],
            ),
            models.CheckConstraint(
                name="an_enquiry_is_closed_by_somebody_with_a_result",
                condition=models.Q(closed_on=None, closed_by=None, result="")
                | models.Q(closed_on__isnull=False, closed_by__isnull=False)
                & ~models.Q(result=""),
            ),
            models.CheckConstraint(
                name="what_came_as_a_request_has_a_ground",
                condition=models.Q(came_as_request=False) | ~models.Q(ground=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Cosignature(models.Model):
    """会签: the petition office hands over a letter that holds a disclosure request; who
    signed on either side, and when. The request is registered by it."""

    enquiry = models.OneToOneField(
        Enquiry, models.PROTECT, primary_key=True, related_name="cosignature"
    )
    disclosure_request = models.OneToOneField(
        DisclosureRequest, models.PROTECT, related_name="cosignature",
        verbose_name=_("所转申请"),
    )  # fmt: skip
    signed_by = models.CharField(_("信访工作机构会签人"), max_length=100)
    signed_on = models.DateField(_("会签日期"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=_("公开工作机构接收人"),
    )  # fmt: skip
    taken_at = models.DateTimeField(_("接收时间"))

    class Meta:
        verbose_name = _("会签")
        verbose_name_plural = pgettext_lazy("plural", "会签")

    def __str__(self) -> str:
        return f"{self.signed_by} {self.signed_on}"
