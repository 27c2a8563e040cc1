"""One counter row per agency, series and year: gapless numbers, never reused."""

from django.db import models

from requests_app.models.agencies import Agency


class NumberCounter(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT)
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_counter_per_agency_series_and_year",
                fields=["agency", "series", "year"],
            )
        ]
