"""How often a caller called in the running minute, shared by every web process."""

from django.db import connection, models

from requests_app.models.unawaited import row_of


class ThrottleCount(models.Model):
    """One row per caller; `minute` is the last in which it called, since the epoch."""

    caller = models.CharField(max_length=100, primary_key=True)
    minute = models.BigIntegerField()
    calls = models.PositiveIntegerField()

    @classmethod
    def count(cls, caller: str, minute: int) -> int:
        """Count one more call; how many that makes in that minute."""
        with connection.cursor() as cursor:
            cursor.execute(UPSERT.format(row=row_of(3)), [caller, minute, 1])
            return cursor.fetchone()[0]


TABLE = ThrottleCount._meta.db_table
UPSERT = f"""
INSERT INTO {TABLE} (caller, minute, calls) {{row}}
ON CONFLICT (caller) DO UPDATE SET
    calls = CASE WHEN {TABLE}.minute = excluded.minute
            THEN {TABLE}.calls + 1 ELSE 1 END,
    minute = excluded.minute
RETURNING calls
"""
