"""取入的表: a filled form that was taken in, and what of it was left out; only added to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.models.figures import WHOLE_YEAR, FigureQuerySet
from requests_app.models.agencies import Agency


class FilledFile(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    quarter = models.PositiveSmallIntegerField(_("季度"), default=WHOLE_YEAR)
    form = models.CharField(_("表式"), max_length=40)
    name = models.CharField(_("文件名"), max_length=200)
    changed = models.PositiveIntegerField(_("取入格数"))
    #: of each box that was not taken: where, which cell, what stood there
    left_out = models.JSONField(_("不取的格"), default=list)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("取入人")
    )
    taken_at = models.DateTimeField(_("取入时间"))

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("取入的表")
        verbose_name_plural = pgettext_lazy("plural", "取入的表")
        ordering = ["-taken_at", "-pk"]
        indexes = [
            models.Index(
                fields=["agency", "year", "form"], name="filled_files_of_a_year"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        if self.pk:
            raise TypeError("what was taken in is not changed afterwards")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("what was taken in is not taken away")
