"""A draft counted again: at once where that is a matter of milliseconds, else by the year's
job, whose page shows how far it is."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from reporting.dependencies import Dependencies
from reporting.models import CountingJob, Report
from reporting.services import jobs, rendering
from reporting.services.editions import Which, counted
from reporting.services.tree import tree_on

AT_ONCE = 100  # agencies


def recount(draft: Report, *, deps: Dependencies) -> CountingJob | None:
    """None: it is done. The job, where it was asked for."""
    now = deps.clock.now()
    area = tree_on(date(draft.year, 12, 31)).area(draft.agency_id)
    if draft.scope == Report.Scope.AREA and len(area) > AT_ONCE:
        return jobs.ask(year=draft.year, form_key=draft.form, since=now, deps=deps)
    which = Which(draft.agency, draft.year, draft.form, draft.scope)
    _tally, content = counted(which, deps)
    retell(which, content, counted_at=now, deps=deps)
    return None


@transaction.atomic
def retell(
    which: Which,
    content: Mapping[str, Any],
    *,
    counted_at: datetime,
    deps: Dependencies,
) -> None:
    """The draft and its files say this from now on."""
    for draft in which.filter(Report).select_related("agency"):
        draft.content, draft.counted_at = content, counted_at
        draft.digest = jobs.digest(content, draft.name, draft.agency.banner)
        draft.save(update_fields=["content", "counted_at", "digest"])
        if draft.renderings.exists():
            rendering.ask(Report.objects.filter(pk=draft.pk), deps=deps)
            transaction.on_commit(lambda: deps.bell.ring(rendering.TASK))
