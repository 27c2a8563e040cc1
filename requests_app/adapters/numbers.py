"""Gapless serials by one upserted counter row, in the caller's transaction."""

from django.db import connection

from requests_app.models.counters import NumberCounter

TABLE = NumberCounter._meta.db_table
UPSERT = f"""
INSERT INTO {TABLE} (agency_id, series, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (agency_id, series, year) DO UPDATE SET last = {{change}} RETURNING last
"""
NEXT = UPSERT.format(change=f"{TABLE}.last + excluded.last")
RAISE_TO = UPSERT.format(
    change=f"CASE WHEN {TABLE}.last < excluded.last "
    f"THEN excluded.last ELSE {TABLE}.last END"
)


class CountedNumbers:
    """The lock on the counter row is held until the transaction ends: ask late in it."""

    def next(self, agency_id: int, series: str, year: int) -> int:
        return self.block(agency_id, series, year, 1)

    def block(self, agency_id: int, series: str, year: int, count: int) -> int:
        """Take `count` serials at once; returns the last of them."""
        return self._upsert(NEXT, agency_id, series, year, count)

    def raise_to(self, agency_id: int, series: str, year: int, serial: int) -> None:
        self._upsert(RAISE_TO, agency_id, series, year, serial)

    def _upsert(self, sql: str, *values: object) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()[0]
