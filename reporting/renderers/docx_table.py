"""A grid as WordprocessingML: python-docx has no word for spans, and merges slowly."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reporting.grid import Cell, Grid, Role, positions, printed

BODY_FONT = "仿宋_GB2312"
LEFT, CENTRE, RIGHT = "left", "center", "right"
CM = 567  # twentieths of a point
INDENT = 360  # one level of a label's depth: one and a half characters
SMALL, BODY = 10.5, 12


def element(tag: str, *children, **attributes):
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, *, size: float, font: str = BODY_FONT, bold: bool = False):
    written = element("t")
    written.text = text
    written.set(qn("xml:space"), "preserve")
    properties = element(
        "rPr",
        element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        *([element("b")] if bold else []),
        element("sz", val=int(size * 2)),
        element("szCs", val=int(size * 2)),
    )
    return element("r", properties, written)


def field(name: str):
    return element("fldSimple", run("1", size=10), instr=name)


def paragraph(*runs, align: str, indent: int = 0, keep: bool = False):
    """`keep`: on the same page as what follows."""
    properties = element(
        "pPr",
        *([element("keepNext")] if keep else []),
        element("spacing", before=0, after=0),
        *([element("ind", left=indent)] if indent else []),
        element("jc", val=align),
    )
    return element("p", properties, *runs)


def table(grid: Grid, width_cm: float):
    widths = [round(share * width_cm * CM) for share in grid.widths]
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=sum(widths), type="dxa"),
            element("jc", val=CENTRE),
            borders(),
            element("tblLayout", type="fixed"),
        ),
        element("tblGrid", *(element("gridCol", w=width) for width in widths)),
    )
    made.extend(rows(grid.head, widths, head=True))
    made.extend(rows(grid.body, widths, head=False))
    return made


def borders():
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return element(
        "tblBorders",
        *(element(side, val="single", sz=4, color="000000") for side in sides),
    )


def rows(part: tuple[tuple[Cell, ...], ...], widths: list[int], *, head: bool):
    """A row is not broken over two pages; the head is repeated on each."""
    boxes: list[dict[int, object]] = [{} for _ in part]
    for row, column, cell in positions(part):
        width = sum(widths[column : column + cell.columns])
        boxes[row][column] = box(cell, width, "restart" if cell.rows > 1 else None)
        for below in range(row + 1, row + cell.rows):
            boxes[below][column] = box(cell, width, "continue")
    for found in boxes:
        kept = element("trPr", element("cantSplit"))
        if head:
            kept.append(element("tblHeader"))
        yield element("tr", kept, *(found[column] for column in sorted(found)))


def box(cell: Cell, width: int, merge: str | None):
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(element("gridSpan", val=cell.columns))
    if merge:
        properties.append(element("vMerge", val=merge))
    properties.append(element("vAlign", val=CENTRE))
    left = cell.role in (Role.LABEL, Role.CHAPTER, Role.CORNER)
    text = "" if merge == "continue" else printed(cell)
    words = run(
        text,
        size=SMALL if cell.role is Role.CORNER else BODY,
        bold=cell.role in (Role.CHAPTER, Role.COLUMN_HEAD),
    )
    said = paragraph(
        *([words] if text else []),
        align=LEFT if left else CENTRE,
        indent=INDENT * cell.depth,
    )
    return element("tc", properties, said)
