"""The report JSON laid out for a person: each line of the form, each finding and each
chapter on a line of its own. It is the one file that is not drawn from a Document."""

import json
from collections.abc import Mapping
from typing import Any


def as_text(told: Mapping[str, Any], banner: str = "") -> str:
    """The report with its banner, if it has one, as the last key."""
    told = {**told, "banner": banner} if banner else told
    rows = (f" {written(key)}: {opened(value)}" for key, value in told.items())
    return wrapped("{", rows, "}", "")


def opened(value: Any) -> str:
    if isinstance(value, dict) and value:
        rows = (f"  {written(key)}: {written(held)}" for key, held in value.items())
        return wrapped("{", rows, "}", " ")
    if isinstance(value, list) and value:
        return wrapped("[", (f"  {written(held)}" for held in value), "]", " ")
    return written(value)


def wrapped(first: str, rows, last: str, indent: str) -> str:
    return f"{first}\n" + ",\n".join(rows) + f"\n{indent}{last}"


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
