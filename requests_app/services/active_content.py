"""What an office document would do by itself when it is opened: macros, controls, a template
fetched from elsewhere. Of a PDF, `pdf_objects` tells."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.parsers import expat

MOST_LISTS = 2_000_000  # bytes, of a document's lists of its parts together
#: parts that are no document's own text; names are told apart without their case (OPC)
BY_NAME = re.compile(r"vbaProject|vbaData|macrosheets|activeX|embeddings/", re.I)
#: the same as the lists of the document tell of it, whatever the part is called
BY_TYPE = re.compile(r"macroEnabled|vbaProject|vbaData|macrosheet|activeX", re.I)
LISTS = re.compile(r"\[Content_Types\]\.xml$|^word/_rels/.*\.rels$", re.I)


class TooMuch(Exception):
    """The lists of a document's parts are larger than any document's are."""


def in_package(package: zipfile.ZipFile) -> bool:
    """Raises TooMuch, ExpatError, and what `papers.UNREADABLE` names."""
    names = package.namelist()
    return any(map(BY_NAME.search, names)) or any(
        BY_TYPE.search(" ".join(told.values())) or is_fetched_template(told)
        for told in listed(package, filter(LISTS.search, names))
    )


def is_fetched_template(told: Mapping[str, str]) -> bool:
    return (
        told.get("TargetMode", "").lower() == "external"
        and "attachedtemplate" in told.get("Type", "").lower()
    )


def listed(
    package: zipfile.ZipFile, lists: Iterator[str]
) -> Iterator[Mapping[str, str]]:
    """The attributes of every element."""
    left = MOST_LISTS
    for name in lists:
        with package.open(name) as opened:
            told = opened.read(left + 1)
        left -= len(told)
        if left < 0:
            raise TooMuch
        yield from attributes(told)


def attributes(told: bytes) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: found.append(given)
    parser.Parse(told, True)
    return found


def refuse(*doctype: object) -> None:
    raise ValueError("a document type, which no list of parts declares (ECMA-376-2)")
