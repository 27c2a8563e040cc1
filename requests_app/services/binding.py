"""装订: the pages of a file sewn together and numbered through.

Our own pages are printed, the pictures and PDFs of the file are bound in behind them, and
what cannot be bound in is listed with its hash. The same file gives the same bytes.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter, Transformation

from requests_app.dependencies import Dependencies, Unprintable
from requests_app.services.volume import Kept

MOST_BOUND = 200_000_000  # bytes of all that is bound in
PICTURES = {"image/jpeg": "picture.jpg", "image/png": "picture.png"}
NO_PAPER = "此类文件不能装订，原件见归档包"
TOO_MUCH = "全卷过大，原件见归档包"
BROKEN = "文件损坏或加密，不能装订，原件见归档包"


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What became of it: a PDF of its own, or why there is none."""

    kept: Kept
    pdf: bytes = b""
    pages: int = 0
    why: str = ""


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
        return Bound(kept=one, pdf=pdf, pages=pages_of(pdf))
    except Unprintable:
        return Bound(kept=one, why=BROKEN)


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


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
