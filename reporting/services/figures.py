"""An agency's figures of one origin on one form, of a year or a quarter: what is recorded,
who set which cell to what and when, and the one way in which a cell is set."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from reporting.dependencies import Dependencies
from reporting.models import Figure, FigureChange
from reporting.period import Span, period
from reporting.rules import Cell
from reporting.tables import Form
from requests_app.models.agencies import Agency

Values = Mapping[Cell, Decimal | None]  # None takes a figure away


class Place(NamedTuple):
    agency: Agency
    year: Span
    form: Form
    origin: str

    def columns(self) -> dict[str, Any]:
        of = period(self.year)
        if of.quarter is None:
            raise ValueError(f"{of.name}: neither a year nor a quarter")
        when = {"year": of.year, "quarter": of.quarter}
        return self._asdict() | {"form": self.form.key} | when

    def filter(self, model) -> QuerySet:
        return model.of_any_period.filter(**self.columns())


def recorded(place: Place) -> dict[Cell, Decimal]:
    rows = place.filter(Figure).values_list("line", "column", "value")
    return {(line, column): value for line, column, value in rows}


def changes_of(place: Place) -> QuerySet[FigureChange]:
    return place.filter(FigureChange).order_by("pk")


def last_change(place: Place) -> int:
    """Which change a page was drawn from: 0 before the first."""
    return changes_of(place).values_list("pk", flat=True).last() or 0


def enter(place: Place, values: Values, *, reason: str, by, deps: Dependencies) -> int:
    """In the caller's transaction, under the agency's lock; returns how many changed."""
    before, now = recorded(place), deps.clock.now()
    changed = {cell: v for cell, v in values.items() if v != before.get(cell)}
    named = place.columns()
    for (line, column), value in changed.items():
        if value is None:
            place.filter(Figure).filter(line=line, column=column).delete()
            continue
        Figure.of_any_period.update_or_create(
            **named, line=line, column=column,
            defaults={
                "value": value, "signed": place.form.is_signed((line, column)),
                "entered_by": by, "entered_at": now,
            },
        )  # fmt: skip
    FigureChange.objects.bulk_create(
        FigureChange(
            **named, line=line, column=column, was=before.get((line, column)), now=value,
            reason=reason, changed_by=by, changed_at=now,
        )
        for (line, column), value in changed.items()
    )  # fmt: skip
    return len(changed)
