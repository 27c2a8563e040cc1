"""The columns of the four files (INTERFACES §2): headings, and how a cell is read.

A reader turns a raw cell into a value, an empty one into None, and raises ValueError
saying what would be right.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

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
from requests_app.imports.faults import Fault
from requests_app.imports.workbooks import Bad

Reader = Callable[[str], object]
NONE: Mapping[str, str] = {}
BLANKS = "\ufeff\u200b \t\r\n\u3000\xa0"
DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?|(\d\d)(\d\d))"
    r"(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?",  # a time of day is of no matter
    re.ASCII,
)
WHOLE = re.compile(r"\d{1,9}", re.ASCII)
AMOUNT = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<places>\d+))?", re.ASCII
)
CODE = re.compile(r"[A-Za-z0-9-]{1,32}")


@dataclass(frozen=True)
class Column:
    key: str
    headings: tuple[str, ...]
    read: Reader
    required: bool = False


def plain(cell: object) -> str:
    """A cell as the spreadsheet shows it, without blanks at its ends."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip(BLANKS)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):  # to the 15 digits that a spreadsheet shows
        return format(Decimal(f"{cell:.15g}"), "f")
    return str(cell)


def narrow(text: str) -> str:
    """Full-width digits, letters and brackets made plain."""
    return unicodedata.normalize("NFKC", text)


def text(most: int) -> Reader:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(f"最多 {most} 个字 (at most {most} characters)")
        if "\0" in cell or not well_formed(cell):
            raise ValueError("含有无法保存的字符，请删去 (broken characters: delete)")
        return cell

    return read


def well_formed(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=8192)
def day(cell: str) -> date:
    shape = DAY.fullmatch(narrow(cell))
    if shape is None:
        raise ValueError("不是日期，应写作 2018-02-08 或 2018年2月8日 (not a day)")
    year, month, on = (int(part) for part in shape.groups() if part)
    try:
        return date(year, month, on)
    except ValueError as error:
        raise ValueError("没有这一天，请核对 (no such day)") from error


def whole(cell: str) -> int:
    digits = narrow(cell)
    if not WHOLE.fullmatch(digits):
        raise ValueError("应为不小于零的整数 (a whole number, not negative)")
    return int(digits)


def amount(places: int, signed: bool = False) -> Reader:
    """`signed`: below zero too, where whoever reads the row further allows it."""

    def read(cell: str) -> Decimal:
        digits = narrow(cell).replace("−", "-")
        minus = signed and digits.startswith("-")
        shape = AMOUNT.fullmatch(digits[1:] if minus else digits)
        if shape is None:
            raise ValueError("应为不小于零的数字 (a number, not negative)")
        if len(shape["whole"].replace(",", "").lstrip("0")) > 12:
            raise ValueError("数值过大，请核对 (too large)")
        if len((shape["places"] or "").rstrip("0")) > places:
            raise ValueError(f"最多 {places} 位小数 (at most {places} decimals)")
        value = round(Decimal(shape[0].replace(",", "")), places)
        return -value if minus and value else value

    return read


@lru_cache(maxsize=8192)
def code(cell: str) -> str:
    given = narrow(cell)
    if not CODE.fullmatch(given):
        raise ValueError("应为 1–32 位字母、数字或连字符 (letters, digits, hyphens)")
    return given


def member(terms: type[Term]) -> Reader:
    """A key or a Chinese label, the label also without its bracketed part."""
    admitted: dict[str, str] = {}
    for term in terms:
        admitted.setdefault(folded(without_brackets(term.zh)), term.value)
    for term in terms:
        admitted[folded(term.zh)] = admitted[folded(term.value)] = term.value

    known = "、".join(t.zh for t in terms)
    wrong = f"不在名录内，可填：{known} (not in the list)"

    @lru_cache(maxsize=1024)
    def read(cell: str) -> str:
        term = admitted.get(folded(cell))
        if term is None:
            raise ValueError(wrong)
        return term

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
    ("name", "机关名称|名称", text(200), True),
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
    ("value", "数值", amount(6, signed=True), True),
)
# fmt: on


#: a heading of the office's own, folded → the key of its column; LEFT_OUT for none
Headings = Mapping[str, str]
LEFT_OUT = Column("", (), str)


def named(known: Sequence[Column], headings: Headings) -> dict[str, Column]:
    """Folded heading → column."""
    ours = {folded(n): c for c in known for n in (c.key, *c.headings)}
    keys = {c.key: c for c in known}
    theirs = {folded(h): keys.get(key, LEFT_OUT) for h, key in headings.items()}
    return theirs | ours


def is_header(
    cells: Sequence[object], known: Sequence[Column], headings: Headings = NONE
) -> bool:
    names = named(known, headings)
    return sum(folded(plain(cell)) in names for cell in cells) >= 2


Header = Sequence[Column | None]  # by place; None where nothing is written


def match_header(
    line: int,
    cells: Sequence[object],
    known: Sequence[Column],
    headings: Headings = NONE,
) -> tuple[Header, list[Fault]]:
    """Faults name unknown, repeated and missing headings."""
    names = named(known, headings)
    found: list[Column | None] = []
    faults = []
    for cell in cells:
        heading = plain(cell)
        column = names.get(folded(heading))
        if heading and column is None:
            admitted = "、".join(c.headings[0] for c in known)
            faults.append(
                Fault(line, heading, None, f"不认识的列，可用：{admitted} (unknown)")
            )
        elif column not in (None, LEFT_OUT) and column in found:
            faults.append(Fault(line, heading, None, "这一列出现了两次 (twice)"))
        found.append(column)
    for column in known:
        if column.required and column not in found:
            missing = f"缺少列“{column.headings[0]}” (missing column {column.key})"
            faults.append(Fault(line, column.key, None, missing))
    return found, faults


def read_row(
    line: int, cells: Sequence[object], header: Header
) -> tuple[dict[str, object], list[Fault]]:
    values: dict[str, object] = {}
    faults = []
    for place, (cell, column) in enumerate(zip_longest(cells, header), 1):
        raw = plain(cell)
        key = column.key if column else None
        if column is LEFT_OUT:
            continue
        if isinstance(cell, Bad):
            faults.append(Fault(line, key, raw, cell.message))
        elif column is None:
            if raw:
                message = f"第 {place} 列没有列名，请补列名或删去 (no heading)"
                faults.append(Fault(line, None, raw, message))
        elif not raw:
            values[column.key] = None
            if column.required:
                faults.append(
                    Fault(line, column.key, None, "不能为空 (must not be empty)")
                )
        else:
            try:
                values[column.key] = column.read(raw)
            except ValueError as error:
                faults.append(Fault(line, column.key, raw, str(error)))
    return values, faults
