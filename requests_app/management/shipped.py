"""After every migrate the notices that this release ships and the database lacks are
loaded; those that an office loaded itself stay."""

from django.db import connections

from requests_app.adapters.calendars import SHIPPED, notices_in
from requests_app.adapters.clocks import SystemClock
from requests_app.domain.wording import both
from requests_app.models.calendar import CalendarDay
from requests_app.services.calendars import load

SOURCE = both("随软件发布", "shipped with the software")


def load_after_migrate(sender, using: str, **_) -> None:
    tables = connections[using].introspection.table_names()
    if using == "default" and CalendarDay._meta.db_table in tables:
        load(notices_in(SHIPPED), at=SystemClock().now(), source=SOURCE)
