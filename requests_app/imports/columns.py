"""The columns of the four files (INTERFACES §2): their headings, and rows read by them; an
empty cell is None."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
)
from requests_app.imports.cells import (
    Reader,
    amount,
    code,
    day,
    folded,
    member,
    plain,
    text,
    whole,
    yes_or_no,
)
from requests_app.imports.faults import Fault
from requests_app.imports.rows import Bad

NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Column:
    key: str
    headings: tuple[str, ...]
    read: Reader
    required: bool = False


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
    ("co_defendant", "复议机关作共同被告", yes_or_no),
    ("orders_disclosure", "责令履行", yes_or_no),
    ("ordered_until", "责令履行期限", day),
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
