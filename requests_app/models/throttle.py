"""How often a caller called in the running minute, shared by every web process."""

from django.db import connection, models, transaction


class ThrottleCount(models.Model):
    """One row per caller; `minute` is the last in which it called, since the epoch."""

    caller = models.CharField(max_length=100, primary_key=True)
    minute = models.BigIntegerField()
    calls = models.PositiveIntegerField()

    @classmethod
    def count(cls, caller: str, minute: int) -> int:
        """Count one more call; how many that makes in that minute. One statement, and
        losing the last few in a crash of the server is no harm."""
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL synchronous_commit TO OFF")
            cursor.execute(UPSERT, [caller, minute])
            return cursor.fetchone()[0]


TABLE = ThrottleCount._meta.db_table
UPSERT = f"""
INSERT INTO {TABLE} (caller, minute, calls) VALUES (%s, %s, 1)
ON CONFLICT (caller) DO UPDATE SET
    calls = CASE WHEN {TABLE}.minute = excluded.minute
            THEN {TABLE}.calls + 1 ELSE 1 END,
    minute = excluded.minute
RETURNING calls
"""
