"""A row beside what is recorded of the same thing already."""

from collections.abc import Mapping
from typing import Any

from requests_app.imports.faults import Fault, shown

Row = Mapping[str, Any]  # None where nothing is said


def compared(line: int, known: Row, row: Row) -> tuple[dict[str, Any], list[Fault]]:
    """(what the row fills where nothing was recorded, what it contradicts); an empty cell
    does neither."""
    filled, faults = {}, []
    for column, value in row.items():
        before = known.get(column)
        if value is None or value == before:
            continue
        if before is None:
            filled[column] = value
        else:
            message = f"与已记录的“{shown(before)}”不一致，请核对 (already recorded)"
            faults.append(Fault(line, column, str(value), message))
    return filled, faults
