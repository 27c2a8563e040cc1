"""CSV: UTF-8 with or without BOM, or GB18030, told apart without asking."""

import csv
import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path

from requests_app.imports.faults import Unreadable
from requests_app.imports.rows import MAX_CELLS, Row, blank

CHUNK = 1 << 20
LONGEST = 131_072  # characters in one field, by which a lost quote is noticed
CHINESE = re.compile("[\u4e00-\u9fff]")
SAVE_AGAIN = "请用表格软件另存为 UTF-8 编码的 CSV (save again as CSV UTF-8)"


def rows(path: Path) -> Iterator[Row]:
    with path.open(encoding=encoding_of(path), newline="") as text:
        first = text.readline()
        text.seek(0)
        delimiter = max(",\t;", key=first.count)
        csv.field_size_limit(LONGEST)
        number = 0
        try:
            for cells in csv.reader(text, delimiter=delimiter, strict=True):
                number += 1
                if len(cells) > MAX_CELLS:
                    raise Unreadable(
                        f"第 {number} 行有 {len(cells)} 格，最多 {MAX_CELLS} 格，"
                        f"请检查分隔符 (row {number}: too many cells)"
                    )
                if not blank(cells := list(cells)):
                    yield number, cells
        except csv.Error as error:
            raise Unreadable(
                f"第 {number + 1} 行：引号不成对，或一格超过 {LONGEST} 字，请改正后"
                f"重新导出 (row {number + 1}: unbalanced quotes or a huge field: {error})"
            ) from error


def encoding_of(path: Path) -> str:
    """UTF-8 where all of it is, else GB18030; Unreadable where neither."""
    place, chinese = first_undecodable(path, "utf-8")
    if place is None:
        return "utf-8-sig"
    with path.open("rb") as file:
        marked = file.read(3) == BOM_UTF8
    if marked or chinese:
        raise Unreadable(
            f"第 {place} 行有不属于 UTF-8 的字节，文件已损坏或混用了两种编码，{SAVE_AGAIN}"
            f" (row {place}: not UTF-8)"
        )
    place, _ = first_undecodable(path, "gb18030")
    if place is None:
        return "gb18030"
    raise Unreadable(
        f"文字编码既不是 UTF-8 也不是 GB18030（第 {place} 行），{SAVE_AGAIN}"
    )


def first_undecodable(path: Path, encoding: str) -> tuple[int | None, bool]:
    """(line of the first byte that is none of the encoding's, or None; whether Chinese
    stood well-formed before it)."""
    decoder = getincrementaldecoder(encoding)()
    line, chinese = 1, False
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                line += chunk[: chunk.index(b"\0")].count(b"\n")
                raise Unreadable(
                    f"第 {line} 行含有空字符，不是文本表格，{SAVE_AGAIN} (NUL bytes)"
                )
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                text = before.decode(encoding, "ignore")
                return line + before.count(b"\n"), chinese or has_chinese(text)
            line += chunk.count(b"\n")
            chinese = chinese or has_chinese(text)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line, chinese
    return None, chinese


def has_chinese(text: str) -> bool:
    """Three characters: two may come about by chance in another encoding's bytes."""
    return len(CHINESE.findall(text)) >= 3
