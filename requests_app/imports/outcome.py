"""What an import did, as `--json` prints it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import reset_queries

from requests_app.imports.columns import (
    NONE,
    Column,
    Headings,
    is_header,
    match_header,
    read_row,
)
from requests_app.imports.faults import Fault, Unreadable, shown
from requests_app.imports.sheets import from_header, open_rows
from requests_app.models import Agency

BATCH = 500


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
                    "column": shown(f.column),
                    "value": shown(f.value),
                    "message": f.message,
                }
                for f in rejected
            ],
            "findings": sorted(self.findings, key=itemgetter("line")),
        }


def rows(
    path: Path,
    columns: Sequence[Column],
    outcome: Outcome,
    tick: Callable[[], object] = lambda: None,
    headings: Headings = NONE,
    most_faults: int = 500_000,  # then the rest of the file is not looked at
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The well-read rows with their line; faults go to `outcome`, all of them."""
    try:
        found = from_header(
            open_rows(path), lambda cells: is_header(cells, columns, headings)
        )
        first = next(found, None)
        if first is None:
            raise Unreadable(
                "文件没有内容，请重新导出 (nothing in it: export it again)"
            )
        header, faults = match_header(*first, columns, headings)
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
            if len(outcome.rejected) > most_faults:
                raise Unreadable(
                    f"错误超过 {most_faults} 处，第 {line} 行以后未检查，请先改正 "
                    f"(too many faults: rows after {line} were not looked at)"
                )
        if not outcome.read:
            raise Unreadable(
                "只有表头，没有数据行，请填写后再导入 (only a header: add rows)"
            )
    except Unreadable as error:
        outcome.rejected.append(Fault(0, None, None, str(error)))


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
        reset_queries()  # with DEBUG on, Django keeps every statement in memory


def agencies_for(by) -> dict[str, Agency]:
    """By code, those that the importer may write of; the command line, None, of all."""
    agencies = Agency.objects.all() if by is None else Agency.objects.visible_to(by)
    return {agency.code: agency for agency in agencies}


def no_such_agency(line: int, code: str, column: str = "agency") -> Fault:
    return Fault(
        line,
        column,
        code,
        "没有此机关代码，请先导入机关 (no such agency: import it first)",
    )
