"""放假安排: every State Council notice that was ever loaded. None is edited or deleted; a
later one for the same year replaces it, and what was known when can be asked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.domain.explanation import HOLIDAYS
from requests_app.models.agencies import Agency
from requests_app.models.language import spoken


class CalendarNotice(models.Model):
    """One notice as loaded; `pk` is the order of loading, `digest` its whole content."""

    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.CharField(_("发文字号"), max_length=60, blank=True)
    published_on = models.DateField(
        _("公布日期"),
        null=True,
        blank=True,
        help_text=_("不详时留空，视为该年元旦起已知"),
    )
    source = models.TextField(_("来源"), blank=True)
    loaded_at = models.DateTimeField(_("载入时间"))
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("载入人")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("放假安排")
        verbose_name_plural = pgettext_lazy("plural", "放假安排")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{_('%(year)s年放假安排') % {'year': self.year}} {self.number}".strip()


class CalendarDay(models.Model):
    """A holiday, or a rest day worked instead (调休上班)."""

    notice = models.ForeignKey(CalendarNotice, models.CASCADE, related_name="days")
    on = models.DateField(_("日期"))
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=60)

    class Meta:
        verbose_name = _("放假与调休日")
        verbose_name_plural = pgettext_lazy("plural", "放假与调休日")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                name="a_notice_orders_a_day_once", fields=["notice", "on"]
            )
        ]

    def __str__(self) -> str:
        name = spoken(self.name, HOLIDAYS.get(self.name, self.name))
        return f"{self.on} {name} {_('上班') if self.working else ''}".strip()


class LocalRestDay(models.Model):
    """地方性假日 (放假办法第四条) of an agency and all below it: whether it stops a
    statutory period is unsettled, so it only warns, and only while `warns` is on."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关及所辖"))
    on = models.DateField(_("日期"))
    name = models.CharField(_("名称"), max_length=60)
    warns = models.BooleanField(
        _("提示"),
        default=False,
        help_text=_("只作提示，不改变任何期限：是否停止计算尚无定论"),
    )

    class Meta:
        verbose_name = _("地方性假日")
        verbose_name_plural = pgettext_lazy("plural", "地方性假日")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                name="one_local_rest_day_per_agency_and_day", fields=["agency", "on"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
