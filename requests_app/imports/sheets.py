"""A file from an office → numbered rows of raw cells, lazily; told apart by content."""

from collections.abc import Callable, Iterator
from pathlib import Path

from requests_app.imports import plain_text
from requests_app.imports.faults import Unreadable
from requests_app.imports.rows import Bad, Row

__all__ = ["Unreadable", "from_header", "open_rows"]

MAX_BYTES = 100 * 1024 * 1024
CHUNK = 1 << 20
HEADER_WITHIN = 10  # rows in which the header must stand
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # a stream's name in its directory


def open_rows(path: Path) -> Iterator[Row]:
    """(row number as a spreadsheet shows it, cells) of every row that is not blank."""
    start = beginning(path)
    if start.startswith(OLE):
        raise Unreadable(old_or_encrypted(path))
    if start.startswith(b"PK"):
        from requests_app.imports import workbooks  # carries openpyxl: 20 MiB

        return workbooks.rows(path)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Unreadable(
            "是网页或 XML 文件，请在表格软件中打开后另存为 .xlsx 或 .csv "
            "(a web page or XML: open it and save as .xlsx or .csv)"
        )
    return plain_text.rows(path)


def whole_rows(path: Path) -> Iterator[Row]:
    """The same, where a cell without a value (a formula) leaves nothing to go by."""
    for line, cells in open_rows(path):
        for cell in cells:
            if isinstance(cell, Bad):
                raise Unreadable(f"第 {line} 行 {cell} {cell.message}")
        yield line, cells


def beginning(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(
                f"文件有 {size >> 20} MB，最多 {MAX_BYTES >> 20} MB，请分成几个文件 "
                f"({size >> 20} MB is too large: split it)"
            )
        with path.open("rb") as file:
            start = file.read(64)
    except FileNotFoundError as error:
        raise Unreadable(
            f"没有这个文件：{path}，请核对路径 (no such file: check the path)"
        ) from error
    except IsADirectoryError as error:
        raise Unreadable(
            "这是一个文件夹，请指明其中的文件 (a directory: name a file in it)"
        ) from error
    except OSError as error:
        raise Unreadable(
            f"打不开文件，请检查权限 (cannot be opened: {error.strerror})"
        ) from error
    if not start:
        raise Unreadable("文件是空的，请重新导出 (the file is empty: export it again)")
    return start


def old_or_encrypted(path: Path) -> str:
    if ENCRYPTED in path.read_bytes():
        return (
            "文件已加密，请去掉打开密码后另存 (encrypted: save it without a password)"
        )
    return "旧式 .xls 文件，请另存为 .xlsx 或 .csv (an old .xls: save as .xlsx or .csv)"


def from_header(
    rows: Iterator[Row], is_header: Callable[[list[object]], bool]
) -> Iterator[Row]:
    """Skip a title printed above the header; without a header nothing is skipped."""
    first: list[Row] = []
    for row in rows:
        first.append(row)
        if is_header(row[1]):
            first = [row]
            break
        if len(first) == HEADER_WITHIN:
            break
    yield from first
    yield from rows


def about(path: Path) -> int | None:
    """About how many rows it has, for a progress bar; None where only reading tells."""
    try:
        if beginning(path).startswith(b"PK"):
            return None
        with path.open("rb") as file:
            return sum(
                chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b"")
            )
    except (Unreadable, OSError):
        return None
