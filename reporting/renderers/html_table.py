"""A grid as an HTML table: in a report's page, and in the admin with a link on each number."""

from collections.abc import Callable
from html import escape

from reporting.grid import Cell, Grid, Role, is_heading, printed

Link = Callable[[tuple[str, str]], str]  # (line, column) → address
CROWDED = 4  # more columns are set in smaller type and closer
SHORT = 15  # so few rows are kept on one page


def nowhere(_at: tuple[str, str]) -> str:
    return ""


def line(tag: str, kind: str, text: str) -> str:
    return f'<{tag} class="{kind}">{escape(text)}</{tag}>' if text else ""


def noted(notes: tuple[str, ...]) -> str:
    return "".join(line("p", "note", note) for note in notes)


def table(grid: Grid, link: Link = nowhere) -> str:
    """`link`: where the number of a cell leads, if anywhere."""
    short = len(grid.head) + len(grid.body) <= SHORT
    kinds = ["whole"] if short or grid.grouped else []
    kinds += ["crowded"] if len(grid.widths) > CROWDED else []
    widths = "".join(f'<col style="width:{share:.2%}">' for share in grid.widths)
    head, body = (
        "".join(row(cells, link) for cells in part) for part in (grid.head, grid.body)
    )
    return (
        f'<div class="{" ".join(kinds)}"><table>'
        f"{line('caption', 'caption', grid.caption)}"
        f"<colgroup>{widths}</colgroup><thead>{head}</thead><tbody>{body}</tbody>"
        f"</table></div>{noted(grid.notes)}"
    )


def row(cells: tuple[Cell, ...], link: Link) -> str:
    kind = ' class="heading"' if is_heading(cells) else ""
    return f"<tr{kind}>{''.join(box(cell, link) for cell in cells)}</tr>"


def box(cell: Cell, link: Link) -> str:
    spans = "".join(
        f' {name}="{n}"'
        for name, n in (("colspan", cell.columns), ("rowspan", cell.rows))
        if n > 1
    )
    text = escape(printed(cell))
    if text and cell.at and (address := link(cell.at)):
        text = f'<a href="{escape(address)}">{text}</a>'
    if cell.role in (Role.UNIT, Role.NUMBER, Role.CORNER):
        return f'<td class="{cell.role}"{spans}>{text}</td>'
    indent = f' style="padding-left:{0.5 + 1.5 * cell.depth}em"' if cell.depth else ""
    return f'<th scope="{scope(cell)}" class="{cell.role}"{spans}{indent}>{text}</th>'


def scope(cell: Cell) -> str:
    """What a reader aloud says it with; a head over several boxes is a group's."""
    if cell.role is Role.COLUMN_HEAD:
        return "colgroup" if cell.columns > 1 else "col"
    return "rowgroup" if cell.rows > 1 else "row"
