"""What portal and applicant may know of where a request stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from requests_app.models import Attachment, DisclosureRequest, ServedFile
from requests_app.services import letters

OPINION = "opinion"


def told(made: DisclosureRequest) -> dict[str, Any]:
    """Without any name: an open consultation is `opinion`, whoever is consulted."""

    def text(day) -> str | None:
        return day.isoformat() if day else None

    waiting = {w for w in made.waiting_for.split(",") if w}
    known = {"supplement", "payment"}
    return {
        "reference": made.reference,
        "number": made.number,
        "agency": made.agency.code,
        "stage": str(made.stage),
        "received_on": text(made.received_on),
        "base_due_on": text(made.base_due_on),
        "due_on": text(made.due_on),
        "provisional": made.provisional,
        "waiting_for": sorted(w if w in known else OPINION for w in waiting),
        "outcome": made.outcome or None,
        "replied_on": text(made.replied_on),
        "voided_on": text(made.voided_on),
    }


@dataclass(frozen=True, kw_only=True)
class Paper:
    """`name` is told to whoever asks, and so names nobody."""

    name: str
    media_type: str
    size: int
    sha256: str
    stored: str


def documents(made: DisclosureRequest) -> list[Paper]:
    """The reply's papers for the applicant: none until the reply is served (送达)."""
    if made.delivered_on is None:
        return []
    kept = {paper.sha256: paper for paper in reply_files(made)}
    return [neutral(paper, "答复书", n) for n, paper in enumerate(kept.values(), 1)]


def neutral(paper: ServedFile | Attachment, called: str, n: int) -> Paper:
    """Whatever it was called when it was handed in."""
    return Paper(
        name=f"{called}{n}{PurePath(paper.name).suffix.lower()}",
        media_type=paper.media_type,
        size=paper.size,
        sha256=paper.sha256,
        stored=paper.stored,
    )


def reply_files(made: DisclosureRequest) -> Iterator[ServedFile | Attachment]:
    """The stamped copy of the letter that the reply went out by, then what is with it."""
    letter = letters.of_the_reply(made)
    copy = letter and letter.served_version()
    if copy:
        yield copy
    yield from made.attachments.of_the_reply()
