"""What was signed stands in the database itself: of a signed edition nothing changes but its
state, by the steps that there are; its facts come before the signature and stay; steps,
published files and explanations are only added to. Installed like the log's triggers.
"""

from django.db import connections

from requests_app.models import protection

SIGNED = "OLD.digest <> ''"
STAYS = (
    "agency_id", "year", "form", "scope", "number", "content", "entered", "agencies",
    "rests_on", "corrects", "as_of", "release", "digest",
)  # fmt: skip
STEPS = (("signed", "published"), ("signed", "superseded"), ("published", "superseded"))
FACTS, EDITIONS = "reporting_frozenfact", "reporting_edition"
#: name in the triggers → append-only table
TABLES = {
    "steps": "reporting_editionstep",
    "published": "reporting_editionfile",
    "explanations": "reporting_explanation",
}
REFUSAL = "the report is signed"

# A statement may bring thousands of facts: they are looked at together.
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION refuse_facts_of_signed() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM concerned JOIN {EDITIONS} e ON e.id = concerned.edition_id
               WHERE e.digest <> '') THEN
        RAISE EXCEPTION '{REFUSAL}';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS facts_no_more ON {FACTS};
CREATE TRIGGER facts_no_more AFTER INSERT ON {FACTS} REFERENCING NEW TABLE AS concerned
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_facts_of_signed();
DROP TRIGGER IF EXISTS facts_no_less ON {FACTS};
CREATE TRIGGER facts_no_less AFTER DELETE ON {FACTS} REFERENCING OLD TABLE AS concerned
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_facts_of_signed();
DROP TRIGGER IF EXISTS facts_no_other ON {FACTS};
CREATE TRIGGER facts_no_other BEFORE UPDATE ON {FACTS}
    FOR EACH ROW EXECUTE FUNCTION refuse_log_change();
DROP TRIGGER IF EXISTS facts_table_stays ON {FACTS};
CREATE TRIGGER facts_table_stays BEFORE TRUNCATE ON {FACTS}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();
"""
REMOVE_POSTGRESQL = "".join(
    f"DROP TRIGGER IF EXISTS {name} ON {FACTS};\n"
    for name in (
        "facts_no_more",
        "facts_no_less",
        "facts_no_other",
        "facts_table_stays",
    )
)
SQLITE = tuple(
    f"""
CREATE TRIGGER IF NOT EXISTS facts_no_{act} BEFORE {act} ON {FACTS}
    WHEN (SELECT digest FROM {EDITIONS} WHERE id = {row}.edition_id) <> ''
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
    for act, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD"))
)
REMOVE_SQLITE = tuple(
    f"DROP TRIGGER IF EXISTS facts_no_{act}" for act in ("insert", "update", "delete")
)


def install(connection) -> None:
    if not is_ready(connection):
        return
    signed = {"name": "editions", "table": EDITIONS, "since": SIGNED}
    signed["changed"] = otherwise()
    if connection.vendor == "postgresql":
        added = [protection.INSTALL.format(name=n, table=t) for n, t in TABLES.items()]
        kept = protection.INSTALL_STANDING.format(**signed)
        run(connection, protection.FUNCTION, *added, kept, POSTGRESQL)
    else:
        kept = [one.format(**signed) for one in protection.INSTALL_STANDING_SQLITE]
        run(connection, *on_sqlite(protection.INSTALL_SQLITE), *kept, *SQLITE)


def remove(connection) -> None:
    """For a test's flush, and for nothing else."""
    signed = {"name": "editions", "table": EDITIONS}
    if connection.vendor == "postgresql":
        added = [protection.REMOVE.format(name=n, table=t) for n, t in TABLES.items()]
        kept = protection.REMOVE_STANDING.format(**signed)
        run(connection, *added, kept, REMOVE_POSTGRESQL)
    else:
        kept = [one.format(**signed) for one in protection.REMOVE_STANDING_SQLITE]
        run(connection, *on_sqlite(protection.REMOVE_SQLITE), *kept, *REMOVE_SQLITE)


def is_ready(connection) -> bool:
    """An old migration knows no editions, or fewer of their columns."""
    told = connection.introspection
    if EDITIONS not in told.table_names():
        return False
    with connection.cursor() as cursor:
        columns = told.get_table_description(cursor, EDITIONS)
    return {*STAYS} <= {column.name for column in columns}


def on_sqlite(statement: str) -> list[str]:
    return [
        statement.format(name=name, table=table, act=act)
        for name, table in TABLES.items()
        for act in protection.ACTS
    ]


def otherwise() -> str:
    """A column that stays has changed, or the state by a step that there is not."""
    changed = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in STAYS)
    steps = " OR ".join(
        f"(OLD.state = '{was}' AND NEW.state = '{is_}')" for was, is_ in STEPS
    )
    return f"{changed} OR (OLD.state <> NEW.state AND NOT ({steps}))"


def run(connection, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install_after_migrate(sender, using: str, **_) -> None:
    install(connections[using])
