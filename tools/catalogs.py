"""A gettext catalogue in pure Python, since a bare machine has no gettext tools: the text
file (.po) that people edit and the binary (.mo) that Django reads."""

import struct
from ast import literal_eval
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PLURALS = {"en": "nplurals=2; plural=(n != 1);", "zh_Hans": "nplurals=1; plural=0;"}
MAGIC = 0x950412DE


@dataclass(frozen=True, order=True)
class Message:
    """What stands in the code; a message with another context is another message."""

    id: str
    plural: str = ""
    context: str = ""


Catalogue = Mapping[Message, tuple[str, ...]]  # one text, or one for each plural form


def read(text: str) -> Catalogue:
    """The messages of a .po file; comments are not kept."""
    found = {}
    for block in text.split("\n\n"):
        parts = dict(fields(block))
        if parts.get("msgid") and "#, fuzzy" not in block:
            message = Message(
                parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", "")
            )
            found[message] = tuple(
                parts[name] for name in sorted(parts) if name.startswith("msgstr")
            )
    return found


def fields(block: str) -> Iterator[tuple[str, str]]:
    """`msgid "…"` and the quoted lines that go on with it."""
    name, told = "", ""
    for line in block.splitlines():
        if line.startswith("#") or not line:
            continue
        if not line.startswith('"'):
            if name:
                yield name, told
            name, line = line.split(" ", 1)
            told = ""
        told += literal_eval(line)
    if name:
        yield name, told


def write(language: str, catalogue: Catalogue) -> str:
    """Sorted, without places or dates, so that two people's additions seldom meet."""
    head = [
        'msgid ""\nmsgstr ""',
        *(quoted(f"{line}\n") for line in header(language).splitlines()),
    ]
    blocks = ["\n".join(head)]
    for message in sorted(catalogue):
        texts = catalogue[message]
        lines = [f"msgctxt {quoted(message.context)}"] if message.context else []
        lines.append(f"msgid {quoted(message.id)}")
        if message.plural:
            lines.append(f"msgid_plural {quoted(message.plural)}")
            lines += [f"msgstr[{n}] {quoted(text)}" for n, text in enumerate(texts)]
        else:
            lines.append(f"msgstr {quoted(texts[0])}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def header(language: str) -> str:
    return (
        f"Language: {language}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: {PLURALS[language]}\n"
    )


def compiled(language: str, catalogue: Catalogue) -> bytes:
    """The .mo: a table of keys, a table of texts, both sorted by key; no hash table."""
    texts = {b"": header(language).encode()}
    for message, told in catalogue.items():
        if all(told):
            key = f"{message.context}\x04" if message.context else ""
            key += f"{message.id}\0{message.plural}" if message.plural else message.id
            texts[key.encode()] = "\0".join(told).encode()
    keys = sorted(texts)
    start = 28 + 16 * len(keys)
    tables, body = b"", b""
    for column in (keys, [texts[key] for key in keys]):
        for word in column:
            tables += struct.pack("<II", len(word), start + len(body))
            body += word + b"\0"
    head = (MAGIC, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return struct.pack("<7I", *head) + tables + body


def po(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"
