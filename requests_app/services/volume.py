"""装订: one request's file as one PDF (一申请一卷), its pages numbered through.

Our own pages are printed, the pictures and PDFs of the file are bound in behind them, and
what cannot be bound in is listed with its hash. The same file gives the same bytes.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.timezone import localtime
from pypdf import PdfReader, PdfWriter, Transformation

from requests_app.dependencies import Dependencies, Unprintable
from requests_app.domain.letters import LetterKind
from requests_app.domain.vocabulary import term
from requests_app.models import DisclosureRequest, Letter
from requests_app.services.papers import OFFICE

DOCX = OFFICE + "wordprocessingml.document"
MOST_BOUND = 200_000_000  # bytes of all that is bound in
PICTURES = {"image/jpeg": "picture.jpg", "image/png": "picture.png"}
NO_PAPER = "此类文件不能装订，原件见归档包"
TOO_MUCH = "全卷过大，原件见归档包"
BROKEN = "文件损坏或加密，不能装订，原件见归档包"


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


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What became of it: a PDF of its own, or why there is none."""

    kept: Kept
    pdf: bytes = b""
    pages: int = 0
    why: str = ""


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
    papers = list(bound(kept(disclosure_request), deps))
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
    return sewn(own, papers, on=told["made_on"], deps=deps)


def bound(files: list[Kept], deps: Dependencies) -> Iterator[Bound]:
    left = MOST_BOUND
    for one in files:
        left -= one.size
        yield Bound(kept=one, why=TOO_MUCH) if left < 0 else paged(one, deps)


def paged(one: Kept, deps: Dependencies) -> Bound:
    """As pages; nothing that a file may hold stops the whole."""
    try:
        if one.media_type in PICTURES:
            name = PICTURES[one.media_type]
            files = {name: one.content()}
            pdf = deps.paper.print("picture", {"picture": name}, files)
        elif one.media_type == "application/pdf":
            pdf = plain(one.content())
        else:
            return Bound(kept=one, why=NO_PAPER)
        return Bound(kept=one, pdf=pdf, pages=len(PdfReader(io.BytesIO(pdf)).pages))
    except Unprintable:
        return Bound(kept=one, why=BROKEN)


def plain(content: bytes) -> bytes:
    """The pages alone, turned upright, without anything that acts by itself."""
    try:
        writer = PdfWriter()
        for page in PdfReader(io.BytesIO(content)).pages:
            page.transfer_rotation_to_content()
            page.pop("/AA", None)
            for note in page.get("/Annots") or ():
                note.get_object().pop("/A", None)
                note.get_object().pop("/AA", None)
            writer.add_page(page)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()
    except Exception as error:  # a broken PDF fails in as many ways as there are
        raise Unprintable(f"PDF 无法读取 (no readable PDF): {error}") from error


def sewn(own: bytes, papers: list[Bound], *, on: str, deps: Dependencies) -> bytes:
    """Our pages, then theirs with the running number laid over each."""
    writer = PdfWriter(clone_from=io.BytesIO(own))
    first = len(writer.pages)
    for one in papers:
        for page in PdfReader(io.BytesIO(one.pdf)).pages if one.pages else ():
            writer.add_page(page)
    stamp(writer, first, papers, deps)
    day = on.replace("-", "")
    writer.add_metadata({"/CreationDate": f"D:{day}", "/ModDate": f"D:{day}"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stamp(
    writer: PdfWriter, first: int, papers: list[Bound], deps: Dependencies
) -> None:
    added = writer.pages[first:]
    if not added:
        return
    total = len(writer.pages)
    names = [nth for nth, one in enumerate(papers, 1) for _ in range(one.pages)]
    pages = [
        {
            "width": float(page.mediabox.width),
            "height": float(page.mediabox.height),
            "text": f"附件{nth}　第 {number} 页 / 共 {total} 页",
        }
        for number, (page, nth) in enumerate(zip(added, names, strict=True), first + 1)
    ]
    over = PdfReader(io.BytesIO(deps.paper.print("stamps", {"pages": pages})))
    for page, laid in zip(added, over.pages, strict=True):
        moved = Transformation().translate(*page.mediabox.lower_left)
        page.merge_transformed_page(laid, moved)
