"""manage.py: a database that is away or empty is told in a sentence, not in a traceback."""

import os
import sys


def main(argv: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(argv)
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in argv:
            raise
        sys.exit(sentence(error))


def sentence(error: Exception) -> str:
    from requests_app.imports.database import why

    first, *_ = str(error).splitlines() or [""]
    return (
        f"{why(error)}\n{type(error).__name__}: {first}\n"
        "DATABASE_URL 指向的数据库见 docs/operations.md；--traceback 给出全部细节"
    )
