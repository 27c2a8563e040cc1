"""Drafts that were counted before what stands in their sums was accepted, taken in, or
given back: the count is not wrong, it is of then."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from reporting.models import Edition, EditionStep, Report
from reporting.services.tree import Tree, tree_on

AREA, Act = Report.Scope.AREA, EditionStep.Act
Place = tuple[int, int, str]  # agency, year, form


def changed_below(drafts: Iterable[Report]) -> Mapping[int, datetime]:
    """Key of a draft → when that last happened, of those counted before it; three
    statements, and one for each year's tree, and one where nothing happened."""
    sums = [draft for draft in drafts if draft.scope == AREA]
    if not sums:
        return {}
    since = min(draft.counted_at for draft in sums)
    steps = list(changing(since, {draft.year for draft in sums}))
    last = dict(reached(steps)) if steps else {}
    told = (
        (draft, last.get((draft.agency_id, draft.year, draft.form))) for draft in sums
    )
    return {draft.pk: at for draft, at in told if at and at > draft.counted_at}


def changing(since: datetime, years: Iterable[int]) -> QuerySet:
    """The steps after which another report stands than before, in their order."""
    before = EditionStep.objects.filter(
        edition=OuterRef("edition"), pk__lt=OuterRef("pk")
    )
    accepted = Q(before=Act.ACCEPTED)
    steps = EditionStep.objects.filter(at__gt=since, edition__year__in=years).annotate(
        before=Subquery(before.order_by("-pk").values("act")[:1])
    )
    found = steps.filter(
        (Q(act__in=[Act.ACCEPTED, Act.SIGNED]) & ~accepted)
        | (Q(act=Act.RETURNED) & accepted)
    )
    return found.order_by("at").values_list(
        "edition__agency_id", "edition__scope", "edition__year", "edition__form", "at"
    )


def reached(
    steps: list[tuple[int, str, int, str, datetime]],
) -> Iterator[tuple[Place, datetime]]:
    """The sums that each changes: of the agencies above, as far as none of them has a
    report of its whole area that stands for all below it."""
    years = {year for _, _, year, _, _ in steps}
    trees = {year: tree_on(date(year, 12, 31)) for year in years}
    whole = Edition.objects.filter(year__in=years, scope=AREA).stand()
    stand = set(whole.order_by().values_list("agency_id", "year", "form"))
    for agency, scope, year, form, at in steps:
        for above in upwards(trees[year], agency, scope):
            yield (above, year, form), at
            if (above, year, form) in stand:
                break


def upwards(tree: Tree, agency: int, scope: str) -> Iterator[int]:
    """An agency's own report is a part of its area's too."""
    return (above for above in tree.upwards(agency) if scope != AREA or above != agency)
