"""Rows of the machinery whose loss in a crash of the database is no harm: one statement
each, and nobody waits for the disk."""

from django.db import connection, models


def row_of(parameters: int) -> str:
    """What an INSERT takes; the setting holds until the statement's transaction ends."""
    told = f"SELECT {', '.join(['%s'] * parameters)}"
    if connection.vendor == "postgresql":
        told += " FROM set_config('synchronous_commit', 'off', true)"
    return f"{told} WHERE true"  # else SQLite reads ON CONFLICT as a join's


def insert(row: models.Model) -> None:
    fields = [f for f in row._meta.concrete_fields if not f.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({columns}) {row_of(len(values))}",
            values,
        )
