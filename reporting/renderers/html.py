from collections.abc import Iterator
from html import escape
from pathlib import Path

from reporting.grid import PICTURES, Document, Prose, Role, printed
from reporting.renderers.fonts import BOLD, REGULAR, check, embedded
from reporting.renderers.html_table import line, noted, table

STYLE = (Path(__file__).parent / "page.css").read_text("utf-8")
FONT = "@font-face{font-family:%s;font-weight:%d;src:url(%s) format('woff')}"
PAGE = (
    "@page{size:A4 %s;margin:22mm 24mm;font:10.5pt Annex,Names,serif;"
    "@top-right{content:%s;color:#b00020;font-weight:700}"
    "@bottom-center{content:'第 ' counter(page) ' 页 / 共 ' counter(pages) ' 页'}}"
)
COUNTED = "第页共/ 0123456789.-"  # page numbers, and any number in a box
HEAVY = (Role.COLUMN_HEAD, Role.CHAPTER)


class HtmlRenderer:
    """One page that asks nothing of any other host and carries its font; printed, each
    sheet has its banner and its number in the margin."""

    ending = ".html"
    content_type = "text/html; charset=utf-8"

    def render(self, document: Document) -> bytes:
        check(document)
        paper = "landscape" if document.landscape else "portrait"
        style = (
            "".join(FONT % face for face in faces(document))
            + PAGE % (paper, css_string(document.banner))
            + STYLE
        )
        title = document.annexed_to or document.title
        said = line("p", "banner", document.banner) + titled("h1", title, document)
        page = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{escape(title)}</title><style>{style}</style></head>"
            f'<body class="{paper}">{said}{"".join(parts(document))}'
            f"{noted(document.notes)}{pictures(document)}</body></html>"
        )
        return page.encode()


def titled(tag: str, title: str, document: Document) -> str:
    return (
        line(tag, "title", title)
        + line("p", "subtitle", document.subtitle)
        + line("p", "agency", document.agency)
    )


def parts(document: Document) -> Iterator[str]:
    """Text and tables in order; an annex begins on a sheet of its own."""
    annex = bool(document.annexed_to)
    for part in document.in_order():
        if isinstance(part, Prose):
            yield chapter(part)
            continue
        if annex:
            yield f'<p class="annex">附件</p>{titled("h2", document.title, document)}'
            annex = False
        yield table(part)


def pictures(document: Document) -> str:
    """After the tables; each is read out by its title and marks."""
    drawn = "".join(
        f"<figure>{line('figcaption', '', d.title)}{d.svg}</figure>"
        for d in document.pictures
    )
    return line("h2", "heading annex", PICTURES) + drawn if drawn else ""


def chapter(prose: Prose) -> str:
    told = "".join(line("p", "text", text) for text in prose.paragraphs)
    return line("h2", "heading", prose.heading) + told


def faces(document: Document) -> Iterator[tuple[str, int, str]]:
    """(family, weight, font): the form's own words are cut out of the font once for all
    agencies, and beside them what only this one says (a browser looks in the first
    family first)."""
    boxes = [cell for grid in document.grids for cell in grid.cells()]
    light = [printed(cell) for cell in boxes if cell.role not in HEAVY]
    heavy = [cell.text for cell in boxes if cell.role in HEAVY]
    heavy += [grid.caption for grid in document.grids]
    notes = [note for grid in document.grids for note in grid.notes]
    around = (document.subtitle, document.agency, *document.notes, *notes)
    headings = [prose.heading for prose in document.prose]
    around += ("附件", *(prose.text for prose in document.prose), *document.depicted())
    in_light, in_heavy = letters(*light, COUNTED), letters(*heavy)
    yield "Annex", 400, embedded(REGULAR, in_light)
    yield "Annex", 700, embedded(BOLD, in_heavy)
    yield "Names", 400, embedded(REGULAR, letters(*around) - in_light)
    titles = (
        document.title,
        document.annexed_to,
        document.banner,
        *headings,
        *document.depicted(),
    )
    yield "Names", 700, embedded(BOLD, letters(*titles) - in_heavy)


def letters(*texts: str) -> frozenset[str]:
    return frozenset("".join(texts)) - {"\n"}


def css_string(text: str) -> str:
    """Every character by its number: no text ends the string, or the style."""
    return "'" + "".join(f"\\{ord(character):x} " for character in text) + "'"
