"""What an import did, as `--json` prints it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from requests_app.imports.columns import (
    Column,
    Fault,
    is_header,
    match_header,
    read_row,
)
from requests_app.imports.sheets import Unreadable, from_header, open_rows


@dataclass
class Outcome:
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Fault] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        rejected = sorted(self.rejected, key=lambda f: (f.line, f.column or ""))
        nothing = bool(rejected)  # all or nothing
        return {
            "read": self.read,
            "created": 0 if nothing else self.created,
            "updated": 0 if nothing else self.updated,
            "unchanged": self.unchanged,
            "rejected": [
                {
                    "line": f.line,
                    "column": f.column,
                    "value": f.value,
                    "message": f.message,
                }
                for f in rejected
            ],
            "findings": self.findings,
        }


def rows(
    path: Path,
    columns: Sequence[Column],
    outcome: Outcome,
    tick: Callable[[], object] = lambda: None,
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The well-read rows with their line; faults go to `outcome`, all of them."""
    try:
        found = from_header(open_rows(path), lambda cells: is_header(cells, columns))
        first = next(found, None)
        if first is None:
            raise Unreadable("文件没有内容 (nothing in the file)")
        header, faults = match_header(*first, columns)
        outcome.rejected += faults
        if faults:
            return
        for line, cells in found:
            outcome.read += 1
            tick()
            values, faults = read_row(line, cells, header)
            outcome.rejected += faults
            if not faults:
                yield line, values
    except Unreadable as error:
        outcome.rejected.append(Fault(0, None, None, str(error)))
