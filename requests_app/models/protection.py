"""The logs refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE in the database itself.

`install` runs after every migrate and may run any number of times: SQLite drops a
table's triggers in silence whenever the table is altered.
"""

from collections.abc import Iterable

#: table → what its triggers are called by
TABLES = {
    "requests_app_logentry": "log",
    "requests_app_complaintentry": "complaints_log",
}
REFUSAL = "the log is append-only"
ACTS = ("UPDATE", "DELETE")

REFUSE = f"""
CREATE OR REPLACE FUNCTION refuse_log_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql;
"""
REMOVE_POSTGRESQL = """
DROP TRIGGER IF EXISTS {name}_rows_stay ON {table};
DROP TRIGGER IF EXISTS {name}_table_stays ON {table};
"""
POSTGRESQL = (
    REMOVE_POSTGRESQL
    + """
CREATE TRIGGER {name}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_log_change();
CREATE TRIGGER {name}_table_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();
"""
)
SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {{name}}_no_{act.lower()} BEFORE {act} ON {{table}}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for act in ACTS
]
REMOVE_SQLITE = [f"DROP TRIGGER IF EXISTS {{name}}_no_{act.lower()}" for act in ACTS]


def install(connection, tables: Iterable[str] = TABLES) -> None:
    statements = {"postgresql": [REFUSE, POSTGRESQL], "sqlite": SQLITE}
    _run(connection, statements[connection.vendor], tables)


def remove(connection) -> None:
    """For a test's flush, between two tests, and for nothing else."""
    statements = {"postgresql": [REMOVE_POSTGRESQL], "sqlite": REMOVE_SQLITE}
    _run(connection, statements[connection.vendor], TABLES)


def _run(connection, statements: list[str], tables: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            for statement in statements:
                cursor.execute(statement.format(table=table, name=TABLES[table]))


def install_after_migrate(sender, using: str, **_) -> None:
    from django.db import connections

    connection = connections[using]
    there = {*connection.introspection.table_names()}
    install(connection, [table for table in TABLES if table in there])
