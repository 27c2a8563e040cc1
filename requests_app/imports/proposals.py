"""An office's own headings: which column each may be. A person decides; nothing is guessed
in silence."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import Any

from requests_app.imports.cells import folded, plain
from requests_app.imports.columns import NONE, Column, Headings, is_header, named
from requests_app.imports.outcome import Outcome, rows
from requests_app.imports.sheets import HEADER_WITHIN, open_rows

ALIKE = 0.6  # of the longer heading's characters
FIRST = 8  # rows of a preview
#: how offices call the columns; the words of other offices are added here
# fmt: off
KNOWN: Mapping[str, tuple[str, ...]] = {
    "number":         ("申请编号", "受理编号", "编号", "登记号", "受理号"),
    "agency":         ("机关", "承办机关", "答复机关", "单位代码", "受理单位"),
    "channel":        ("来件方式", "申请渠道", "受理方式", "申请途径"),
    "received_on":    ("收件日期", "受理日期", "申请时间", "收到时间", "登记日期", "收件时间"),
    "applicant_kind": ("申请人类型", "申请人性质", "申请主体"),
    "applicant_name": ("申请人姓名", "姓名", "申请人名称", "姓名或名称"),
    "subject":        ("申请事项", "所需信息", "内容描述", "申请公开内容", "所需信息内容"),
    "topic":          ("类别", "领域", "信息类别"),
    "replied_on":     ("办结日期", "办结时间", "答复时间", "回复日期", "答复日"),
    "outcome":        ("办理结果", "答复结果", "答复类型", "处理结果", "答复情况"),
    "fee":            ("费用", "收费", "信息处理费"),
    "case_number":    ("案件号", "案件编号"),
    "request_number": ("申请编号", "受理编号"),
    "filed_on":       ("立案日期", "收案日期"),
    "decided_on":     ("结案日期", "裁判日期"),
    "result":         ("审理结果", "裁判结果", "结果"),
    "code":           ("代码", "单位代码"),
    "name":           ("单位名称", "机关名"),
    "parent":         ("上级代码", "上级机关"),
    "value":          ("数量", "数据", "值"),
    "line":           ("指标代码", "行次"),
}
# fmt: on


@dataclass(frozen=True, kw_only=True)
class Heading:
    """As it stands in the file; `column` is its own, or the one proposed, or none."""

    text: str
    column: str
    known: bool


def headings_of(
    path: Path, columns: Sequence[Column], chosen: Headings = NONE
) -> list[Heading]:
    """Of the file's header; Unreadable where the file is."""
    cells = header(islice(open_rows(path), HEADER_WITHIN), columns, chosen)
    known = named(columns, chosen)
    own = [known.get(folded(plain(cell))) for cell in cells]
    free = [c for c in columns if c not in own]
    told = []
    for cell, column in zip(cells, own, strict=True):
        text = plain(cell)
        if not text:
            continue
        if column is None and (meant := proposed(text, free)):
            free.remove(meant)
            told.append(Heading(text=text, column=meant.key, known=False))
        else:
            key = column.key if column else ""
            told.append(Heading(text=text, column=key, known=column is not None))
    return told


def header(
    lines: Iterable[tuple[int, list[object]]],
    columns: Sequence[Column],
    chosen: Headings,
) -> list[object]:
    """The row that names the columns; where none does by our names, the first of several
    cells: a title stands alone in its row."""
    first: list[object] = []
    for _, cells in lines:
        if is_header(cells, columns, chosen):
            return cells
        if not first and sum(bool(plain(cell)) for cell in cells) > 1:
            first = cells
    return first


def proposed(heading: str, free: Sequence[Column]) -> Column | None:
    """By the words of other offices, else the most alike of those still free."""
    said = folded(heading)
    for column in free:
        if said in map(folded, KNOWN.get(column.key, ())):
            return column
    likeness = {
        column: max(
            SequenceMatcher(None, said, folded(name)).ratio()
            for name in (*column.headings, *KNOWN.get(column.key, ()))
        )
        for column in free
    }
    best = max(likeness, key=lambda c: likeness[c], default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def set_of(headings: Iterable[Heading]) -> str:
    """What names a set of headings, whatever their order, for the next file of its kind."""
    told = "\n".join(sorted(folded(h.text) for h in headings))
    return hashlib.sha256(told.encode()).hexdigest()


def first_rows(
    path: Path, columns: Sequence[Column], chosen: Headings
) -> list[dict[str, Any]]:
    read = rows(path, columns, Outcome(), headings=chosen)
    return [
        {key: "" if v is None else str(v) for key, v in row.items()}
        for _, row in islice(read, FIRST)
    ]
