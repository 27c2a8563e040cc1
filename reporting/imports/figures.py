"""填报数: what an agency enters for the lines that no log counts."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.dependencies import Dependencies, NoSuchForm
from reporting.facts import agencies_with_a_log
from reporting.models import Figure
from requests_app.imports import outcome as outcomes
from requests_app.imports.columns import FIGURES, Fault
from requests_app.models.agencies import Agency


def import_figures(
    path: Path, *, by, deps: Dependencies, tick: Callable[[], object] = lambda: None
) -> outcomes.Outcome:
    """In the caller's transaction, which it must roll back when anything is rejected."""
    told = outcomes.Outcome()
    agencies = {a.code: a for a in Agency.objects.all()}
    with_log: dict[int, set[int]] = {}
    seen: dict[tuple, int] = {}
    for line, row in outcomes.rows(path, FIGURES, told, tick):
        faults = list(impossible(line, row, agencies, with_log, deps))
        key = (row["agency"], row["year"], row["form"], row["line"], row.get("column"))
        if not faults and key in seen:
            message = f"第 {seen[key]} 行已有此指标 (twice in the file)"
            faults.append(Fault(line, "line", row["line"], message))
        seen.setdefault(key, line)
        told.rejected += faults
        if not faults:
            write(line, row, agencies[row["agency"]], told, by=by, deps=deps)
    return told


def impossible(
    line: int,
    row: dict[str, Any],
    agencies: dict[str, Agency],
    with_log: dict[int, set[int]],
    deps: Dependencies,
) -> Iterator[Fault]:
    """Also puts the line's only column in place of an empty one."""
    if row["agency"] not in agencies:
        missing = "没有此机关代码 (no such agency)"
        yield Fault(line, "agency", row["agency"], missing)
    try:
        form = deps.form(row["form"])
    except NoSuchForm as error:
        yield Fault(line, "form", row["form"], str(error))
        return
    if row["year"] not in form.years:
        years = f"{form.years.start}–{form.years.stop - 1}"
        message = f"{form.key} 用于 {years} 年 (not a year of this form)"
        yield Fault(line, "year", str(row["year"]), message)
        return
    lines = {known.code: known for known in form.data_lines()}
    asked = lines.get(row["line"])
    if asked is None:
        message = "不是该表式的数据行 (no data line of this form)"
        yield Fault(line, "line", row["line"], message)
        return
    columns = [column.code for column in form.columns]
    row["column"] = row.get("column") or columns[0]
    if row["column"] not in columns:
        yield Fault(line, "column", row["column"], f"可用：{'、'.join(columns)}")
    value: Decimal = row["value"]
    if not asked.is_amount and value != int(value):
        yield Fault(line, "value", str(value), "数量应为整数 (a whole number)")
    if asked.source != "entered" and row["agency"] in agencies:
        year = row["year"]
        logged = with_log.setdefault(year, agencies_with_a_log(year))
        if agencies[row["agency"]].pk in logged:
            message = "该机关当年有办理日志，此行由日志统计 (counted from its log)"
            yield Fault(line, "line", row["line"], message)


def write(
    line: int,
    row: dict[str, Any],
    agency: Agency,
    told: outcomes.Outcome,
    *,
    by,
    deps: Dependencies,
) -> None:
    figure, created = Figure.objects.get_or_create(
        agency=agency,
        year=row["year"],
        form=row["form"],
        line=row["line"],
        column=row["column"],
        origin=Figure.Origin.ENTERED,
        defaults={
            "value": row["value"],
            "entered_by": by,
            "entered_at": deps.clock.now(),
        },
    )
    if created:
        told.created += 1
    elif figure.value == row["value"]:
        told.unchanged += 1
    else:
        message = f"与已记录的“{figure.value:f}”不一致 (already recorded)"
        told.rejected.append(Fault(line, "value", str(row["value"]), message))
