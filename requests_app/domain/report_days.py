"""When the annual report (年度报告) of a year is due, and from whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FIRST_IN_STEPS = (
    2019  # the first year reported under the Regulations as revised in 2019
)


@dataclass(frozen=True, kw_only=True)
class ReportDay:
    on: date
    who: str
    article: str


def report_days(year: int) -> Iterator[ReportDay]:
    """The report of `year`, due in the year after it.

    To 2018: 国务院令第492号第三十一条, one day for all. Then 国务院令第711号第四十九条, and
    between its two days those that the form's notices set for counties and prefectures.
    """
    if year < FIRST_IN_STEPS:
        yield ReportDay(
            on=date(year + 1, 3, 31), who="各级行政机关", article="第492号令第三十一条"
        )
        return
    for month, day, who, article in IN_STEPS:
        yield ReportDay(on=date(year + 1, month, day), who=who, article=article)


# fmt: off
IN_STEPS = (
    (1, 31, "部门、乡镇、政府办公厅（室）", "第711号令第四十九条"),
    (2, 20, "县级政府",                     "年度报告格式"),
    (3, 10, "设区的市级政府",               "年度报告格式"),
    (3, 31, "省级政府、垂直领导系统",       "第711号令第四十九条"),
)
# fmt: on
