"""The floor of the intake benchmark follows the tables: a column added to one of them must
not stop it."""

import pytest
from django.db import connection

from requests_app.models import Applicant, DisclosureRequest, LogEntry, Submission

postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the floor speaks psycopg"
)


@postgresql
def test_the_raw_floor_writes_what_a_request_handed_in_writes(office):
    from benchmarks.bare import raw

    raw(connection.connection, office.pk)
    models = (Applicant, DisclosureRequest, LogEntry, Submission)
    assert [model.objects.count() for model in models] == [1, 1, 2, 1]
