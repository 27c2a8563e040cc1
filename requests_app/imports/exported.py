"""Appeals as the file that brings them in: read again, it changes nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from requests_app.domain.vocabulary import (
    Answer,
    AppealResult,
    Procedure,
    Term,
    term,
)
from requests_app.imports.appeals import as_row
from requests_app.imports.columns import APPEALS
from requests_app.models import Appeal

TERMS: Mapping[str, type[Term]] = {
    "procedure": Procedure,
    "result": AppealResult,
    "co_defendant": Answer,
    "orders_disclosure": Answer,
}


def lines(found: QuerySet[Appeal]) -> Iterator[list[str]]:
    """In Chinese whoever reads: an official file. `found` brings agency and request."""
    yield [column.headings[0] for column in APPEALS]
    for appeal in found.iterator(chunk_size=2000):
        row = as_row(appeal) | {"agency": appeal.agency.code, "result": appeal.result}
        yield [written(column.key, row[column.key]) for column in APPEALS]


def written(key: str, value: Any) -> str:
    if value is None:
        return ""
    return term(TERMS[key], value).zh if key in TERMS else str(value)
