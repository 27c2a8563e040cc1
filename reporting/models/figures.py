"""Entered figures (填报数): what no log holds, and what an office held before it had one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.grid import plain
from reporting.period import Span, period
from requests_app.models.agencies import Agency

WHOLE_YEAR = 0  # in the place of a quarter


class FigureQuerySet(models.QuerySet):
    """Of figures and of their changes."""

    def visible_to(self, user) -> "FigureQuerySet":
        return self.filter(agency__in=Agency.objects.visible_to(user))

    def of(self, when: Span) -> "FigureQuerySet":
        """Of a year or one of its quarters; of any other days nothing is entered."""
        days = period(when)
        if days.quarter is None:
            return self.none()
        return self.filter(year=days.year, quarter=days.quarter)


class OfYears(models.Manager.from_queryset(FigureQuerySet)):  # type: ignore[misc]
    """What is of a whole year; the quarters are asked for by name."""

    def get_queryset(self) -> FigureQuerySet:
        return super().get_queryset().filter(quarter=WHOLE_YEAR)


class Figure(models.Model):
    class Origin(models.TextChoices):
        ENTERED = "entered", _("填报")
        OPENING = "opening", _("上线前数据")  # added to the log's count

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    quarter = models.PositiveSmallIntegerField(
        _("季度"), default=WHOLE_YEAR, editable=False
    )
    form = models.CharField(_("表式"), max_length=40)
    line = models.CharField(_("指标"), max_length=20)
    column = models.CharField(_("列"), max_length=40)
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=6)
    origin = models.CharField(
        _("来源"), max_length=10, choices=Origin.choices, default=Origin.ENTERED
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("填报人")
    )
    entered_at = models.DateTimeField(_("填报时间"))
    #: the form asks for a change there (增/减), which may be below zero
    signed = models.BooleanField(default=False, editable=False)

    objects = OfYears()
    of_any_period = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("填报数")
        verbose_name_plural = pgettext_lazy("plural", "填报数")
        ordering = ["-year", "agency__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_figure_per_agency_and_cell",
                fields=[
                    "agency",
                    "year",
                    "quarter",
                    "form",
                    "line",
                    "column",
                    "origin",
                ],
            ),
            models.CheckConstraint(
                name="a_figure_is_of_a_year_or_of_one_of_its_quarters",
                condition=models.Q(quarter__lte=4),
            ),
            models.CheckConstraint(
                name="a_figure_is_not_negative_unless_a_change_is_asked_for",
                condition=models.Q(value__gte=0) | models.Q(signed=True),
            ),
        ]
        indexes = [models.Index(fields=["year", "form"], name="figures_of_a_year")]

    def __str__(self) -> str:
        return f"{self.agency.code} {self.year} {self.line}"


class FigureChange(models.Model):
    """Who set a figure to what, when and from which source; only added to."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    quarter = models.PositiveSmallIntegerField(
        _("季度"), default=WHOLE_YEAR, editable=False
    )
    form = models.CharField(_("表式"), max_length=40)
    line = models.CharField(_("指标"), max_length=20)
    column = models.CharField(_("列"), max_length=40)
    was = models.DecimalField(_("原数值"), max_digits=20, decimal_places=6, null=True)
    now = models.DecimalField(_("新数值"), max_digits=20, decimal_places=6, null=True)
    origin = models.CharField(
        _("来源"), max_length=10, choices=Figure.Origin.choices,
        default=Figure.Origin.OPENING,
    )  # fmt: skip
    reason = models.CharField(_("数据来源"), max_length=200, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("修改人")
    )
    changed_at = models.DateTimeField(_("修改时间"))

    objects = OfYears()
    of_any_period = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("填报数修改记录")
        verbose_name_plural = pgettext_lazy("plural", "填报数修改记录")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["agency", "year", "form"], name="figure_changes_of_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.code} {self.year} {self.line}"

    @property
    def before(self) -> str:
        return plain(self.was)

    @property
    def after(self) -> str:
        return plain(self.now)

    def save(self, *args, **kwargs) -> None:
        if self.pk:
            raise TypeError("a change of a figure is not changed itself")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("a change of a figure is not taken away")
