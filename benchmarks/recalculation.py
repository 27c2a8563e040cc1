"""A changed calendar over the open requests of a province, while ten of them are acted
on: time and peak memory at a tenth of the number and at the whole."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

from django.db import connection

import requests_app
from benchmarks.counting import scratch_database
from benchmarks.measuring import milliseconds, peak_mib
from requests_app.adapters.bells import CeleryBell
from requests_app.adapters.calendars import calendar_in
from requests_app.adapters.clocks import SystemClock
from requests_app.adapters.couriers import LoggingCourier
from requests_app.adapters.numbers import CountedNumbers
from requests_app.adapters.paper import TypstPaper
from requests_app.dependencies import Dependencies
from requests_app.domain.calendars import Calendar
from requests_app.domain.events import Extended, Received, Reviewed
from requests_app.letters.documents import DocxLetters
from requests_app.models import Agency, DisclosureRequest
from requests_app.services import recalculation
from requests_app.services.history import History, record_history
from requests_app.services.recording import record

RECEIVED_ON, BATCH = date(2019, 4, 8), 2000


def run(rows: int) -> None:
    """The peak only ever grows, so the smaller run goes first."""
    if connection.vendor != "postgresql":
        print("recalculation: left out, DATABASE_URL names no PostgreSQL", flush=True)
        return
    for size in (rows // 10, rows):
        with scratch_database():
            once(size)


def once(rows: int) -> None:
    whole = calendar_in(Path(requests_app.__path__[0]) / "calendar_data")
    before = given(whole.known_on(date(2019, 3, 21)))
    after = given(whole.known_on(date(2019, 3, 22)))
    office = Agency.objects.create(
        code="530000", name="云南省人民政府", kind="government", path="/530000/"
    )
    for start in range(0, rows, BATCH):
        count = min(BATCH, rows - start)
        record_history(history(office, count), by=None, deps=before)
    acted = list(DisclosureRequest.objects.order_by("?")[:10])
    acting = Thread(target=act_on, args=(acted, after))
    acting.start()
    took = milliseconds(lambda: recalculation.approve(by=None, deps=after))
    acting.join()
    left = sum(1 for _ in recalculation.preview(deps=after))
    kept = DisclosureRequest.objects.filter(
        pk__in=[r.pk for r in acted], stage="reviewed"
    ).count()
    print(
        f"a changed calendar over {rows} open requests: {took / 1000:.1f} s, "
        f"the process's peak {peak_mib()} MiB, {left} left to move, "
        f"{kept} of {len(acted)} acts made meanwhile stand",
        flush=True,
    )


def act_on(requests: Iterable[DisclosureRequest], deps: Dependencies) -> None:
    try:
        for request in requests:
            record(request, Reviewed(on=deps.clock.today()), by=None, deps=deps)
    finally:
        connection.close()


def history(office: Agency, count: int) -> list[History]:
    received = RECEIVED_ON
    events = (Received(on=received), Extended(on=received + timedelta(2), days=15))
    row = History(agency=office, events=events, number_year=received.year)
    return [row] * count


def given(calendar: Calendar) -> Dependencies:
    return Dependencies(
        clock=SystemClock(),
        calendar=calendar,
        numbers=CountedNumbers(),
        bell=CeleryBell(),
        courier=LoggingCourier(),
        paper=TypstPaper(Path()),
        letters=DocxLetters(),
    )
