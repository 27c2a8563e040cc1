"""Reading a notice as printed; the days must be those that the year's file holds."""

import pytest

from requests_app.domain.notices import read_notice
from requests_app.domain.regimes import NotAllowed

PRINTED = {
    2017: """一、元旦：1月1日放假，1月2日（星期一）补休。
二、春节：1月27日至2月2日放假调休，共7天。1月22日（星期日）、2月4日（星期六）上班。
三、清明节：4月2日至4日放假调休，共3天。4月1日（星期六）上班。
四、劳动节：5月1日放假，与周末连休。
五、端午节：5月28日至30日放假调休，共3天。5月27日（星期六）上班。
六、中秋节、国庆节：10月1日至8日放假调休，共8天。9月30日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班。""",
    2019: """一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日放假。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2024: """一、元旦:1月1日放假,与周末连休。
二、春节:2月10日至17日放假调休,共8天。2月4日(星期日)、2月18日(星期日)上班。鼓励各单位安排职工在除夕(2月9日)休息。
三、清明节:4月4日至6日放假调休,共3天。4月7日(星期日)上班。
四、劳动节:5月1日至5日放假调休,共5天。4月28日(星期日)、5月11日(星期六)上班。
五、端午节:6月10日放假,与周末连休。
六、中秋节:9月15日至17日放假调休,共3天。9月14日(星期六)上班。
七、国庆节:10月1日至7日放假调休,共7天。9月29日(星期日)、10月12日(星期六)上班。""",
    2026: """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}


def moved(days):
    """Only what a notice changes: a weekend that is off anyway is named but not moved."""
    return {(str(d.on), d.working) for d in days if d.working or d.on.weekday() < 5}


@pytest.mark.parametrize("year", PRINTED)
def test_the_days_are_those_of_the_years_first_notice(calendar, year):
    first = next(n for n in calendar.notices if n.year == year)
    assert moved(read_notice(PRINTED[year], year)) == moved(first.days)


def test_holidays_are_named_and_so_is_the_day_worked_instead():
    days = read_notice("一、春节：1月27日至28日放假。1月22日（星期日）上班。", 2017)
    assert [(str(d.on), d.working, d.name) for d in days] == [
        ("2017-01-22", True, "春节"),
        ("2017-01-27", False, "春节"),
        ("2017-01-28", False, "春节"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有读到"),
        ("春节放假七天", "没有读到"),
        ("一、元旦：1月1日（星期三）放假。", "星期"),
        ("一、元旦：2月30日放假。", "没有"),
        ("一、元旦：1月3日至1日放假。", "颠倒"),
        ("一、元旦：1月1日照常营业。", "读不懂"),
        ("一、元旦：1月2日放假。1月2日上班。", "既放假又上班"),
    ],
)
def test_what_is_not_understood_is_refused(text, says):
    with pytest.raises(NotAllowed, match=says):
        read_notice(text, 2017)
