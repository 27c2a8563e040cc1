"""Write requests_app/calendar_data/YEAR.json from chinesecalendar, checked day by day
against `holidays`. Run again when a new notice is in both; a difference stops it."""

import json
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import chinese_calendar
import holidays
from chinese_calendar import constants

FOLDER = Path(__file__).parent.parent / "requests_app" / "calendar_data"
YEARS = range(2008, 2027)
#: day of publication and number, where a source at hand shows them; else null
PUBLISHED = {
    2015: [None, "2015-05-13"],
    2017: ["2016-12-01"],
    2018: ["2017-11-30"],
    2019: ["2018-12-06", "2019-03-22"],
    2020: ["2019-11-21", "2020-01-27"],
    2021: ["2020-11-25"],
    2022: ["2021-10-25"],
    2023: ["2022-12-08"],
    2025: ["2024-11-12"],
    2026: ["2025-11-04"],
}
NUMBERS = {2017: "国办发明电〔2016〕17号"}


def name(day: date) -> str:
    told = constants.holidays.get(day) or constants.workdays.get(day)
    return {h.value: h.chinese for h in constants.Holiday}[told]


def written(year: int) -> dict:
    first, last = date(year, 1, 1), date(year, 12, 31)
    every = [first + timedelta(n) for n in range((last - first).days + 1)]
    other = holidays.China(years=year)
    for day in every:
        if chinese_calendar.is_workday(day) != other.is_working_day(day):
            raise SystemExit(f"the two sources differ on {day}")
    told = [d for d in every if d in constants.holidays or d in constants.workdays]
    return {
        "year": year,
        "notices": [
            {"number": NUMBERS.get(year), "published_on": on}
            for on in PUBLISHED.get(year, [None])
        ],
        "source": f"days as chinesecalendar {version('chinesecalendar')} has them; "
        f"holidays {version('holidays')} agrees on every day; the notices' numbers and "
        "days of publication only where a source at hand shows them",
        "days": [
            {
                "on": day.isoformat(),
                "working": chinese_calendar.is_workday(day),
                "name": name(day),
            }
            for day in told
        ],
    }


if __name__ == "__main__":
    for year in YEARS:
        text = json.dumps(written(year), ensure_ascii=False, indent=1)
        (FOLDER / f"{year}.json").write_text(text + "\n")
