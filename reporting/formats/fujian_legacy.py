"""A Fujian table (指标名称、计量单位、本年度、历年累计), printed by offices there for the years
to 2018 in place of the national one: the proof that a province's own form is one file.

Its notes on the indicators were not found; what a line counts is a working definition after
LAW §2.1. 历年累计 reaches back before any log and is entered. Its sums are not printed, so
they are soft.
"""

from operator import eq, le

from reporting.formats.national_2018 import (
    REPLIES,
    SUITS,
    WITHOUT_LINE,
    appeal,
    closed,
    new,
)
from reporting.rules import across, compare, soft
from reporting.tables import (
    Column,
    Condition,
    Doubt,
    Form,
    Line,
    Section,
    Source,
    Table,
)
from requests_app.domain.vocabulary import Channel, Outcome, Procedure

GRANTED = (Outcome.ALREADY_PUBLIC, Outcome.GRANTED)
REFUSED = (
    Outcome.STATE_SECRET,
    Outcome.TRADE_SECRET,
    Outcome.PERSONAL_PRIVACY,
    Outcome.OTHER_THIRD_PARTY_RIGHTS,
    Outcome.THREE_SECURITIES,
    Outcome.FORBIDDEN_BY_LAW,
)
OTHERWISE = REPLIES - {*GRANTED, Outcome.PARTLY_GRANTED, *REFUSED}


def entered(code: str, depth: int, label: str, unit: str) -> Line:
    return Line(code=code, depth=depth, label=label, unit=unit, source="entered")


def counted(
    code: str, depth: int, label: str, counts: Condition, source: Source = "requests"
) -> Line:
    return Line(
        code=code, depth=depth, label=label, unit="件", source=source, condition=counts
    )


# fmt: off
LINES = (
    entered("1",   0, "主动公开文件数", "件"),
    entered("1.1", 1, "1.政府网站公开数", "件"),
    entered("1.2", 1, "2.政府公报公开数", "件"),
    counted("2",   0, "受理依申请公开信息总数", new()),
    counted("2.1", 1, "1.当面申请数", new(channel=Channel.IN_PERSON)),
    counted("2.2", 1, "2.网上申请数", new(channel=Channel.ONLINE)),
    counted("2.3", 1, "3.信函、传真申请数", new(channel=(Channel.POST, Channel.FAX))),
    counted("3",   0, "对申请的答复总数", closed(outcome=REPLIES)),
    counted("3.1", 1, "1.同意公开答复数", closed(outcome=GRANTED)),
    counted("3.2", 1, "2.同意部分公开答复数", closed(outcome=Outcome.PARTLY_GRANTED)),
    counted("3.3", 1, "3.不予公开答复数", closed(outcome=REFUSED)),
    counted("3.4", 1, "4.其他类型答复数", closed(outcome=OTHERWISE)),
    entered("4",   0, "政府信息公开收费减免金额", "万元"),
    entered("5",   0, "接受行政诉讼、举报数", "件"),
    counted("6",   0, "行政复议数", appeal((Procedure.RECONSIDERATION,)), "appeals"),
    counted("7",   0, "行政诉讼数", appeal(SUITS), "appeals"),
)
COLUMNS = (
    Column(code="year",  label="本年度"),
    Column(code="total", label="历年累计", entered=True),
)
RULES = (
    soft("FJ-1", compare("1", eq, "1.1 + 1.2"),
         "主动公开文件数应等于各渠道之和", "published equals the sum of the channels"),
    soft("FJ-2", compare("2", eq, "2.1 + 2.2 + 2.3"),
         "受理总数应等于各申请方式之和", "received equals the sum of the channels"),
    soft("FJ-3", compare("3", eq, "3.1 + 3.2 + 3.3 + 3.4"),
         "答复总数应等于各类答复之和", "replies equal the sum of their kinds"),
    soft("FJ-4", across("year", le, "total", on=tuple(line.code for line in LINES)),
         "本年度数不应大于历年累计", "a year is not more than all years"),
)
DOUBTS = (
    Doubt(id="channel_missing", line="2", column="year", named=True, counts=new(channel=""),
          zh="{n} 件申请没有申请方式，未计入任何申请方式", en="requests without a channel"),
    Doubt(id="outcome_without_line", line="3", column="year",
          counts=closed(outcome=WITHOUT_LINE),
          zh="{n} 件办结的没有答复，本表没有此行", en="concluded without a reply, no line"),
)
# fmt: on

FORM = Form(
    key="fujian_legacy",
    title="政府信息公开情况统计表（福建）",
    authority="福建省",
    years=range(2014, 2019),
    sections=(
        Section(
            tables=(Table(lines=LINES, columns=COLUMNS),),
            heads=("指标名称", "计量单位"),
        ),
    ),
    rules=RULES,
    doubts=DOUBTS,
    off_paper=WITHOUT_LINE,
)
