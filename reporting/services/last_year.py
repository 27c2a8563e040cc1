"""Last year's reports, for comparison: what was signed, else the draft that was counted."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reporting.models import Edition, Report
from reporting.narrative.lexicon import Cells
from reporting.tables import Form

Kept = dict[tuple[int, str], Cells]  # (agency, scope) → cells


def at_hand(form: Form, year: int, agencies: Iterable[int]) -> Kept:
    """Of the year before, on the same form; agencies without a report are left out."""
    which = {"form": form.key, "year": year - 1, "agency__in": list(agencies)}
    drafts = Report.objects.filter(**which)
    signed = Edition.objects.filter(**which).in_force().order_by("number")
    return {
        (agency_id, scope): cells_of(content)
        for rows in (drafts, signed)
        for agency_id, scope, content in rows.values_list("agency", "scope", "content")
    }


def cells_of(content: Mapping[str, Any]) -> Cells:
    """The cells of a report JSON."""
    return exact(
        {
            (line, column): value
            for line, columns in content["cells"].items()
            for column, value in columns.items()
        }
    )


def exact(cells: Mapping[tuple[str, str], Any]) -> Cells:
    """JSON's floats as the decimals that were written."""
    return {
        place: Decimal(str(value)) if isinstance(value, float) else value
        for place, value in cells.items()
    }
