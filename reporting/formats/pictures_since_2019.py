"""What is drawn of the tables since 2019: every result with a line of its own."""

import re

from reporting.formats.since_2019 import APPEALS, APPLICANTS
from reporting.tables import Picture, Table

BEFORE = re.compile(r"^(?:\d+\.|（[一二三四五六七八九十]+）)|（[^（）]*）$")


def pictures(results: Table) -> tuple[Picture, ...]:
    lines = [
        (BEFORE.sub("", line.label), line.code)
        for line in results.lines
        if line.code.startswith("3.3.") and line.code != "3.3.7"
        if line.source == "requests"
    ]
    kinds = [(column.label, f"3.1:{column.code}") for column in APPLICANTS[:-1]]
    results_of = APPEALS.tables[0].columns[:-1]
    cases = (
        Picture(
            title=f"{case.name}（件）",
            marks=tuple((c.label, f"{case.code}:{c.code}") for c in results_of),
        )
        for case in APPEALS.tables[0].lines
    )
    return (
        Picture(
            title="历年新收与办结（件）", over_years=True,
            marks=(("收到", "3.1"), ("办结", "3.3.7")),
        ),
        Picture(title="申请人（件）", marks=tuple(kinds)),
        Picture(title="办理结果（件）", marks=tuple(lines)),
        *cases,
        Picture(title="所辖机关新收（件）", marks=(("收到", "3.1"),), below=True),
    )  # fmt: skip
