"""Counted reports and the jobs that count them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.agencies import Agency


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user) -> "ReportQuerySet":
        return self.filter(agency__in=Agency.objects.visible_to(user))


class Report(models.Model):
    """One agency's draft for a year: recounted at will, one row per scope and form."""

    class Scope(models.TextChoices):
        AREA = "area", _("本级及所辖")
        OWN = "own", _("本机关")

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    form = models.CharField(_("表式"), max_length=40)
    scope = models.CharField(_("范围"), max_length=6, choices=Scope.choices)
    content = models.JSONField(_("内容"))  # the report JSON of INTERFACES §4
    counted_at = models.DateTimeField(_("统计时间"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度统计")
        verbose_name_plural = pgettext_lazy("plural", "年度统计")
        ordering = ["-year", "agency__path"]
        constraints = [
            models.UniqueConstraint(
                name="one_draft_per_agency_year_form_and_scope",
                fields=["agency", "year", "form", "scope"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.agency.name}"


class CountingJob(models.Model):
    """Counting a year for the whole tree; the unique row makes a second beat harmless."""

    year = models.PositiveSmallIntegerField(_("年度"))
    form = models.CharField(_("表式"), max_length=40)
    asked_at = models.DateTimeField(_("提出时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    done_at = models.DateTimeField(_("完成时间"), null=True)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    worker = models.CharField(_("进程"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("统计任务")
        verbose_name_plural = pgettext_lazy("plural", "统计任务")
        constraints = [
            models.UniqueConstraint(
                name="one_job_per_year_and_form", fields=["year", "form"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.form} {self.done}/{self.total}"
