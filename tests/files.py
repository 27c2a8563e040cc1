"""Files as an office hands them in, and what a command says of them."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from django.core.management import call_command

Answer = dict[str, Any]
Load = Callable[..., Answer]


def zipped(**parts: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def loader(folder: Path) -> Load:
    def load(content: str | bytes, kind: str = "requests", *options: str) -> Answer:
        """`import_KIND --json` of a file with that content."""
        file = folder / "file"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return answer(kind, file, *options)

    return load


def answer(kind: str, file: Path, *options: str) -> Answer:
    """Exit 0, or 1 exactly where something is rejected; standard output is JSON alone."""
    out = io.StringIO()
    code = 0
    try:
        call_command(f"import_{kind}", str(file), "--json", *options, stdout=out)
    except SystemExit as stop:
        code = stop.code
    told = json.loads(out.getvalue())
    assert code == bool(told["rejected"])
    assert list(told) == [
        "read", "created", "updated", "unchanged", "rejected", "findings",
    ]  # fmt: skip
    return told


def workbook(
    *rows: Sequence[object], merge: str = "", shape=lambda book: None
) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    shape(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def places(told: Answer) -> list[tuple[int, str | None]]:
    return [(fault["line"], fault["column"]) for fault in told["rejected"]]


def done(told: Answer) -> tuple[int, int, int, int]:
    return told["read"], told["created"], told["updated"], told["unchanged"]
