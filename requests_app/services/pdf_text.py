"""The text of a PDF's first pages, read in a process of its own with a bound on its time and
its memory: what a stranger's file makes the reader do ends there."""

import logging
import resource
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import IO

log = logging.getLogger(__name__)
PAGES = 3
CHARACTERS = 200_000  # of all pages together
SECONDS = 3  # of reckoning
MEMORY = 1_000_000_000
WAIT = 30  # seconds, however busy the machine
#: of one stream; a page that holds more is not read
STREAM = {
    "zlib_maximum_output_length": 5_000_000,
    "stream_parsing_work_maximum_count": 200_000,
    "xform_maximum_invocations_per_extraction": 20,
}


def of(file: IO[bytes]) -> str:
    """What could be read within the bounds. A PDF that cannot be read has no text to look
    at, as a scan has none; it is told of in the log."""
    file.seek(0)
    # isolated: the modules beside this one are not taken for the library's
    command = [sys.executable, "-I", __file__]
    try:
        done = subprocess.run(
            command, input=file.read(), capture_output=True, timeout=WAIT
        )
    except subprocess.TimeoutExpired as late:
        log.warning("the text of a PDF took more than %s s", WAIT)
        return (late.stdout or b"").decode("utf-8", "replace")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        log.warning("a PDF is not read to its end: %s %s", done.returncode, said)
    return done.stdout.decode("utf-8", "replace")


def pages(file: IO[bytes]) -> Iterator[str]:
    from pypdf import PdfReader, apply_configuration  # only in the process of its own

    left = CHARACTERS
    with apply_configuration(**STREAM):
        for page in islice(PdfReader(file).pages, PAGES):
            told = page.extract_text()[:left]
            left -= len(told)
            yield told


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        for page in pages(BytesIO(sys.stdin.buffer.read())):
            sys.stdout.buffer.write(page.encode("utf-8", "replace") + b"\n")
            sys.stdout.flush()
    except Exception as error:  # a broken PDF fails in as many ways as there are
        sys.exit(type(error).__name__)


if __name__ == "__main__":
    main()
