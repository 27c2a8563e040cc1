"""Gapless serials by one upserted counter row, in the caller's transaction."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.db import connection

from requests_app.dependencies import Counts
from requests_app.models.counters import NumberCounter

Row = tuple[int, str, int, int]  # agency, series, year, by how many or up to which
AT_ONCE = 1000  # rows of one statement
TABLE = NumberCounter._meta.db_table
#: all in one statement, locking the rows in the order given
UPSERT = f"""
INSERT INTO {TABLE} (agency_id, series, year, last) VALUES {{rows}}
ON CONFLICT (agency_id, series, year) DO UPDATE SET last = {{change}}
RETURNING agency_id, series, year, last
"""
ADDED = f"{TABLE}.last + excluded.last"
THE_GREATER = (
    f"CASE WHEN {TABLE}.last < excluded.last THEN excluded.last ELSE {TABLE}.last END"
)


class CountedNumbers:
    """The lock on the counter row is held until the transaction ends: ask late in it."""

    def next(self, agency_id: int, year: int, *series: str) -> tuple[int, ...]:
        rows = [(agency_id, one, year, 1) for one in series]
        last = dict(upserted(rows, ADDED))
        return tuple(last[agency_id, one, year] for one in series)

    def blocks(self, series: str, counts: Counts) -> Counts:
        rows = in_order(series, counts)
        return {(agency, year): n for (agency, _, year), n in upserted(rows, ADDED)}

    def raise_to(self, series: str, serials: Counts) -> None:
        for _ in upserted(in_order(series, serials), THE_GREATER):
            pass


def in_order(series: str, counts: Counts) -> list[Row]:
    """By agency and year, so that two at once wait for each other and never both."""
    return [(agency, series, year, n) for (agency, year), n in sorted(counts.items())]


def upserted(
    rows: Sequence[Row], change: str
) -> Iterator[tuple[tuple[int, str, int], int]]:
    """((agency, series, year), last) of each."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        values = ", ".join(["(%s, %s, %s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                UPSERT.format(rows=values, change=change), [*chain.from_iterable(some)]
            )
            found = cursor.fetchall()
        yield from (((agency, one, year), n) for agency, one, year, n in found)
