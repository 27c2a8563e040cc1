from html import escape

from reporting.grid import Cell, Grid, Role, plain
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
table { border-collapse: collapse; width: 100%%; }
th, td { border: 1px solid #333; padding: .25em .6em; font-weight: 400; }
thead { display: table-header-group; }
thead th, .chapter { font-weight: 700; }
tr { break-inside: avoid; }
tbody th { text-align: left; }
.unit, .number, thead th { text-align: center; }
.number { font-variant-numeric: tabular-nums; }
"""


class HtmlRenderer:
    """One page that asks nothing of any other host and carries its font."""

    ending = ".html"
    content_type = "text/html; charset=utf-8"

    def render(self, grid: Grid) -> bytes:
        check(grid)
        paper = "landscape" if grid.landscape else "portrait"
        style = STYLE % (embedded(REGULAR, grid), embedded(BOLD, grid), paper)
        banner = f'<p class="banner">{escape(grid.banner)}</p>' if grid.banner else ""
        widths = "".join(f'<col style="width:{w:.0%}">' for w in grid.widths)
        head = "".join(row(cells, "col") for cells in grid.head)
        body = "".join(row(cells, "row") for cells in grid.body)
        notes = "".join(f"<p>{escape(note)}</p>" for note in grid.notes)
        page = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{escape(grid.title)}</title><style>{style}</style></head><body>"
            f"{banner}<h1>{escape(grid.title)}</h1>"
            f'<p class="subtitle">{escape(grid.subtitle)}</p><p>{escape(grid.agency)}</p>'
            f"<table><colgroup>{widths}</colgroup><thead>{head}</thead>"
            f"<tbody>{body}</tbody></table>{notes}</body></html>"
        )
        return page.encode()


def row(cells: tuple[Cell, ...], scope: str) -> str:
    return f"<tr>{''.join(box(cell, scope) for cell in cells)}</tr>"


def box(cell: Cell, scope: str) -> str:
    spans = "".join(
        f' {name}="{n}"'
        for name, n in (("colspan", cell.columns), ("rowspan", cell.rows))
        if n > 1
    )
    if cell.role in (Role.UNIT, Role.NUMBER):
        text = plain(cell.number) if cell.role is Role.NUMBER else escape(cell.text)
        return f'<td class="{cell.role}"{spans}>{text}</td>'
    indent = f' style="padding-left:{0.6 + 2 * cell.depth}em"' if cell.depth else ""
    return f'<th scope="{scope}" class="{cell.role}"{spans}{indent}>{escape(cell.text)}</th>'
