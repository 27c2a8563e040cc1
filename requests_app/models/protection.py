"""The logs, and the records of who saw what, refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE
in the database itself; what a letter says once it is issued, and which papers a file
took in, stands likewise.

`install` runs after every migrate and may run any number of times: SQLite drops a
table's triggers in silence whenever the table is altered.
"""

from collections.abc import Mapping

#: name in the triggers → append-only table
TABLES = {
    "log": "requests_app_logentry",
    "access": "requests_app_accessrecord",
    "complaints": "requests_app_complaintentry",
    "templates": "requests_app_lettertemplate",
}
#: name → (table, from when on, the columns that stand from then on)
STANDING = {
    "letters": (
        "requests_app_letter",
        "OLD.issued_at IS NOT NULL",
        ("kind", "outcome", "dated_on", "addressee", "facts", "decision", "number",
         "sha256", "stored", "issued_at"),
    ),
    "stamped": (
        "requests_app_servedfile",
        "TRUE",
        ("name", "sha256", "stored", "findings", "uploaded_at"),
    ),
    "papers": (
        "requests_app_attachment",
        "TRUE",
        ("kind", "name", "size", "sha256", "stored", "received_at"),
    ),
}  # fmt: skip
REFUSAL = "the log is append-only"

FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_log_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql;
"""
INSTALL = """
DROP TRIGGER IF EXISTS {name}_rows_stay ON {table};
CREATE TRIGGER {name}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_log_change();
DROP TRIGGER IF EXISTS {name}_table_stays ON {table};
CREATE TRIGGER {name}_table_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();
"""
REMOVE = """
DROP TRIGGER IF EXISTS {name}_rows_stay ON {table};
DROP TRIGGER IF EXISTS {name}_table_stays ON {table};
"""
INSTALL_SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS {{name}}_no_{{act}} BEFORE {{act}} ON {{table}}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
REMOVE_SQLITE = "DROP TRIGGER IF EXISTS {name}_no_{act}"
ACTS = ("update", "delete")
INSTALL_STANDING = """
DROP TRIGGER IF EXISTS {name}_words_stay ON {table};
CREATE TRIGGER {name}_words_stay BEFORE UPDATE ON {table}
    FOR EACH ROW WHEN ({since} AND ({changed})) EXECUTE FUNCTION refuse_log_change();
DROP TRIGGER IF EXISTS {name}_row_stays ON {table};
CREATE TRIGGER {name}_row_stays BEFORE DELETE ON {table}
    FOR EACH ROW WHEN ({since}) EXECUTE FUNCTION refuse_log_change();
"""
REMOVE_STANDING = """
DROP TRIGGER IF EXISTS {name}_words_stay ON {table};
DROP TRIGGER IF EXISTS {name}_row_stays ON {table};
"""
INSTALL_STANDING_SQLITE = (
    f"""
CREATE TRIGGER IF NOT EXISTS {{name}}_words_stay BEFORE UPDATE ON {{table}}
    WHEN {{since}} AND ({{changed}}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
""",
    f"""
CREATE TRIGGER IF NOT EXISTS {{name}}_row_stays BEFORE DELETE ON {{table}}
    WHEN {{since}} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
""",
)
REMOVE_STANDING_SQLITE = (
    "DROP TRIGGER IF EXISTS {name}_words_stay",
    "DROP TRIGGER IF EXISTS {name}_row_stays",
)


def install(connection) -> None:
    install_on(TABLES, connection)
    on_postgresql = connection.vendor == "postgresql"
    told = (INSTALL_STANDING,) if on_postgresql else INSTALL_STANDING_SQLITE
    _run(connection, _for_standing(connection, *told))


def install_on(tables: Mapping[str, str], connection) -> None:
    if connection.vendor == "postgresql":
        _run(connection, [FUNCTION, *_for_each(tables, connection, INSTALL)])
    else:
        _run(connection, _for_each(tables, connection, INSTALL_SQLITE))


def remove(connection) -> None:
    """For a test's flush, between two tests, and for nothing else."""
    remove_from(TABLES, connection)
    on_postgresql = connection.vendor == "postgresql"
    told = (REMOVE_STANDING,) if on_postgresql else REMOVE_STANDING_SQLITE
    _run(connection, _for_standing(connection, *told))


def remove_from(tables: Mapping[str, str], connection) -> None:
    on_postgresql = connection.vendor == "postgresql"
    statement = REMOVE if on_postgresql else REMOVE_SQLITE
    _run(connection, _for_each(tables, connection, statement))


def _for_each(tables: Mapping[str, str], connection, statement: str) -> list[str]:
    """Of the tables that there are: an old migration knows fewer."""
    known = set(connection.introspection.table_names())
    acts = ACTS if "{act}" in statement else ("",)
    return [
        statement.format(name=name, table=table, act=act)
        for name, table in tables.items()
        if table in known
        for act in acts
    ]


def _for_standing(connection, *statements: str) -> list[str]:
    known = set(connection.introspection.table_names())
    return [
        statement.format(
            name=name,
            table=table,
            since=since,
            changed=" OR ".join(f"OLD.{c} <> NEW.{c}" for c in columns),
        )
        for name, (table, since, columns) in STANDING.items()
        if table in known
        for statement in statements
    ]


def _run(connection, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install_after_migrate(sender, using: str, **_) -> None:
    from django.db import connections

    install(connections[using])
