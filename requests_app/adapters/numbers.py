"""Gapless serials by one upserted counter row, in the caller's transaction."""

from itertools import chain

from django.db import connection

from requests_app.dependencies import Counts
from requests_app.models.counters import NumberCounter

AT_ONCE = 1000  # rows of one statement
TABLE = NumberCounter._meta.db_table
#: all in one statement, locking the rows in the order given
UPSERT = f"""
INSERT INTO {TABLE} (agency_id, series, year, last) VALUES {{rows}}
ON CONFLICT (agency_id, series, year) DO UPDATE SET last = {{change}}
RETURNING agency_id, year, last
"""
ADDED = f"{TABLE}.last + excluded.last"
THE_GREATER = (
    f"CASE WHEN {TABLE}.last < excluded.last THEN excluded.last ELSE {TABLE}.last END"
)


class CountedNumbers:
    """The lock on the counter row is held until the transaction ends: ask late in it."""

    def next(self, agency_id: int, series: str, year: int) -> int:
        return self.blocks(series, {(agency_id, year): 1})[agency_id, year]

    def blocks(self, series: str, counts: Counts) -> Counts:
        return self._upsert(series, counts, ADDED)

    def raise_to(self, series: str, serials: Counts) -> None:
        self._upsert(series, serials, THE_GREATER)

    def _upsert(self, series: str, values: Counts, change: str) -> Counts:
        last: dict[tuple[int, int], int] = {}
        ordered = sorted(values.items())
        for start in range(0, len(ordered), AT_ONCE):
            some = ordered[start : start + AT_ONCE]
            rows = ", ".join(["(%s, %s, %s, %s)"] * len(some))
            told = [(agency, series, year, n) for (agency, year), n in some]
            with connection.cursor() as cursor:
                cursor.execute(
                    UPSERT.format(rows=rows, change=change),
                    list(chain.from_iterable(told)),
                )
                last |= {(agency, year): n for agency, year, n in cursor.fetchall()}
        return last
