"""What the benchmarks write past the models follows the tables: a column added to one of
them must not stop them."""

import pytest
from django.db import connection

from requests_app.models import (
    Applicant,
    DisclosureRequest,
    LogEntry,
    Submission,
    Wording,
)

postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the floor speaks psycopg"
)


@postgresql
def test_the_raw_floor_writes_what_a_request_handed_in_writes(office):
    from benchmarks.bare import raw

    raw(connection.connection, office.pk)
    models = (Applicant, DisclosureRequest, LogEntry, Submission)
    assert [model.objects.count() for model in models] == [1, 1, 2, 1]


@postgresql
@pytest.mark.django_db
def test_the_ledger_of_the_desk_is_written_with_its_words(calendar):
    from benchmarks import desk, ledger

    ledger.write(60, 30)
    desk.word()
    models = (DisclosureRequest, Wording)
    assert [model.objects.count() for model in models] == [60, 60]
