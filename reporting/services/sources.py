"""What a report's files are drawn from: what it says itself, and the reports that its
pictures show beside it. A file that was drawn from anything else is out of date."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from reporting.models import Rendering, Report
from reporting.services.pictures import YEARS

AREA = Report.Scope.AREA
AT_ONCE = 500


def sources(reports: QuerySet[Report]) -> dict[int, str]:
    """Report → the digest of all that a file of it prints; four statements at most."""
    told = list(
        reports.order_by().values_list(
            "pk", "agency_id", "year", "form", "scope", "digest"
        )
    )
    years, below = shown_years(told), shown_below(told)
    found = {}
    for pk, agency, year, form, scope, digest in told:
        beside = [
            one for one in years[agency, scope] if year - YEARS < one[0] < year
        ] + (below[agency, year, form] if scope == AREA else [])
        found[pk] = together(digest, beside) if beside else digest
    return found


Row = tuple[int, int, int, str, str, str]
Shown = dict[tuple, list[tuple]]


def shown_years(told: list[Row]) -> Shown:
    """(agency, scope) → (year, form, digest) of its own reports."""
    found: Shown = defaultdict(list)
    years = [year for _, _, year, *_ in told]
    rows = Report.objects.filter(
        agency__in={agency for _, agency, *_ in told},
        year__gt=min(years, default=0) - YEARS,
        year__lt=max(years, default=0),
    )
    for agency, scope, *beside in rows.order_by().values_list(
        "agency_id", "scope", "year", "form", "digest"
    ):
        found[agency, scope].append(tuple(beside))
    return found


def shown_below(told: list[Row]) -> Shown:
    """(agency, year, form) → (agency below, digest) of those right below it."""
    found: Shown = defaultdict(list)
    rows = Report.objects.filter(
        agency__parent__in={agency for _, agency, *_ in told},
        year__in={year for _, _, year, *_ in told},
        scope=AREA,
    )
    for agency, year, form, *beside in rows.order_by().values_list(
        "agency__parent_id", "year", "form", "agency_id", "digest"
    ):
        found[agency, year, form].append(tuple(beside))
    return found


def together(digest: str, beside: list[tuple]) -> str:
    told = json.dumps([digest, *sorted(beside, key=str)])
    return hashlib.sha256(told.encode()).hexdigest()


def out_of_date(reports: QuerySet[Report]) -> list[int]:
    """The keys of their files that were drawn from something else."""
    now = sources(reports)
    files = Rendering.objects.filter(report__in=reports).order_by()
    rows = files.values_list("pk", "report_id", "source")
    return [pk for pk, report, source in rows if source != now[report]]


def showing(year: int) -> Iterator[QuerySet[Report]]:
    """Those with files that may show reports of that year, some at a time."""
    drawn = Report.objects.filter(
        year__gte=year, year__lt=year + YEARS, pk__in=Rendering.objects.values("report")
    )
    keys = list(drawn.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield Report.objects.filter(pk__in=keys[start : start + AT_ONCE])
