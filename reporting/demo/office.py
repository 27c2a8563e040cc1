"""The example office: Yunnan's tree and a synthetic ledger whose totals are the published
ones. No row is a real request."""

import csv
import json
import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from requests_app.domain import deadlines
from requests_app.domain.calendars import Calendar
from requests_app.domain.events import Extended

PUBLISHED = json.loads((Path(__file__).parent / "yunnan_2018.json").read_text("utf-8"))
CELLS: dict[str, float] = PUBLISHED["cells"]
ROOT = "530000"
PREFECTURES = [
    "昆明市",
    "曲靖市",
    "玉溪市",
    "保山市",
    "昭通市",
    "丽江市",
    "普洱市",
    "临沧市",
    "楚雄彝族自治州",
    "红河哈尼族彝族自治州",
    "文山壮族苗族自治州",
    "西双版纳傣族自治州",
    "大理白族自治州",
    "德宏傣族景颇族自治州",
    "怒江傈僳族自治州",
    "迪庆藏族自治州",
]
DEPARTMENTS = [
    "省发展改革委",
    "省教育厅",
    "省公安厅",
    "省民政厅",
    "省司法厅",
    "省财政厅",
    "省人力资源社会保障厅",
    "省自然资源厅",
    "省生态环境厅",
    "省住房城乡建设厅",
    "省交通运输厅",
    "省农业农村厅",
    "省水利厅",
    "省卫生健康委",
    "省市场监管局",
    "省林草局",
]
CHANNELS = {"in_person": "3.1.1", "fax": "3.1.2", "online": "3.1.3", "post": "3.1.4"}
OUTCOMES = {
    "already_public": "3.3.1",
    "granted": "3.3.2",
    "partly_granted": "3.3.3",
    "state_secret": "3.3.4.1",
    "trade_secret": "3.3.4.2",
    "personal_privacy": "3.3.4.3",
    "three_securities": "3.3.4.4",
    "not_government_information": "3.3.4.5",
    "forbidden_by_law": "3.3.4.6",
    "not_this_agency": "3.3.5",
    "not_held": "3.3.6",
    "told_to_amend": "3.3.7",
    "told_other_channel": "3.3.8",
}
TOPICS = [
    "土地征用与补偿",
    "拆迁安置",
    "城市规划",
    "财政资金",
    "卫生健康",
    "人力资源和社会保障",
]
UNDER_PREFECTURES = 2714
LOGGED = ("3", "4", "5", "7")  # chapters that the logs count: no figure is entered


def prefecture_codes() -> list[str]:
    return [f"53{n:02}00" for n in range(1, len(PREFECTURES) + 1)]


def department_codes() -> list[str]:
    return [f"530000-{n:02}" for n in range(1, len(DEPARTMENTS) + 1)]


def codes() -> list[str]:
    return [ROOT, *prefecture_codes(), *department_codes()]


def agencies() -> Iterable[list]:
    yield ["code", "name", "parent", "kind", "level"]
    yield [ROOT, "云南省人民政府（演示数据）", "", "government", "province"]
    for code, name in zip(prefecture_codes(), PREFECTURES, strict=True):
        full = f"{name}人民政府（演示数据）"
        yield [code, full, ROOT, "government", "prefecture"]
    for code, name in zip(department_codes(), DEPARTMENTS, strict=True):
        yield [code, f"云南{name}（演示数据）", ROOT, "department", "province"]


def repeated(numbers: dict[str, str]) -> list[str]:
    return [key for key, line in numbers.items() for _ in range(int(CELLS[line]))]


def requests(calendar: Calendar) -> Iterable[list]:
    """3605 requests, all received and concluded in 2018, as the report says of itself."""
    chance = random.Random(2018)
    total = int(CELLS["3.1"])
    channels, outcomes = repeated(CHANNELS), repeated(OUTCOMES)
    extended = [n < CELLS["3.2.2"] for n in range(total)]
    places = [chance.choice(prefecture_codes()) for _ in range(UNDER_PREFECTURES)]
    places += [
        chance.choice(department_codes()) for _ in range(total - UNDER_PREFECTURES)
    ]
    for column in (channels, outcomes, extended, places):
        chance.shuffle(column)
    yield [
        "agency", "channel", "received_on", "applicant_kind", "applicant_name",
        "subject", "topic", "extended_on", "extension_days", "replied_on", "outcome",
    ]  # fmt: skip
    rows = zip(places, channels, extended, outcomes, strict=True)
    for n, (place, channel, is_extended, outcome) in enumerate(rows, 1):
        received = date(2018, 1, 2) + timedelta(chance.randrange(310))
        topic = chance.choice(TOPICS)
        kind = chance.choice(["natural_person"] * 8 + ["business", "legal_service"])
        days = course(received, is_extended, calendar, chance)
        yield [
            place, channel, received, kind, f"演示申请人{n}",
            f"申请公开{topic}有关信息（演示数据）", topic, *days, outcome,
        ]  # fmt: skip


def course(
    received: date, is_extended: bool, calendar: Calendar, chance: random.Random
) -> list:
    """extended_on, extension_days, replied_on."""
    if not is_extended:
        return ["", "", calendar.nth(received, chance.randint(1, 15))]
    told = calendar.nth(received, 12)
    clock = deadlines.read(received, [Extended(on=told, days=10)], calendar)
    assert clock.base_due_on is not None
    assert calendar.is_working(told)
    return [told, 10, calendar.nth(clock.base_due_on, 5)]


def appeals() -> Iterable[list]:
    chance = random.Random(5)
    yield ["case_number", "agency", "procedure", "filed_on", "decided_on", "result"]
    results = {"upheld": "1", "corrected": "2", "other": "3"}
    for chapter, procedure in (("4", "reconsideration"), ("5", "litigation_direct")):
        for result, line in results.items():
            for n in range(int(CELLS[f"{chapter}.{line}"])):
                filed = date(2018, 1, 8) + timedelta(chance.randrange(250))
                number = f"〔2018〕演示{chapter}{line}第{n + 1}号"
                place = chance.choice(prefecture_codes())
                decided = filed + timedelta(60)
                yield [number, place, procedure, filed, decided, result]


def figures() -> Iterable[list]:
    yield ["agency", "year", "form", "line", "column", "value"]
    for line, value in CELLS.items():
        if line.split(".")[0] not in LOGGED:
            yield [ROOT, 2018, "national_2018", line, "count", value]


def write(folder: Path, calendar: Calendar) -> dict[str, Path]:
    """The four files as an office would hand them in."""
    made = {}
    for name, rows in (
        ("agencies", agencies()),
        ("requests", requests(calendar)),
        ("appeals", appeals()),
        ("figures", figures()),
    ):
        made[name] = folder / f"{name}.csv"
        with made[name].open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return made
