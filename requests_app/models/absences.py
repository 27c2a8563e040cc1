"""离岗代办: who is away, and who stands in for them. An absence is withdrawn, never edited or
deleted (`protection.py`)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from requests_app.models.agencies import Agency
from requests_app.models.staff import SEE_STAFF


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user) -> "AbsenceQuerySet":
        """One's own, those in which one stands in, and of whom one sees the staff."""
        if user.is_superuser:
            return self
        own = Q(absent=user.pk) | Q(substitute=user.pk)
        if user.has_role(*SEE_STAFF):
            own |= Q(absent__agency__in=Agency.objects.visible_to(user))
        return self.filter(own)

    def between(self, start: date, end: date) -> "AbsenceQuerySet":
        """That stand and share a day with these, both ends included."""
        return self.filter(withdrawn_at=None, from_on__lte=end, until_on__gte=start)

    def on(self, day: date) -> "AbsenceQuerySet":
        return self.between(day, day)

    def with_people(self) -> "AbsenceQuerySet":
        return self.select_related("absent", "substitute", "entered_by", "withdrawn_by")


class Absence(models.Model):
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences",
        verbose_name=_("离岗人"),
    )  # fmt: skip
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="standing_in",
        verbose_name=_("代办人"),
    )  # fmt: skip
    from_on = models.DateField(_("离岗起"))
    until_on = models.DateField(_("离岗止"))  # that day included
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=_("登记人"),
    )  # fmt: skip
    entered_at = models.DateTimeField(_("登记时间"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("撤回人"),
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("离岗代办")
        verbose_name_plural = pgettext_lazy("plural", "离岗代办")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="nobody_stands_in_for_themselves",
                condition=~Q(absent=F("substitute")),
            ),
            models.CheckConstraint(
                name="an_absence_ends_not_before_it_begins",
                condition=Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="an_absence_is_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent} {self.days}"

    @property
    def days(self) -> str:
        return f"{self.from_on} — {self.until_on}"
