from html import escape

from reporting.grid import Cell, Document, Grid, Role, printed
from reporting.renderers.fonts import BOLD, REGULAR, check, embedded

STYLE = """
@font-face { font-family: Annex; font-weight: 400; src: url(%s) format("woff"); }
@font-face { font-family: Annex; font-weight: 700; src: url(%s) format("woff"); }
@page { size: A4 %s; margin: 20mm 22mm; }
body { font: 12pt/1.5 Annex, 仿宋_GB2312, 宋体, serif; max-width: 60em; margin: 2em auto;
       padding: 0 1em; color: #111; background: #fff; }
h1 { font-size: 20pt; text-align: center; margin: 0; letter-spacing: .05em; }
.subtitle { text-align: center; margin: .3em 0 1em; }
.banner { color: #b00020; border: 1px solid; padding: .2em .8em; text-align: center; }
table { border-collapse: collapse; width: 100%%; margin: 0 0 1.5em; }
caption { text-align: left; font-weight: 700; padding: .4em 0; }
th, td { border: 1px solid #333; padding: .25em .6em; font-weight: 400; }
thead { display: table-header-group; }
.column_head, .chapter { font-weight: 700; }
.corner { font-size: 85%%; }
tr { break-inside: avoid; }
th { text-align: left; }
.unit, .number, .column_head { text-align: center; }
.number { font-variant-numeric: tabular-nums; }
"""


class HtmlRenderer:
    """One page that asks nothing of any other host and carries its font."""

    ending = ".html"
    content_type = "text/html; charset=utf-8"

    def render(self, document: Document) -> bytes:
        check(document)
        paper = "landscape" if document.landscape else "portrait"
        fonts = embedded(REGULAR, document), embedded(BOLD, document)
        style = STYLE % (*fonts, paper)
        said = (
            line("p", "banner", document.banner)
            + line("h1", "title", document.title)
            + line("p", "subtitle", document.subtitle)
            + line("p", "agency", document.agency)
        )
        tables = "".join(table(grid) for grid in document.grids)
        page = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{escape(document.title)}</title><style>{style}</style></head>"
            f"<body>{said}{tables}{noted(document.notes)}</body></html>"
        )
        return page.encode()


def line(tag: str, kind: str, text: str) -> str:
    return f'<{tag} class="{kind}">{escape(text)}</{tag}>' if text else ""


def noted(notes: tuple[str, ...]) -> str:
    return "".join(line("p", "note", note) for note in notes)


def table(grid: Grid) -> str:
    widths = "".join(f'<col style="width:{share:.2%}">' for share in grid.widths)
    head = "".join(f"<tr>{''.join(map(box, row))}</tr>" for row in grid.head)
    body = "".join(f"<tr>{''.join(map(box, row))}</tr>" for row in grid.body)
    return (
        f"<table>{line('caption', 'caption', grid.caption)}"
        f"<colgroup>{widths}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>"
        f"{noted(grid.notes)}"
    )


def scope(cell: Cell) -> str:
    """What a reader aloud says with which boxes: a head over several is a group's."""
    if cell.role is Role.COLUMN_HEAD:
        return "colgroup" if cell.columns > 1 else "col"
    return "rowgroup" if cell.rows > 1 else "row"


def box(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{n}"'
        for name, n in (("colspan", cell.columns), ("rowspan", cell.rows))
        if n > 1
    )
    text = escape(printed(cell))
    if cell.role in (Role.UNIT, Role.NUMBER, Role.CORNER):
        return f'<td class="{cell.role}"{spans}>{text}</td>'
    indent = f' style="padding-left:{0.6 + 2 * cell.depth}em"' if cell.depth else ""
    return f'<th scope="{scope(cell)}" class="{cell.role}"{spans}{indent}>{text}</th>'
