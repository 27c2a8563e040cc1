"""Write requests_app/calendar_data/YEAR.json: each notice of a year with the days that it
orders, from chinesecalendar, checked day by day against `holidays`; what a later notice
amended is given below as it stood before. A difference between the two stops it."""

import json
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import chinese_calendar
import holidays
from chinese_calendar import constants

FOLDER = Path(__file__).parent.parent / "requests_app" / "calendar_data"
YEARS = range(2008, 2027)
Ordered = dict[date, tuple[bool, str]]
#: (number, day of publication) of each notice, where a published copy shows them; else null
NOTICES: dict[int, list[tuple[str | None, str | None]]] = {
    2008: [(None, None)],
    2009: [(None, "2008-12-10")],
    2010: [(None, "2009-12-08")],
    2011: [(None, "2010-12-10")],
    2012: [(None, "2011-12-06")],
    2013: [(None, "2012-12-10")],
    2014: [(None, None)],
    2015: [(None, "2014-12-16"), ("国发明电〔2015〕1号", "2015-05-13")],
    2016: [(None, "2015-12-10")],
    2017: [("国办发明电〔2016〕17号", "2016-12-01")],
    2018: [(None, "2017-11-30")],
    2019: [
        ("国办发明电〔2018〕15号", "2018-12-06"),
        ("国办发明电〔2019〕3号", "2019-03-22"),
    ],
    2020: [
        ("国办发明电〔2019〕16号", "2019-11-21"),
        ("国办发明电〔2020〕1号", "2020-01-27"),
    ],
    2021: [(None, "2020-11-25")],
    2022: [(None, "2021-10-25")],
    2023: [(None, "2022-12-08")],
    2024: [("国办发明电〔2023〕7号", "2023-10-25")],
    2025: [("国办发明电〔2024〕12号", "2024-11-12")],
    2026: [(None, "2025-11-04")],
}
#: the days that an amendment changed, as the year's first notice had them (None: an
#: ordinary day): Victory Day 2015, Labour Day 2019, Spring Festival 2020
BEFORE: dict[int, dict[str, tuple[bool, str] | None]] = {
    2015: dict.fromkeys(["2015-09-03", "2015-09-04", "2015-09-05", "2015-09-06"]),
    2019: dict.fromkeys(
        ["2019-04-28", "2019-05-02", "2019-05-03", "2019-05-04", "2019-05-05"]
    ),
    2020: {
        "2020-01-31": None,
        "2020-02-01": (True, "春节"),
        "2020-02-02": None,
    },
}


def ordered_in(day: date) -> int:
    """The year whose notice orders the day: a New Year's holiday may begin in December."""
    told = constants.holidays.get(day) or constants.workdays.get(day)
    return day.year + (
        day.month == 12 and told == constants.Holiday.new_years_day.value
    )


def name(day: date) -> str:
    """As the notices write it: 清明节, where chinesecalendar has 清明."""
    told = constants.holidays.get(day) or constants.workdays.get(day)
    chinese = {h.value: h.chinese for h in constants.Holiday}[told]
    return chinese + "节" if chinese in ("清明", "端午", "中秋") else chinese


def final(year: int) -> Ordered:
    """The year's days as its last notice leaves them."""
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    every = [first + timedelta(n) for n in range((last - first).days + 1)]
    other = holidays.China(years=(year - 1, year))
    for day in every:
        if chinese_calendar.is_workday(day) != other.is_working_day(day):
            raise SystemExit(f"the two sources differ on {day}")
    return {
        day: (chinese_calendar.is_workday(day), name(day))
        for day in every
        if (day in constants.holidays or day in constants.workdays)
        and ordered_in(day) == year
    }


def first(year: int, last: Ordered) -> Ordered:
    before = {date.fromisoformat(on): was for on, was in BEFORE[year].items()}
    whole = {**last, **before}
    return {on: told for on, told in sorted(whole.items()) if told is not None}


def written(year: int) -> str:
    last = final(year)
    versions = [first(year, last), last] if len(NOTICES[year]) > 1 else [last]
    notices = ",\n".join(
        notice(number, published_on, days)
        for (number, published_on), days in zip(NOTICES[year], versions, strict=True)
    )
    source = (
        f"days as chinesecalendar {version('chinesecalendar')} has them; "
        f"holidays {version('holidays')} agrees on every day; what an amendment changed, "
        "numbers and days of publication as published copies of the notices show them, "
        "else null"
    )
    return f'{{"year": {year}, "source": {json.dumps(source)}, "notices": [\n{notices}\n]}}\n'


def notice(number: str | None, published_on: str | None, days: Ordered) -> str:
    rows = ",\n".join(
        "   "
        + json.dumps(
            {"on": on.isoformat(), "working": working, "name": named},
            ensure_ascii=False,
        )
        for on, (working, named) in days.items()
    )
    told = json.dumps(
        {"number": number, "published_on": published_on}, ensure_ascii=False
    )
    return f' {told[:-1]}, "days": [\n{rows}\n ]}}'


if __name__ == "__main__":
    for year in YEARS:
        (FOLDER / f"{year}.json").write_text(written(year), encoding="utf-8")
