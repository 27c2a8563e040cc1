"""Intake portals (申请渠道平台): who may hand requests in by machine, and what it did."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.agencies import Agency
from requests_app.models.applicants import new_salt
from requests_app.models.fields import EncryptedTextField
from requests_app.models.requests import DisclosureRequest


class Operation(models.TextChoices):
    """What a caller may be allowed to do through the API."""

    CREATE = "create", _("提出申请")
    READ = "read", _("查询")
    SUPPLEMENT = "supplement", _("提交补正")
    WITHDRAW = "withdraw", _("撤回")
    ATTACH = "attach", _("提交附件")
    CONFIRM = "confirm", _("确认收到")
    REPORTS = "reports", _("查询统计")
    COLLECT = "collect", _("收取报告（含签发人姓名）")
    CALLBACKS = "callbacks", _("回调")


def by_default() -> list[str]:
    """All but what is for an installation above: it tells names of staff."""
    return [str(key) for key in Operation if key != Operation.COLLECT]


class Portal(models.Model):
    """An account of a machine; in a view it stands where a member of staff would."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    agencies = models.ManyToManyField(
        Agency, verbose_name=_("可受理机关"), related_name="portals"
    )
    operations = models.JSONField(_("可用操作"), default=by_default)
    per_minute = models.PositiveIntegerField(_("每分钟调用上限"), default=600)
    created_at = models.DateTimeField(_("开通时间"))
    disabled_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    is_portal = is_authenticated = is_active = True
    is_anonymous = is_superuser = is_staff = False

    class Meta:
        verbose_name = _("申请渠道平台")
        verbose_name_plural = pgettext_lazy("plural", "申请渠道平台")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PortalKeyQuerySet(models.QuerySet["PortalKey"]):
    def valid(self, now: datetime) -> "PortalKeyQuerySet":
        """Not expired, of a portal that is not disabled."""
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=now), portal__disabled_at=None
        )


class PortalKey(models.Model):
    """A key, of which only the hash is kept; two are valid while one replaces the other."""

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="keys")
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("签发时间"))
    expires_at = models.DateTimeField(_("失效时间"), null=True, blank=True)

    objects = PortalKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("平台密钥")
        verbose_name_plural = pgettext_lazy("plural", "平台密钥")
        ordering = ["-created_at"]


class Submission(models.Model):
    """How a request came in through the API, and the code by which the applicant asks for
    it, which is kept as a keyed hash alone."""

    disclosure_request = models.OneToOneField(
        DisclosureRequest, models.PROTECT, primary_key=True, related_name="submission"
    )
    portal = models.ForeignKey(
        Portal, models.PROTECT, null=True, verbose_name=_("平台")
    )
    portal_reference = models.CharField(_("平台编号"), max_length=100, blank=True)
    query_code = models.CharField(max_length=80, editable=False)

    class Meta:
        verbose_name = _("接口提交")
        verbose_name_plural = pgettext_lazy("plural", "接口提交")
        constraints = [
            models.UniqueConstraint(
                name="a_portals_reference_is_used_once",
                fields=["portal", "portal_reference"],
                condition=~Q(portal_reference=""),
            )
        ]


class SupplementText(models.Model):
    """What the applicant wrote as a supplement (补正, 第三十条), with a salt of its own; the
    digest in the log covers it."""

    disclosure_request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="supplements"
    )
    on = models.DateField(_("收到日期"))
    text = models.TextField(_("补正内容"))
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        verbose_name = _("补正内容")
        verbose_name_plural = pgettext_lazy("plural", "补正内容")
        ordering = ["pk"]


class FirstAnswer(models.Model):
    """The answer to a call, given again when the call is repeated. `sealed` is encrypted:
    it holds the query code and a digest of the body."""

    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=128)
    sealed = EncryptedTextField()
    #: keyed hash of what was typed, so that the same under another key is found
    typed = models.CharField(max_length=64, blank=True, editable=False)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_answer_per_caller_and_key", fields=["caller", "key"]
            )
        ]


class ApiCall(models.Model):
    """A portal's call, without personal data: no body, no query, no address."""

    portal = models.ForeignKey(Portal, models.CASCADE, verbose_name=_("平台"))
    at = models.DateTimeField(_("时间"))
    method = models.CharField(_("方法"), max_length=8)
    route = models.CharField(_("接口"), max_length=120)
    reference = models.CharField(_("系统编号"), max_length=60, blank=True)
    status = models.PositiveSmallIntegerField(_("状态码"))
    milliseconds = models.PositiveIntegerField(_("耗时（毫秒）"))

    class Meta:
        verbose_name = _("接口调用")
        verbose_name_plural = pgettext_lazy("plural", "接口调用")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["portal", "at"], name="calls_of_a_portal")]
