"""What has changed in the books since a report was signed: the list a correction is made
from, and the difference between two editions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reporting.models import Edition
from reporting.services.freezing import READ
from requests_app.models.agencies import Agency

Told = dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """One request or appeal that the books tell otherwise today; `was` or `now` is None
    where it was not, or is no longer, on the year's books."""

    source: str
    key: int
    was: Told
    now: Told


def adjustments(edition: Edition) -> Iterator[Adjustment]:
    codes = [code for code, _name in edition.agencies]
    agencies = set(Agency.objects.filter(code__in=codes).values_list("pk", flat=True))
    for source, read in READ.items():
        frozen = {
            fact.object_id: told(fact.dimensions, fact.fee)
            for fact in edition.facts.filter(source=source).iterator()
        }
        for fact in read(edition.year, agencies):
            was, now = frozen.pop(fact.key, None), told(fact.dimensions, fact.fee)
            if was != now:
                yield Adjustment(source=source, key=fact.key, was=was, now=now)
        for key, was in sorted(frozen.items()):
            yield Adjustment(source=source, key=key, was=was, now=None)


def told(dimensions: dict[str, str], fee) -> dict[str, Any]:
    return {**dimensions, "fee": None if fee is None else str(fee)}
