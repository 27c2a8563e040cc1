"""Marks → SVG that reads without colour and aloud."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from reporting.pictures import Mark, Series, bars, columns, trend

SVG = "{http://www.w3.org/2000/svg}"
CHANNELS = [
    Mark("当面", 740, "/a?x=1&y=2"),
    Mark("传真", 46),
    Mark("网络", 0),
    Mark("信函", None),
]
YEARS = [
    Series("收到", (Mark("2016", 30), Mark("2017", None), Mark("2018", 60, "/r"))),
    Series("办结", (Mark("2016", 28), Mark("2017", 31), Mark("2018", 60))),
]


def read(picture):
    return ElementTree.fromstring(picture)


def words(picture):
    return [element.text for element in read(picture).iter(f"{SVG}text")]


def titles(picture):
    return [element.text for element in read(picture).iter(f"{SVG}title")]


def test_bars_carry_name_number_and_share():
    assert words(bars("申请方式", CHANNELS)) == [
        "当面", "740（94.15%）", "传真", "46（5.85%）", "网络", "0（0.00%）", "信函", "—",
    ]  # fmt: skip
    assert words(bars("申请方式", CHANNELS, shares=False))[1] == "740"


def test_every_mark_is_read_out_and_leads_where_it_leads():
    picture = bars("申请方式", CHANNELS)
    assert titles(picture) == ["申请方式", "当面 740", "传真 46", "网络 0", "信函 —"]
    assert [a.get("href") for a in read(picture).iter(f"{SVG}a")] == ["/a?x=1&y=2"]
    assert read(picture).get("role") == "group"
    assert read(bars("无链接", [Mark("当面", 1)])).get("role") == "img"


def test_a_bar_is_as_long_as_its_number():
    drawn = [
        float(r.get("width"))
        for r in read(bars("", [Mark("甲", 100), Mark("乙", 50), Mark("丙", 0)])).iter(f"{SVG}rect")
    ]  # fmt: skip
    assert drawn[0] == pytest.approx(2 * drawn[1], abs=0.01)
    assert len(drawn) == 2


def test_columns_stand_in_groups_named_once_and_differ_by_more_than_colour():
    picture = columns("逐年", YEARS)
    assert words(picture) == [
        "收到", "办结", "30", "28", "2016", "—", "31", "2017", "60", "60", "2018",
    ]  # fmt: skip
    fills = [r.get("fill") for r in read(picture).iter(f"{SVG}rect")]
    assert fills[:2] == ["#33568f", "none"]
    assert "办结 2017 31" in titles(picture)


def test_a_trend_has_a_gap_where_nobody_knows_and_a_dash_of_its_own():
    picture = trend("逐年", YEARS)
    lines = [e.get("stroke-dasharray") for e in read(picture).iter(f"{SVG}line")]
    assert lines == [None, "6 4", "6 4"]  # the base; 收到 has no two neighbours
    assert words(picture) == [
        "2016", "2017", "2018", "30", "60", "收到", "28", "31", "60", "办结",
    ]  # fmt: skip


def ends(picture):
    return [
        float(e.get("y"))
        for e in read(picture).iter(f"{SVG}text")
        if e.text in ("收到", "办结")
    ]


def test_two_lines_that_end_together_are_named_apart():
    one, other = ends(trend("逐年", YEARS))
    assert abs(one - other) >= 18


@pytest.mark.parametrize(
    "picture", [bars("空", []), columns("空", []), trend("空", [])]
)
def test_nothing_is_an_empty_picture(picture):
    assert titles(picture) == ["空"]


@pytest.mark.parametrize("make", [columns, trend])
def test_all_noughts_are_drawn_too(make):
    none = [Series("收到", (Mark("2017", 0), Mark("2018", 0)))]
    assert words(make("零", none)).count("0") == 2


def test_a_name_is_text_and_no_markup():
    picture = bars("<b>", [Mark('"><script>', Decimal("0.5"), '/"x')])
    assert words(picture) == ['"><script>', "0.5（100.00%）"]
    assert "<script" not in picture


def test_a_long_name_is_cut_in_the_picture_and_read_out_whole():
    name = "已主动公开，告知申请人获取该政府信息的方式、途径和时间"
    picture = bars("", [Mark(name, 1)])
    assert words(picture)[0] == f"{name[:21]}…"
    assert titles(picture)[-1] == f"{name} 1"
