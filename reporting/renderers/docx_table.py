"""A grid as WordprocessingML: python-docx has no word for spans, and merges slowly."""

from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reporting.grid import Cell, Grid, Role, is_heading, positions, printed

TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
LEFT, CENTRE, RIGHT, BOTH = "left", "center", "right", "both"
CM, POINT = 567, 20  # in Word's unit, a twentieth of a point
Rows = tuple[tuple[Cell, ...], ...]
CROWDED = 4  # more columns are set in smaller type and closer


def element(tag: str, *children, **attributes):
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, *, size: float, font: str = BODY_FONT, bold=False, colour=""):
    written = element("t")
    written.text = text
    written.set(qn("xml:space"), "preserve")
    properties = element(
        "rPr",
        element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        *([element("b")] if bold else []),
        *([element("color", val=colour)] if colour else []),
        element("sz", val=int(size * 2)),
        element("szCs", val=int(size * 2)),
    )
    return element("r", properties, written)


def field(name: str):
    return element("fldSimple", run("1", size=10.5), instr=name)


def paragraph(
    *runs, align: str, indent: float = 0, first: float = 0, after: float = 0,
    line: float = 0, keep=False,
):  # fmt: skip
    """`keep`: on the same page as what follows. Points: the indent, that of the first line,
    the space after, and a line's height, without which every machine's fonts would make
    other pages."""
    exact = {"line": int(line * POINT), "lineRule": "exact"} if line else {}
    properties = element(
        "pPr",
        *([element("keepNext")] if keep else []),
        element("spacing", before=0, after=int(after * POINT), **exact),
        *([element("ind", left=int(indent * POINT))] if indent else []),
        *([element("ind", firstLine=int(first * POINT))] if first else []),
        element("jc", val=align),
    )
    return element("p", properties, *runs)


def new_page():
    return element("r", element("br", type="page"))


def table(grid: Grid, width_cm: float):
    widths = [round(share * width_cm * CM) for share in grid.widths]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = {"val": "single", "sz": 4, "color": "000000"}
    around = (1, 2) if len(widths) > CROWDED else (2, 5)
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=sum(widths), type="dxa"),
            element("jc", val=CENTRE),
            element("tblBorders", *(element(side, **line) for side in sides)),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *padding(*around)),
        ),
        element("tblGrid", *(element("gridCol", w=width) for width in widths)),
    )
    made.extend(rows(grid.head, widths, set(range(len(grid.head))), head=True))
    made.extend(rows(grid.body, widths, kept(grid)))
    return made


def kept(grid: Grid) -> set[int]:
    """Rows that stand on the same page as the next: headings, the last above a note, and
    all where labels group them (Word lets go where they are higher than a page)."""
    last = len(grid.body) - 1
    found = {n for n, row in enumerate(grid.body) if grid.grouped or is_heading(row)}
    return found | {last} if grid.notes else found - {last}


def padding(above: int, beside: int) -> Iterator:
    for side in ("top", "left", "bottom", "right"):
        points = above if side in ("top", "bottom") else beside
        yield element(side, w=points * POINT, type="dxa")


def rows(part: Rows, widths: list[int], keep: set[int], *, head=False) -> Iterator:
    """A row is not broken over two pages; the head is repeated on each."""
    boxes: list[dict[int, object]] = [{} for _ in part]
    size = fitted(len(widths))
    for row, column, cell in positions(part):
        width = sum(widths[column : column + cell.columns])
        said = words(cell, size, row in keep)
        boxes[row][column] = box(cell, width, said, "restart" if cell.rows > 1 else "")
        for below in range(row + 1, row + cell.rows):
            empty = paragraph(align=LEFT, keep=below in keep)
            boxes[below][column] = box(cell, width, empty, "continue")
    high = size * (1.6 if len(widths) > CROWDED else 1.9)
    for found in boxes:
        how = element("trPr", element("cantSplit"))
        how.append(element("trHeight", val=int(high * POINT), hRule="atLeast"))
        if head:
            how.append(element("tblHeader"))
        yield element("tr", how, *(found[column] for column in sorted(found)))


def fitted(columns: int) -> float:
    """The more columns, the smaller: 15 of them still stand on an upright page."""
    if columns > 12:
        return 9
    return 10.5 if columns > CROWDED else 12


def box(cell: Cell, width: int, said, merge: str):
    properties = element(
        "tcPr",
        element("tcW", w=width, type="dxa"),
        *([element("gridSpan", val=cell.columns)] if cell.columns > 1 else []),
        *([element("vMerge", val=merge)] if merge else []),
        element("vAlign", val=CENTRE),
    )
    return element("tc", properties, said)


def words(cell: Cell, size: float, keep: bool):
    text = printed(cell)
    said = run(
        text,
        size=size - 1.5 if cell.role is Role.CORNER else size,
        bold=cell.role in (Role.CHAPTER, Role.COLUMN_HEAD),
    )
    left = cell.role in (Role.LABEL, Role.CHAPTER, Role.CORNER)
    return paragraph(
        *([said] if text else []),
        align=LEFT if left else CENTRE,
        indent=cell.depth * 1.5 * size,
        line=size * 1.25,
        keep=keep,
    )
