"""A finished text as one string: plain text in any usual encoding, or a DOCX."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from requests_app.imports.sheets import Unreadable
from requests_app.imports.zips import refuse_bomb

MAX_BYTES = 50 * 1024 * 1024
MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_text(path: Path) -> str:
    """Offsets count characters of this string; lines end with a line feed. Unreadable."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"文件大于 {MAX_BYTES >> 20} MB (too large)")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"打不开文件：{error.strerror} (cannot open)") from error
    if not content.strip():
        raise Unreadable("文件是空的 (the file is empty)")
    if content.startswith(b"PK"):
        return docx_text(path)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable("请另存为 .docx 或 .txt (save as .docx or .txt)")
    return decoded(content).replace("\r\n", "\n").replace("\r", "\n")


def decoded(content: bytes) -> str:
    marked = [name for mark, name in MARKED.items() if content.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("文字编码无法识别，请另存为 UTF-8 (unknown encoding)")


def docx_text(path: Path) -> str:
    """Paragraphs and tables in their order, one paragraph or table row a line."""
    refuse_bomb(path)
    try:
        return "\n".join(lines(Document(str(path))))
    except Exception as error:  # python-docx raises whatever a broken part provokes
        raise Unreadable(f"DOCX 文件已损坏：{type(error).__name__}") from error


def lines(document: Docx) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text.replace("\t", " ")
        elif isinstance(block, Table):
            yield from table_lines(block)


def table_lines(table: Table) -> Iterator[str]:
    """Boxes separated by tabs; a merged box once."""
    for row in table.rows:
        once = {cell._tc: cell.text for cell in row.cells}
        texts = [" ".join(text.split()) for text in once.values()]
        yield "\t".join(texts) if len(texts) > 1 else f"{texts[0]}\t"
