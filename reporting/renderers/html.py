from collections.abc import Iterator
from html import escape
from pathlib import Path

from reporting.grid import Cell, Document, Grid, Role, is_heading, printed
from reporting.renderers.fonts import BOLD, REGULAR, check, embedded

STYLE = (Path(__file__).parent / "page.css").read_text("utf-8")
FONT = "@font-face{font-family:%s;font-weight:%d;src:url(%s) format('woff')}"
PAGE = (
    "@page{size:A4 %s;margin:22mm 24mm;font:10.5pt Annex,Names,serif;"
    "@top-right{content:%s;color:#b00020;font-weight:700}"
    "@bottom-center{content:'第 ' counter(page) ' 页 / 共 ' counter(pages) ' 页'}}"
)
COUNTED = "第页共/ 0123456789.-"  # page numbers, and any number in a box
HEAVY = (Role.COLUMN_HEAD, Role.CHAPTER)
CROWDED = 4  # more columns are set in smaller type and closer
SHORT = 15  # so few rows are kept on one page


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
        said = (
            line("p", "banner", document.banner)
            + line("h1", "title", document.title)
            + line("p", "subtitle", document.subtitle)
            + line("p", "agency", document.agency)
        )
        tables = "".join(map(table, document.grids))
        page = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{escape(document.title)}</title><style>{style}</style></head>"
            f'<body class="{paper}">{said}{tables}{noted(document.notes)}</body></html>'
        )
        return page.encode()


def faces(document: Document) -> Iterator[tuple[str, int, str]]:
    """(family, weight, font): the form's own words are cut out of the font once for all
    agencies, and beside them what names this one."""
    boxes = [cell for grid in document.grids for cell in grid.cells()]
    light = [printed(cell) for cell in boxes if cell.role not in HEAVY]
    heavy = [cell.text for cell in boxes if cell.role in HEAVY]
    heavy += [grid.caption for grid in document.grids]
    notes = [note for grid in document.grids for note in grid.notes]
    around = (document.subtitle, document.agency, *document.notes, *notes)
    yield "Annex", 400, embedded(REGULAR, letters(*light, COUNTED))
    yield "Annex", 700, embedded(BOLD, letters(*heavy))
    yield "Names", 400, embedded(REGULAR, letters(*around))
    yield "Names", 700, embedded(BOLD, letters(document.title, document.banner))


def letters(*texts: str) -> frozenset[str]:
    return frozenset("".join(texts)) - {"\n"}


def css_string(text: str) -> str:
    """Every character by its number: no text ends the string, or the style."""
    return "'" + "".join(f"\\{ord(character):x} " for character in text) + "'"


def line(tag: str, kind: str, text: str) -> str:
    return f'<{tag} class="{kind}">{escape(text)}</{tag}>' if text else ""


def noted(notes: tuple[str, ...]) -> str:
    return "".join(line("p", "note", note) for note in notes)


def table(grid: Grid) -> str:
    short = len(grid.head) + len(grid.body) <= SHORT
    kinds = ["whole"] if short or grid.grouped else []
    kinds += ["crowded"] if len(grid.widths) > CROWDED else []
    widths = "".join(f'<col style="width:{share:.2%}">' for share in grid.widths)
    head, body = ("".join(map(row, part)) for part in (grid.head, grid.body))
    return (
        f'<div class="{" ".join(kinds)}"><table>'
        f"{line('caption', 'caption', grid.caption)}"
        f"<colgroup>{widths}</colgroup><thead>{head}</thead><tbody>{body}</tbody>"
        f"</table></div>{noted(grid.notes)}"
    )


def row(cells: tuple[Cell, ...]) -> str:
    kind = ' class="heading"' if is_heading(cells) else ""
    return f"<tr{kind}>{''.join(map(box, cells))}</tr>"


def box(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{n}"'
        for name, n in (("colspan", cell.columns), ("rowspan", cell.rows))
        if n > 1
    )
    text = escape(printed(cell))
    if cell.role in (Role.UNIT, Role.NUMBER, Role.CORNER):
        return f'<td class="{cell.role}"{spans}>{text}</td>'
    indent = f' style="padding-left:{0.5 + 1.5 * cell.depth}em"' if cell.depth else ""
    return f'<th scope="{scope(cell)}" class="{cell.role}"{spans}{indent}>{text}</th>'


def scope(cell: Cell) -> str:
    """What a reader aloud says it with; a head over several boxes is a group's."""
    if cell.role is Role.COLUMN_HEAD:
        return "colgroup" if cell.columns > 1 else "col"
    return "rowgroup" if cell.rows > 1 else "row"
