"""一申请一卷: what one request's file holds, and all of it as one PDF."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.timezone import localtime

from requests_app.dependencies import Dependencies
from requests_app.domain.letters import LetterKind
from requests_app.domain.vocabulary import term
from requests_app.models import DisclosureRequest, Letter
from requests_app.services.papers import OFFICE

DOCX = OFFICE + "wordprocessingml.document"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A stored file of the request, whoever put it there."""

    kind: str
    name: str
    media_type: str
    size: int
    sha256: str
    stored: str

    def content(self) -> bytes:
        with default_storage.open(self.stored) as file:
            return file.read()


def kept(disclosure_request: DisclosureRequest) -> list[Kept]:
    """The papers of the file, then the letters that went out."""
    return [*papers_of(disclosure_request), *letters_of(disclosure_request)]


def letters_of(disclosure_request: DisclosureRequest) -> Iterator[Kept]:
    """What the reader has in hand; as it was issued, where no stamped copy was kept."""
    standing = Letter.objects.answering(disclosure_request).standing().order_by("pk")
    for letter in standing.prefetch_related("files"):
        kind = f"{term(LetterKind, letter.kind).zh} {letter.number}"
        served = letter.served_version()
        yield Kept(
            kind=kind,
            name=served.name if served else f"{letter.number}.docx",
            media_type=served.media_type if served else DOCX,
            size=served.size if served else default_storage.size(letter.stored),
            sha256=served.sha256 if served else letter.sha256,
            stored=served.stored if served else letter.stored,
        )


def papers_of(disclosure_request: DisclosureRequest) -> list[Kept]:
    return [
        Kept(
            kind=str(one.get_kind_display()),
            name=one.name,
            media_type=one.media_type,
            size=one.size,
            sha256=one.sha256,
            stored=one.stored,
        )
        for one in disclosure_request.attachments.standing()
    ]


def withdrawn(disclosure_request: DisclosureRequest) -> list[dict[str, Any]]:
    """What was put in by mistake: neither bound in nor packed, and told of by its hash."""
    papers = disclosure_request.attachments.withdrawn()
    return [
        {
            "kind": str(one.get_kind_display()),
            "name": one.name,
            "size": one.size,
            "sha256": one.sha256,
            "on": str(localtime(one.withdrawn_at).date()),
            "secret": one.secret,
        }
        for one in papers
    ]


def volume(
    disclosure_request: DisclosureRequest,
    *,
    told: Mapping[str, Any],
    deps: Dependencies,
) -> bytes:
    """`told` is what our own pages say. Raises Unprintable naming a character that no font
    has."""
    from requests_app.services import binding  # carries the PDF library: 26 MiB

    papers = list(binding.bound(kept(disclosure_request), deps))
    listed = [
        {
            "nth": nth,
            "kind": one.kept.kind,
            "name": one.kept.name,
            "sha256": one.kept.sha256,
            "pages": one.pages,
            "why": one.why,
        }
        for nth, one in enumerate(papers, 1)
    ]
    out = withdrawn(disclosure_request)
    own = deps.paper.print("volume", {**told, "papers": listed, "withdrawn": out})
    return binding.sewn(own, papers, on=told["made_on"], deps=deps)
