"""The span of days that a table counts: a year, or for internal use a quarter (季报) or any
days from–to. A bare year stands for its period wherever one is asked for.
"""

from dataclasses import dataclass
from datetime import date, timedelta

QUARTERS = {1: "一", 2: "二", 3: "三", 4: "四"}


@dataclass(frozen=True, kw_only=True)
class Period:
    """Both days included. ValueError for an end before the start."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(
                f"{self.end} 早于 {self.start} (a period does not end before it begins)"
            )

    @property
    def year(self) -> int:
        """Whose form it is counted on, and whose last day the tree is taken from."""
        return self.end.year

    @property
    def is_whole_year(self) -> bool:
        return self == year(self.start.year)

    @property
    def quarter(self) -> int | None:
        """Which quarter of its year; 0 for the whole year, None for any other days."""
        if self.is_whole_year:
            return 0
        of_year = (n for n in QUARTERS if self == quarter(self.year, n))
        return next(of_year, None)

    @property
    def title(self) -> str:
        """As printed under the title of the table."""
        if self.is_whole_year:
            return f"{self.year}年度"
        if self.quarter:
            return f"{self.year}年第{QUARTERS[self.quarter]}季度"
        return f"{written(self.start)}至{written(self.end)}"

    @property
    def name(self) -> str:
        """For a file: 2018, 2018-Q1, 2018-01-01-2018-02-03."""
        if self.is_whole_year:
            return str(self.year)
        if self.quarter:
            return f"{self.year}-Q{self.quarter}"
        return f"{self.start}-{self.end}"


Span = int | Period


def year(of: int) -> Period:
    return Period(start=date(of, 1, 1), end=date(of, 12, 31))


def quarter(of: int, n: int) -> Period:
    first = date(of, 3 * n - 2, 1)
    following = date(of + n // 4, 3 * n % 12 + 1, 1)
    return Period(start=first, end=following - timedelta(days=1))


def period(when: Span) -> Period:
    return when if isinstance(when, Period) else year(when)


def written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
