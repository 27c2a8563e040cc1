"""Why the database would not, as a sentence for whoever typed the command."""

from django.db import DatabaseError, IntegrityError

MEANWHILE = "期间有人写入了相同内容，请重新导入 (recorded meanwhile: import again)"
BUSY = "数据库忙或连不上，请稍后再试 (the database is busy or away: try again)"
NO_TABLES = (
    "数据库还没有建表或版本较旧，请先运行 manage.py migrate "
    "(tables are missing: run migrate first)"
)
MISSING = ("no such table", "no such column")  # as SQLite says it
UNDEFINED = ("42P01", "42703")  # PostgreSQL: undefined table, undefined column


def why(error: DatabaseError) -> str:
    if isinstance(error, IntegrityError):
        return MEANWHILE
    state = getattr(error.__cause__, "sqlstate", None)
    if state in UNDEFINED or str(error).startswith(MISSING):
        return NO_TABLES
    return BUSY
