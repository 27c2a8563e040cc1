"""Which row of a file is which: rows met before, in memory that does not grow."""

import hashlib
import json
import pickle
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any


def digest(*parts: str) -> bytes:
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def content(row: Mapping[str, Any]) -> bytes:
    """All that a row says, whatever the order of its columns; an empty cell says as little
    as an absent column."""
    return digest(*(f"{c}={row[c]}" for c in sorted(row) if row[c] is not None))


def key_of(said: bytes, ordinal: int) -> str:
    """Of a row without number: what it says, and which of the equal rows it is."""
    return hashlib.sha256(said + str(ordinal).encode()).hexdigest()


class Met(AbstractContextManager):
    """Keys met so far, in a database of its own that spills to disk."""

    def __init__(self) -> None:
        self.kept = sqlite3.connect("")
        self.kept.execute(
            "CREATE TABLE met (key BLOB PRIMARY KEY, line INT, times INT) WITHOUT ROWID"
        )

    def again(self, key: bytes, line: int) -> tuple[int, int]:
        """(line that it was first met on, how often it was met with this)."""
        return self.kept.execute(
            "INSERT INTO met VALUES (?, ?, 1) "
            "ON CONFLICT DO UPDATE SET times = times + 1 RETURNING line, times",
            (key, line),
        ).fetchone()

    def __exit__(self, *_: object) -> None:
        self.kept.close()


class Aside(AbstractContextManager):
    """Rows put aside in a temporary file, to be taken up in their order later."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by __exit__

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def put(self, row: Any) -> None:
        pickle.dump(row, self.file)

    def __iter__(self) -> Iterator[Any]:
        self.file.seek(0)
        while True:
            try:
                yield pickle.load(self.file)
            except EOFError:
                return
