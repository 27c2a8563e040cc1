"""What is handed up and signed is read as at one instant, whoever writes meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
from django.db import IntegrityError, connection

from reporting.models import Edition
from reporting.services import editions, filing
from reporting.services.editions import Which
from reporting.services.snapshot import one_snapshot
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Staff
from requests_app.services.history import History, record_history
from tests.fakes import FixedClock
from tests.reporting.conftest import granted

SEVERAL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


@dataclass
class Interrupted(FixedClock):
    """Something happens whenever it is asked for the time."""

    meanwhile: Callable[[], object] = lambda: None

    def now(self):
        self.meanwhile()
        return super().now()


def elsewhere(act):
    """In a thread, which has a connection of its own."""

    def closing():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(closing).result()


@pytest.fixture
def whole(committed, office):
    return Which(office, 2018, "national_2018", "area")


@SEVERAL
def test_a_letter_entered_meanwhile_is_neither_counted_nor_frozen(
    whole, county, letters, deps, statistics
):
    row = History(agency=county, number_year=2018, channel="post", events=granted())
    busy = Interrupted(
        statistics.clock.at,
        lambda: elsewhere(lambda: record_history([row], by=None, deps=deps)),
    )
    head = Staff.objects.create_superuser("root", agency=whole.agency)
    edition = filing.submit(whole, by=head, deps=replace(statistics, clock=busy))
    assert edition.content["cells"]["3.1"] == {"count": 3}
    assert edition.facts.count() == 3
    assert editions.verify(edition, statistics) == ""
    _, recounted = editions.counted(whole, statistics)
    assert recounted["cells"]["3.1"]["count"] > 3


@SEVERAL
def test_whoever_was_overtaken_is_told_and_nothing_is_written(
    whole, letters, statistics
):
    head = Staff.objects.create_superuser("root", agency=whole.agency)
    edition = filing.submit(whole, by=head, deps=statistics)
    same = Edition.objects.filter(pk=edition.pk)
    with pytest.raises(NotAllowed, match="有人同时"), one_snapshot():
        assert same.get().state == "submitted"
        elsewhere(lambda: same.update(state="returned"))
        same.update(state="accepted")
    assert same.get().state == "returned"


@pytest.mark.django_db
def test_any_other_fault_is_no_matter_of_who_came_first(office):
    with pytest.raises(IntegrityError), one_snapshot():
        Edition.objects.create(
            agency=office, year=2018, form="national_2018", scope="own",
            state="signed", content={}, as_of="2019-01-10T09:00:00+08:00",
        )  # fmt: skip
