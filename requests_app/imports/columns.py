"""The columns of the four files (INTERFACES §2): headings, and how a cell is read.

A reader turns a raw cell into a value, an empty one into None, and raises ValueError
saying what would be right.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from requests_app.domain.vocabulary import (
    AgencyKind,
    AgencyLevel,
    AppealResult,
    ApplicantKind,
    Channel,
    ChannelDetail,
    Outcome,
    Procedure,
    Term,
)

Reader = Callable[[str], object]


@dataclass(frozen=True)
class Fault:
    """What is wrong at a place of the file; line 0 is the file as a whole."""

    line: int
    column: str | None
    value: str | None
    message: str


@dataclass(frozen=True)
class Column:
    key: str
    headings: tuple[str, ...]
    read: Reader
    required: bool = False


def plain(cell: object) -> str:
    """A cell as text: full-width digits and letters narrowed, blanks at the ends cut."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip("\ufeff \t\r\n\u3000\xa0")


def narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def text(most: int) -> Reader:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(f"最多 {most} 个字 (at most {most} characters)")
        if "\0" in cell:
            raise ValueError("含有空字符 (NUL)")
        return cell

    return read


DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月|(\d\d))(\d{1,2})日?"
)


def day(cell: str) -> date:
    shape = DAY.fullmatch(narrow(cell).split(" ")[0])
    if shape is None:
        raise ValueError("不是日期，应写作 2018-02-08 或 2018年2月8日 (not a day)")
    year, *months, on = shape.groups()
    month = next(m for m in months if m)
    try:
        return date(int(year), int(month), int(on))
    except ValueError as error:
        raise ValueError("没有这一天 (no such day)") from error


def whole(cell: str) -> int:
    digits = narrow(cell)
    if not re.fullmatch(r"\d{1,9}", digits):
        raise ValueError("应为不小于零的整数 (a whole number, not negative)")
    return int(digits)


def amount(places: int) -> Reader:
    def read(cell: str) -> Decimal:
        try:
            value = Decimal(narrow(cell).replace(",", ""))
        except InvalidOperation as error:
            raise ValueError("应为数字 (a number)") from error
        if not value.is_finite() or value < 0 or value >= Decimal(10) ** 12:
            raise ValueError("应为不小于零的数 (a number, not negative)")
        if value != round(value, places):
            raise ValueError(f"最多 {places} 位小数 (at most {places} decimals)")
        return round(value, places)

    return read


def code(cell: str) -> str:
    given = narrow(cell)
    if not re.fullmatch(r"[A-Za-z0-9-]{1,32}", given):
        raise ValueError("应为 1–32 位字母、数字或连字符 (letters, digits, hyphens)")
    return given


def member(terms: type[Term]) -> Reader:
    """A key or a Chinese label, the label also without its bracketed part."""
    admitted: dict[str, str] = {}
    for term in terms:
        admitted.setdefault(folded(without_brackets(term.zh)), term.value)
    for term in terms:
        admitted[folded(term.zh)] = admitted[folded(term.value)] = term.value

    def read(cell: str) -> str:
        for written in (cell, without_brackets(cell)):
            if folded(written) in admitted:
                return admitted[folded(written)]
        known = "、".join(t.zh for t in terms)
        raise ValueError(f"不在名录内，可填：{known} (not in the list)")

    return read


def without_brackets(label: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]", "", label)


def folded(label: str) -> str:
    return re.sub(r"\s", "", narrow(label)).lower()


def columns(*rows: tuple[str, str, Reader] | tuple[str, str, Reader, bool]):
    return tuple(
        Column(row[0], tuple(row[1].split("|")), row[2], len(row) == 4) for row in rows
    )


# fmt: off
AGENCIES = columns(
    ("code", "机关代码", code, True),
    ("name", "名称", text(200), True),
    ("parent", "上级机关代码", code),
    ("kind", "机关类别", member(AgencyKind), True),
    ("level", "层级", member(AgencyLevel)),
    ("reports_to", "报送机关代码", code),
)
REQUESTS = columns(
    ("number", "登记编号", text(60)),
    ("agency", "受理机关|机关代码", code, True),
    ("channel", "申请方式", member(Channel)),
    ("channel_detail", "申请方式细分", member(ChannelDetail)),
    ("received_on", "收到日期", day, True),
    ("applicant_kind", "申请人类别", member(ApplicantKind)),
    ("applicant_name", "申请人", text(200)),
    ("subject", "申请内容", text(20_000)),
    ("topic", "主题", text(60)),
    ("supplement_asked_on", "补正告知日期", day),
    ("supplement_received_on", "补正收到日期", day),
    ("consulted_on", "征求意见日期", day),
    ("consultation_answered_on", "意见答复日期", day),
    ("extended_on", "延期告知日期", day),
    ("extension_days", "延长工作日", whole),
    ("replied_on", "答复日期", day),
    ("outcome", "答复类别", member(Outcome)),
    ("fee", "收费金额", amount(2)),
)
APPEALS = columns(
    ("case_number", "案号", text(100)),
    ("request_number", "登记编号", text(60)),
    ("agency", "受理机关|机关代码", code, True),
    ("procedure", "救济途径", member(Procedure), True),
    ("filed_on", "受理日期", day, True),
    ("decided_on", "审结日期", day),
    ("result", "救济结果", member(AppealResult), True),
    ("first_instance_case_number", "一审案号", text(100)),
)
FIGURES = columns(
    ("agency", "受理机关|机关代码", code, True),
    ("year", "年度", whole, True),
    ("form", "表式", text(40), True),
    ("line", "指标", text(20), True),
    ("column", "列", text(40)),
    ("value", "数值", amount(6), True),
)
# fmt: on


def is_header(cells: Sequence[object], known: Sequence[Column]) -> bool:
    names = {folded(n) for c in known for n in (c.key, *c.headings)}
    return sum(folded(plain(cell)) in names for cell in cells) >= 2


def match_header(
    line: int, cells: Sequence[object], known: Sequence[Column]
) -> tuple[dict[int, Column], list[Fault]]:
    """place → column; faults name unknown, repeated and missing headings."""
    named = {folded(n): c for c in known for n in (c.key, *c.headings)}
    found: dict[int, Column] = {}
    faults = []
    for place, cell in enumerate(cells):
        heading = plain(cell)
        if not heading:
            continue
        column = named.get(folded(heading))
        if column is None:
            admitted = "、".join(c.headings[0] for c in known)
            faults.append(
                Fault(line, heading, None, f"不认识的列，可用：{admitted} (unknown)")
            )
        elif column in found.values():
            faults.append(Fault(line, heading, None, "这一列出现了两次 (twice)"))
        else:
            found[place] = column
    for column in known:
        if column.required and column not in found.values():
            missing = f"缺少列“{column.headings[0]}” (missing column {column.key})"
            faults.append(Fault(line, column.key, None, missing))
    return found, faults


def read_row(
    line: int, cells: Sequence[object], header: Mapping[int, Column]
) -> tuple[dict[str, object], list[Fault]]:
    values: dict[str, object] = {}
    faults = []
    for place, column in header.items():
        raw = plain(cells[place]) if place < len(cells) else ""
        try:
            values[column.key] = column.read(raw) if raw else None
            if column.required and not raw:
                raise ValueError("不能为空 (must not be empty)")
        except ValueError as error:
            faults.append(Fault(line, column.key, raw or None, str(error)))
    beyond = [plain(c) for p, c in enumerate(cells) if p not in header and plain(c)]
    if beyond:
        faults.append(Fault(line, None, beyond[0], "这一格没有列名 (no heading)"))
    return values, faults
