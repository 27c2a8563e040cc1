"""日监测: what falls due, told once per step; any number of beats tell it no oftener."""

from collections.abc import Iterator
from datetime import date

from requests_app.dependencies import Dependencies
from requests_app.domain.report_days import report_days
from requests_app.models import Appeal, DisclosureRequest, OutboxMessage
from requests_app.services import absences
from requests_app.services.calendars import missing_year

#: working days before the due day on which it is told; and, past it, overdue
STEPS = {5: "due_in_5", 3: "due_in_3", 1: "due_in_1", 0: "due_today"}
FURTHEST = max(STEPS)


def daily(*, deps: Dependencies) -> int:
    """Write the day's notices; returns how many were new."""
    before = OutboxMessage.objects.count()
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                topic=topic, key=key, payload=payload, next_at=deps.clock.now()
            )
            for topic, key, payload in notices(deps)
        ],
        ignore_conflicts=True,  # the key is unique: told before, or by another beat
        batch_size=500,
    )
    deps.bell.ring("requests_app.deliver_outbox")
    return OutboxMessage.objects.count() - before


Notice = tuple[str, str, dict[str, str | int | list[int]]]


def notices(deps: Dependencies) -> Iterator[Notice]:
    yield from about_requests(deps)
    yield from about_appeals(deps)
    yield from about_reports(deps)
    year = missing_year(deps.clock.today(), deps.calendar)
    if year is not None:
        month = f"{deps.clock.today():%Y-%m}"
        yield "calendar.missing", f"calendar:{year}:{month}", {"year": year}


def about_requests(deps: Dependencies) -> Iterator[Notice]:
    """To the handler, and to who stands in for them that day; to nobody in particular
    while nobody has it."""
    today = deps.clock.today()
    minders = absences.minders(today)
    last = deps.calendar.nth(today, FURTHEST)
    due = DisclosureRequest.objects.open().filter(due_on__lte=last)
    rows = due.values_list("reference", "due_on", "handler")
    for reference, due_on, handler in rows.iterator():
        if told := step(today, due_on, deps):
            key = f"watch:{reference}:{due_on}:{told}"
            to = [who for who in (handler, minders.get(handler)) if who]
            payload = {"reference": reference, "due_on": str(due_on), "step": told}
            yield "watch.request", key, payload | {"to": to}


def about_appeals(deps: Dependencies) -> Iterator[Notice]:
    """The office as respondent: answers to review and court, performance of a decision."""
    today = deps.clock.today()
    for appeal in Appeal.objects.with_duties().iterator():
        for duty, due_on in appeal.duties(deps.calendar):
            if told := step(today, due_on, deps):
                key = f"watch:appeal:{appeal.pk}:{due_on}:{told}"
                payload = {
                    "appeal": appeal.pk,
                    "duty": duty.zh,
                    "due_on": str(due_on),
                    "step": told,
                }
                yield "watch.appeal", key, payload


def about_reports(deps: Dependencies) -> Iterator[Notice]:
    """年度报告: the days by which last year's is due. Whether one is late is not told here:
    who has handed up what stands on the board of the collection."""
    today = deps.clock.today()
    for due in report_days(today.year - 1):
        told = step(today, due.on, deps)
        if told and told != "overdue":
            payload = {"due_on": str(due.on), "step": told, "who": due.who}
            payload |= {"year": today.year - 1, "article": due.article}
            yield "watch.report", f"watch:report:{due.on}:{told}", payload


def step(today: date, due_on: date, deps: Dependencies) -> str | None:
    """The notice that a due day calls for on that day; None for none."""
    if due_on < today:
        return "overdue"
    if due_on == today:
        return STEPS[0]
    return STEPS.get(deps.calendar.between(today, due_on))
