"""What an office writes in its report, chapter by chapter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.models.reports import Report
from requests_app.models.agencies import Agency


class ChapterText(models.Model):
    """报告文字: one version of one chapter, its numbers still placeholders. Saving adds a
    version and changes none: the last one stands, and who wrote the others is told."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    form = models.CharField(_("表式"), max_length=40)
    scope = models.CharField(_("范围"), max_length=6, choices=Report.Scope.choices)
    numeral = models.CharField(_("章"), max_length=4)
    version = models.PositiveIntegerField(_("版本"))
    text = models.TextField(_("文字"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("撰写人"),
        related_name="+",
    )  # fmt: skip
    written_at = models.DateTimeField(_("撰写时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("报告文字")
        ordering = ["agency", "year", "form", "scope", "numeral", "version"]
        constraints = [
            models.UniqueConstraint(
                name="one_version_of_a_chapter",
                fields=["agency", "year", "form", "scope", "numeral", "version"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.agency.name} {self.numeral}（{self.version}）"
