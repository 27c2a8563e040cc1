"""Paper as data: tables tile, numbers print as the annex prints them."""

from decimal import Decimal

import pytest

from reporting.grid import (
    Cell,
    Document,
    Grid,
    Prose,
    Role,
    is_heading,
    plain,
    positions,
)

HEAD = Role.COLUMN_HEAD


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(role=HEAD, text=text, columns=columns, rows=rows)


def grid(*body: tuple[Cell, ...], widths: tuple[float, ...] = (0.4, 0.3, 0.3)) -> Grid:
    return Grid(head=(), body=body, widths=widths, caption="一、情况")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, ""),
        (0, "0"),
        (2851911, "2851911"),
        (100, "100"),
        (Decimal("4804.47"), "4804.47"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("12.340000"), "12.34"),
        (Decimal("0.00"), "0"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_a_number_is_printed_without_grouping_and_needless_zeros(number, text):
    assert plain(number) == text


def test_a_cell_stands_where_the_spans_before_it_leave_room():
    rows = (
        (cell("corner", rows=2), cell("group", columns=2)),
        (cell("left"), cell("right")),
        (cell("label"), cell("a"), cell("b")),
    )
    assert [(r, c, found.text) for r, c, found in positions(rows)] == [
        (0, 0, "corner"), (0, 1, "group"),
        (1, 1, "left"), (1, 2, "right"),
        (2, 0, "label"), (2, 1, "a"), (2, 2, "b"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ([(cell("a"), cell("b"))], r"None, \(0, 2\)"),
        ([(cell("a"), cell("b", columns=3))], r"\(0, 3\), None"),
        ([(cell("a", rows=2), cell("b", columns=2)), (cell("c"),)], r"\(1, 2\)"),
        ([(cell("a", columns=3, rows=2),)], r"\(1, 0\), None"),
        (
            [(cell("a"), cell("b", rows=2), cell("c")), (cell("d", columns=3),)],
            r"\(1, 1\)",
        ),
    ],
    ids=["too short", "too wide", "a gap", "past the last row", "one over another"],
)
def test_a_table_with_a_gap_or_an_overlap_is_refused(body, where):
    with pytest.raises(ValueError, match=f"do not tile.*{where}"):
        grid(*body)


def test_widths_are_shares_of_the_page():
    with pytest.raises(ValueError, match=r"一、情况: .* add up to 0\.9"):
        grid((cell("a"), cell("b")), widths=(0.4, 0.5))


def test_a_document_tells_every_text_that_will_be_printed():
    document = Document(
        title="题", subtitle="副", agency="关", banner="幅", notes=("尾",),
        annexed_to="告", prose=(Prose(heading="章", text="文\n段", before=0),),
        grids=(
            Grid(
                caption="表", notes=("注",), widths=(1,),
                head=((cell("头"),),), body=((Cell(role=Role.NUMBER, number=7),),),
            ),
        ),
    )  # fmt: skip
    assert sorted(document.texts()) == sorted(["文\n段", *"题副关幅尾告章表注头7"])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            [(Role.CHAPTER, "一、主动公开情况"), (Role.UNIT, ""), (Role.NUMBER, "")],
            True,
        ),
        (
            [(Role.LABEL, "（一）通过不同渠道"), (Role.UNIT, ""), (Role.NUMBER, "")],
            True,
        ),
        (
            [(Role.CHAPTER, "六、举报投诉数量"), (Role.UNIT, "件"), (Role.NUMBER, "")],
            False,
        ),
        ([(Role.LABEL, "规章"), (Role.NUMBER, ""), (Role.NUMBER, "")], False),
    ],
    ids=["chapter", "label", "nobody entered the number", "a table without units"],
)
def test_a_heading_is_a_row_that_counts_nothing(row, expected):
    assert is_heading(tuple(Cell(role=r, text=t) for r, t in row)) is expected
