"""What a PDF keeps in compressed object streams (ISO 32000-1, 7.5.7), unpacked in a process
of its own with a bound on its time and its memory, and looked through for active names."""

import re
import resource
import subprocess
import sys
from bisect import bisect
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader

SECONDS = 5  # of reckoning
MEMORY = 1_000_000_000
WAIT = 30  # seconds, however busy the machine
MOST_UNPACKED = 40_000_000  # bytes, of all of them together
FOUND = 3  # what the process ends with


def spelt(*names: str) -> str:
    """PDF names, each letter as it is or as #xx (7.3.5)."""
    letters = ("".join(f"(?:{c}|#(?i:{ord(c):02x}))" for c in name) for name in names)
    return rf"/(?:{'|'.join(letters)})"


LONG = ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia")
SHORT = ("JS", "EF")
#: long enough not to stand by chance in a picture's bytes
ANYWHERE = re.compile(rf"{spelt(*LONG)}\b".encode())
IN_OBJECTS = re.compile(rf"{spelt(*LONG, *SHORT)}\b".encode())
#: no object is compressed without one of these
COMPRESSED = re.compile(spelt("ObjStm", "XRef").encode())
HOLDER = re.compile(spelt("ObjStm").encode())
STREAM = re.compile(rb"stream\r?\n")
OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b\s*")


class Unreadable(Exception):
    """It could not be looked through within the bounds."""


def are_active(content: bytes) -> bool:
    """Raises Unreadable."""
    if ANYWHERE.search(content) or IN_OBJECTS.search(outside_streams(content)):
        return True
    return bool(COMPRESSED.search(content)) and apart(content)


def outside_streams(content: bytes) -> bytes:
    return b"\n".join(
        STREAM.split(piece, maxsplit=1)[0] for piece in content.split(b"endstream")
    )


def apart(content: bytes) -> bool:
    # isolated: the modules beside this one are not taken for the library's
    command = [sys.executable, "-I", __file__]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=WAIT)
    except subprocess.TimeoutExpired as late:
        raise Unreadable from late
    if done.returncode not in (0, FOUND):
        raise Unreadable(done.stderr.decode("utf-8", "replace").strip()[-200:])
    return done.returncode == FOUND


def unpacked(content: bytes) -> Iterator[bytes]:
    """Those that the file's own list tells of, and any that stands in it unlisted: who
    repairs a file finds them too."""
    from pypdf import PdfReader  # only in the process of its own, as below

    reader = PdfReader(BytesIO(content))
    for number in {holder for holder, _ in reader.xref_objStm.values()}:
        yield reader.get_object(number).get_data()
    if not reader.is_encrypted:  # else they are no more than the listed ones
        yield from unlisted(content, reader)


def unlisted(content: bytes, reader: "PdfReader") -> Iterator[bytes]:
    from pypdf.generic import StreamObject, read_object

    file, starts = BytesIO(content), [o.end() for o in OBJECT.finditer(content)]
    for named in HOLDER.finditer(content):
        before = bisect(starts, named.start())
        if not before:
            continue
        file.seek(starts[before - 1])
        found = read_object(file, reader)
        if isinstance(found, StreamObject) and found.get("/Type") == "/ObjStm":
            yield found.get_data()


def main() -> None:
    from pypdf import apply_configuration

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    left = MOST_UNPACKED
    try:
        with apply_configuration(zlib_maximum_output_length=MOST_UNPACKED):
            for objects in unpacked(sys.stdin.buffer.read()):
                left -= len(objects)
                if left < 0:
                    sys.exit("too much")
                if IN_OBJECTS.search(objects):
                    sys.exit(FOUND)
    except Exception as error:  # a broken PDF fails in as many ways as there are
        sys.exit(type(error).__name__)


if __name__ == "__main__":
    main()
