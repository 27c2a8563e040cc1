"""One process at a time, where there are several: on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from reporting.models import CountingJob
from reporting.services import jobs
from reporting.services.alone import alone

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture(autouse=True)
def several():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no workers")


def elsewhere(act):
    """In a thread, which has a connection of its own."""

    def closing():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(closing).result()


def taken(name):
    with alone(name) as mine:
        return mine


def test_what_one_has_the_other_has_not_until_it_is_let_go():
    with alone("a") as mine:
        found = (mine, elsewhere(lambda: taken("a")), elsewhere(lambda: taken("b")))
    assert (*found, elsewhere(lambda: taken("a"))) == (True, False, True, True)


def test_what_fails_lets_go():
    with pytest.raises(ZeroDivisionError), alone("a"):
        _ = 1 / 0
    assert elsewhere(lambda: taken("a"))


def test_a_job_that_another_is_at_is_left_to_it(county, counting):
    job = jobs.ask(year=2018, deps=counting)
    with ThreadPoolExecutor(1) as another:
        lock = alone(f"counting {job.pk}")
        assert another.submit(lock.__enter__).result()
        assert not jobs.run(job, deps=counting)
        assert CountingJob.objects.get().attempts == 0
        another.submit(lock.__exit__, None, None, None).result()
        another.submit(lambda: connection.close()).result()  # its own
    assert jobs.run(job, deps=counting)
