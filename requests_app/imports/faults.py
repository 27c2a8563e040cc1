"""What is wrong with a file, and where."""

from dataclasses import dataclass

SHOWN = 200  # characters of a wrong value that are told again


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of the file; line 0 is the file as a whole."""

    line: int
    column: str | None
    value: str | None
    message: str


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


def shown(value: object) -> str | None:
    """A value as an answer repeats it: bounded, and fit for any terminal."""
    if value is None:
        return None
    told = str(value)
    told = told if len(told) <= SHOWN else f"{told[:SHOWN]}…"
    return told.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
