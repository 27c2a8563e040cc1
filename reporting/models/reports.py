"""Counted reports."""

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
    content = models.JSONField(_("内容"))  # the report JSON
    name = models.CharField(
        _("当年机关名称"), max_length=200, blank=True
    )  # as printed: on 31 December
    digest = models.CharField(
        max_length=64, blank=True, editable=False
    )  # of all that it says itself
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
