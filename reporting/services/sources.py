"""What a report's files are drawn from: what it says itself, and the reports that its
pictures show beside it. A file that was drawn from anything else is out of date."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from reporting.models import Edition, Rendering, Report
from reporting.services.around import YEARS
from reporting.services.tree import tree_on

AREA = Report.Scope.AREA
AT_ONCE = 500


def sources(reports: QuerySet[Report]) -> dict[int, str]:
    """Report → the digest of all that a file of it prints (`around`); six statements at
    most, and one for each year's tree."""
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
    """(agency, scope) → (year, form, digest) of its own reports, and its editions."""
    found: Shown = defaultdict(list)
    years = [year for _, _, year, *_ in told]
    which = {
        "agency__in": {agency for _, agency, *_ in told},
        "year__gt": min(years, default=0) - YEARS,
        "year__lt": max(years, default=0),
    }
    for rows, digest in drafts_and_editions(which):
        for agency, scope, *beside in rows.values_list(
            "agency_id", "scope", "year", "form", digest
        ):
            found[agency, scope].append(tuple(beside))
    return found


def shown_below(told: list[Row]) -> Shown:
    """(agency, year, form) → (agency below, digest) of those right below it in the tree of
    that year's 31 December, and their editions."""
    found: Shown = defaultdict(list)
    for year in sorted({year for _, _, year, *_ in told}):
        tree = tree_on(date(year, 12, 31))
        tops = {agency for _, agency, of, *_ in told if of == year}
        above = {
            one: node.above for one, node in tree.nodes.items() if node.above in tops
        }
        for rows, digest in drafts_and_editions({"agency__in": above, "year": year}):
            for agency, form, *beside in rows.values_list("agency_id", "form", digest):
                found[above[agency], year, form].append((agency, *beside))
    return found


def drafts_and_editions(which: dict) -> Iterator[tuple[QuerySet, str]]:
    """What a picture may take its cells from, and what tells that it has changed."""
    yield Report.objects.filter(**which).order_by(), "digest"
    yield Edition.objects.filter(**which).stand().order_by(), "pk"


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
