"""Requests as the rows of a ledger, every column a text, put into words by the database."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from requests_app.models import DisclosureRequest

BATCH = 2000
TYPED = ("number", "reference", "agency__name", "wording__subject", "topic")
CHOSEN = ("channel", "applicant_kind", "stage", "outcome", "timeliness")
COLUMNS = (
    "number", "reference", "agency__name", "channel", "applicant_kind",
    "wording__subject", "topic", "received_on", "due_on", "stage", "replied_on",
    "outcome", "timeliness",
)  # fmt: skip


def plain(column: str):
    return Coalesce(F(column), Value(""), output_field=TextField())


def harmless(column: str):
    """CSV knows no types: what a spreadsheet would reckon gets an apostrophe before it."""
    text = plain(column)
    return Case(
        When(
            **{f"{column}__regex": r"^[=+\-@＝＋－＠\t\r\n]"},
            then=Concat(Value("'"), text, output_field=TextField()),
        ),
        default=text,
        output_field=TextField(),
    )


def worded(column: str):
    """The label of a choice, in the reader's language."""
    choices = DisclosureRequest._meta.get_field(column).flatchoices
    return Case(
        *(When(**{column: key}, then=Value(str(label))) for key, label in choices),
        default=Value(""),
        output_field=TextField(),
    )


def told(column: str, *, safe: bool):
    if column in CHOSEN:
        return worded(column)
    if column in TYPED:
        return harmless(column) if safe else plain(column)
    return Coalesce(Cast(F(column), CharField()), Value(""), output_field=CharField())


def ledger(found: QuerySet, *, safe: bool) -> QuerySet:
    """In the order of the list; names and identity stay out of it. `safe` for CSV."""
    texts = {f"told{n}": told(c, safe=safe) for n, c in enumerate(COLUMNS)}
    return found.select_related(None).annotate(**texts).values_list(*texts)


def rows(found: QuerySet, *, safe: bool) -> Iterator[Sequence[str]]:
    """PostgreSQL's COPY hands a row at a time over, and plans for all of them; a cursor of
    the server's would be planned for its first rows."""
    asked = ledger(found, safe=safe)
    if connection.vendor == "postgresql":
        return csv.reader(str(row, "utf-8") for row in copied(asked))
    return asked.iterator(chunk_size=BATCH)


def csv_blocks(found: QuerySet) -> Iterable[bytes] | None:
    """Written by PostgreSQL itself, block by block; None on another engine."""
    if connection.vendor != "postgresql":
        return None
    return copied(ledger(found, safe=True))


def copied(asked: QuerySet) -> Iterator[bytes]:
    try:
        statement, values = asked.query.sql_with_params()
    except EmptyResultSet:  # known to be empty before the database is asked
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({statement}) TO STDOUT WITH (FORMAT csv)", values) as out,
    ):
        for block in out:
            yield bytes(block)
