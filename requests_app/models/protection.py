"""The log refuses UPDATE, DELETE and (PostgreSQL) TRUNCATE in the database itself.

`install` runs after every migrate and may run any number of times: SQLite drops a
table's triggers in silence whenever the table is altered.
"""

TABLE = "requests_app_logentry"
REFUSAL = "the log is append-only"

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION refuse_log_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS log_rows_stay ON {TABLE};
CREATE TRIGGER log_rows_stay BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION refuse_log_change();
DROP TRIGGER IF EXISTS log_table_stays ON {TABLE};
CREATE TRIGGER log_table_stays BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();
"""
REMOVE_POSTGRESQL = f"""
DROP TRIGGER IF EXISTS log_rows_stay ON {TABLE};
DROP TRIGGER IF EXISTS log_table_stays ON {TABLE};
"""
SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS log_no_{act.lower()} BEFORE {act} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for act in ("UPDATE", "DELETE")
]
REMOVE_SQLITE = [f"DROP TRIGGER IF EXISTS log_no_{act}" for act in ("update", "delete")]


def install(connection) -> None:
    _run(connection, [POSTGRESQL], SQLITE)


def remove(connection) -> None:
    """For a test's flush, between two tests, and for nothing else."""
    _run(connection, [REMOVE_POSTGRESQL], REMOVE_SQLITE)


def _run(connection, postgresql: list[str], sqlite: list[str]) -> None:
    statements = {"postgresql": postgresql, "sqlite": sqlite}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install_after_migrate(sender, using: str, **_) -> None:
    from django.db import connections

    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)
