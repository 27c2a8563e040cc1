"""Loading a notice: added beside the earlier ones, never in their place."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from requests_app.dependencies import Dependencies
from requests_app.domain.calendars import Calendar, Notice
from requests_app.domain.regimes import NotAllowed
from requests_app.models.calendar import CalendarDay, CalendarNotice, LocalRestDay
from requests_app.models.requests import DisclosureRequest

ALARM_FROM = (11, 1)  # by then next year's notice is usually out


@transaction.atomic
def load(
    notices: Iterable[Notice], *, at: datetime, by=None, source: str = ""
) -> list[CalendarNotice]:
    """Those not loaded yet, in the order given; NotAllowed for one that cannot be."""
    known = set(CalendarNotice.objects.values_list("digest", flat=True))
    loaded = []
    for notice in notices:
        digest = hashlib.sha256(notice.content().encode()).hexdigest()
        if digest in known:
            continue
        forbid_impossible(notice)
        row = CalendarNotice.objects.create(
            year=notice.year,
            number=notice.number or "",
            published_on=notice.published_on,
            source=source,
            loaded_at=at,
            loaded_by=by,
            digest=digest,
        )
        CalendarDay.objects.bulk_create(
            CalendarDay(notice=row, on=d.on, working=d.working, name=d.name)
            for d in notice.days
        )
        loaded.append(row)
        known.add(digest)
    return loaded


def forbid_impossible(notice: Notice) -> None:
    """A notice orders days of its year and of the December before, each once; a holiday
    that is ordered as worked on a plain working day orders nothing."""
    if not notice.days:
        raise NotAllowed(f"{notice.year} 年放假安排没有任何日期 (no day is given)")
    days = [d.on for d in notice.days]
    twice = sorted({str(on) for on in days if days.count(on) > 1})
    if twice:
        raise NotAllowed(f"日期重复：{'、'.join(twice)} (given twice)")
    outside = [
        str(on)
        for on in days
        if on.year != notice.year and (on.year, on.month) != (notice.year - 1, 12)
    ]
    if outside:
        raise NotAllowed(
            f"不属于 {notice.year} 年放假安排：{'、'.join(outside)} (not of that year)"
        )
    unnamed = [str(d.on) for d in notice.days if not d.name.strip()]
    if unnamed:
        raise NotAllowed(f"没有节日名称：{'、'.join(unnamed)} (a name is missing)")
    needless = [str(d.on) for d in notice.days if d.working and d.on.weekday() < 5]
    if len(needless) > len(days) // 2:
        raise NotAllowed("多数日期本是工作日，请核对放假与上班 (holiday or worked?)")


def missing_year(today: date, calendar: Calendar) -> int | None:
    """The year whose notice is missing, from 1 November before it on."""
    if not calendar.is_published(today.year):
        return today.year
    late = (today.month, today.day) >= ALARM_FROM
    following = today.year + 1
    return following if late and not calendar.is_published(following) else None


def local_rest_days(disclosure_request: DisclosureRequest) -> list[LocalRestDay]:
    """Those that fall into its period and warn; they move no due day."""
    due = disclosure_request.due_on
    if due is None or disclosure_request.replied_on:
        return []
    above = disclosure_request.agency.path.strip("/").split("/")
    return list(
        LocalRestDay.objects.filter(
            agency__code__in=above,
            warns=True,
            on__gt=disclosure_request.received_on,
            on__lte=due,
        )
    )


def alarm(*, deps: Dependencies) -> int | None:
    return missing_year(deps.clock.today(), deps.calendar)
