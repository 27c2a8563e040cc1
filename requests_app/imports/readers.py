"""Which function reads a kind of file in."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from requests_app.dependencies import Dependencies
from requests_app.imports.agencies import import_agencies
from requests_app.imports.appeals import import_appeals
from requests_app.imports.jobs import Read
from requests_app.imports.outcome import Outcome
from requests_app.imports.requests import import_requests


def readers(deps: Dependencies) -> Mapping[str, Read]:
    def agencies(path: Path, *, by, **how) -> Outcome:
        return import_agencies(path, deps=deps, **how)

    return {
        "requests": partial(import_requests, deps=deps),
        "appeals": partial(import_appeals, deps=deps),
        "agencies": agencies,
    }
