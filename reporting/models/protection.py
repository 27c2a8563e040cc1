"""Who set a figure and who wrote a chapter is only added to: the database itself refuses
UPDATE, DELETE and (PostgreSQL) TRUNCATE, by the same triggers as the log."""

from django.db import connections

from requests_app.models.protection import install_on, remove_from

#: name in the triggers → append-only table
TABLES = {
    "figures": "reporting_figurechange",
    "chapters": "reporting_chaptertext",
}


def install(connection) -> None:
    install_on(TABLES, connection)


def remove(connection) -> None:
    """For a test's flush, and for nothing else."""
    remove_from(TABLES, connection)


def install_after_migrate(sender, using: str, **_) -> None:
    install(connections[using])
