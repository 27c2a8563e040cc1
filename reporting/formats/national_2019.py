"""政府信息公开工作年度报告格式（试行） (国办公开办函〔2019〕60号), for 2019 and 2020.

The whole of 2019 is reported here (LAW 1.9), so 其他处理 also takes what only the 2008
Regulations knew. Each outcome stands on the line that outcomes.csv gives.
"""

from reporting.formats.narrative_since_2019 import CHAPTERS_2019
from reporting.formats.phrases_since_2019 import LEXICON_2019
from reporting.formats.pictures_since_2019 import pictures
from reporting.formats.since_2019 import (
    APPEALS,
    APPLICANTS,
    CORNER,
    DOUBTS,
    FROM_2018,
    carried_in,
    carried_out,
    closed,
    entered,
    heading,
    new,
    requests,
    rules,
)
from reporting.rules import growth
from reporting.tables import AMOUNT, Column, Form, Section, Table
from requests_app.domain.vocabulary import Outcome as O

CHANGE = "增/减：增填正数，减填负数 / a change: below zero where it fell"

# fmt: off
ITEMS = (
    Column(code="c1", label="上一年项目数量"),
    Column(code="c2", label="本年增/减", signed=True, help=CHANGE),
)
ITEMS_AND_DECISIONS = (*ITEMS, Column(code="c3", label="处理决定数量"))
PROACTIVE = Section(
    title="二、主动公开政府信息情况", drawn="bands",
    tables=(
        Table(title="第二十条第（一）项",
              columns=(Column(code="c1", label="本年新制作数量"),
                       Column(code="c2", label="本年新公开数量"),
                       Column(code="c3", label="对外公开总数量")),
              lines=(entered("2.1.1", "规章"),
                     entered("2.1.2", "规范性文件"))),
        Table(title="第二十条第（五）项", columns=ITEMS_AND_DECISIONS,
              lines=(entered("2.5.1", "行政许可"),
                     entered("2.5.2", "其他对外管理服务事项"))),
        Table(title="第二十条第（六）项", columns=ITEMS_AND_DECISIONS,
              lines=(entered("2.6.1", "行政处罚"),
                     entered("2.6.2", "行政强制"))),
        Table(title="第二十条第（八）项", columns=ITEMS,
              lines=(entered("2.8.1", "行政事业性收费"),)),
        Table(title="第二十条第（九）项",
              columns=(Column(code="c1", label="采购项目数量"),
                       Column(code="c2", label="采购总金额", unit=AMOUNT)),
              lines=(entered("2.9.1", "政府集中采购"),)),
    ),
)

RESULTS = Table(columns=APPLICANTS, lines=(
    requests("3.1",     0, "一、本年新收政府信息公开申请数量", new()),
    requests("3.2",     0, "二、上年结转政府信息公开申请数量", carried_in()),
    heading ("3.3",     0, "三、本年度办理结果"),
    requests("3.3.1",   1, "（一）予以公开", closed(O.ALREADY_PUBLIC, O.GRANTED)),
    requests("3.3.2",   1, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", closed(O.PARTLY_GRANTED)),
    heading ("3.3.3",   1, "（三）不予公开"),
    requests("3.3.3.1", 2, "1.属于国家秘密", closed(O.STATE_SECRET)),
    requests("3.3.3.2", 2, "2.其他法律行政法规禁止公开", closed(O.FORBIDDEN_BY_LAW)),
    requests("3.3.3.3", 2, "3.危及“三安全一稳定”", closed(O.THREE_SECURITIES)),
    requests("3.3.3.4", 2, "4.保护第三方合法权益", closed(O.TRADE_SECRET, O.PERSONAL_PRIVACY, O.OTHER_THIRD_PARTY_RIGHTS)),
    requests("3.3.3.5", 2, "5.属于三类内部事务信息", closed(O.INTERNAL_AFFAIRS)),
    requests("3.3.3.6", 2, "6.属于四类过程性信息", closed(O.DELIBERATIVE)),
    requests("3.3.3.7", 2, "7.属于行政执法案卷", closed(O.ENFORCEMENT_FILE)),
    requests("3.3.3.8", 2, "8.属于行政查询事项", closed(O.ENQUIRY_MATTER)),
    heading ("3.3.4",   1, "（四）无法提供"),
    requests("3.3.4.1", 2, "1.本机关不掌握相关政府信息", closed(O.NOT_THIS_AGENCY, O.NOT_HELD)),
    requests("3.3.4.2", 2, "2.没有现成信息需要另行制作", closed(O.NEEDS_MAKING)),
    requests("3.3.4.3", 2, "3.补正后申请内容仍不明确", closed(O.STILL_UNCLEAR)),
    heading ("3.3.5",   1, "（五）不予处理"),
    requests("3.3.5.1", 2, "1.信访举报投诉类申请", closed(O.PETITION)),
    requests("3.3.5.2", 2, "2.重复申请", closed(O.REPEATED)),
    requests("3.3.5.3", 2, "3.要求提供公开出版物", closed(O.PUBLICATION)),
    requests("3.3.5.4", 2, "4.无正当理由大量反复申请", closed(O.EXCESSIVE)),
    requests("3.3.5.5", 2, "5.要求行政机关确认或重新出具已获取信息", closed(O.RECONFIRMATION)),
    requests("3.3.6",   1, "（六）其他处理", closed(O.NOT_GOVERNMENT_INFORMATION, O.TOLD_TO_AMEND, O.TOLD_OTHER_CHANNEL, O.SUPPLEMENT_LAPSED, O.FEE_LAPSED, O.WITHDRAWN, O.OTHER)),
    requests("3.3.7",   1, "（七）总计", closed()),
    requests("3.4",     0, "四、结转下年度继续办理", carried_out()),
))
# fmt: on

FORM = Form(
    key="national_2019",
    title="政府信息公开工作年度报告",
    authority="国办公开办函〔2019〕60号",
    years=range(2019, 2021),
    sections=(
        PROACTIVE,
        Section(
            title="三、收到和处理政府信息公开申请情况", drawn="matrix",
            tables=(RESULTS,), corner=CORNER,
        ),
        APPEALS,
    ),
    rules=rules(RESULTS),
    watched=(growth("3.1", "total"),),
    doubts=DOUBTS,
    narrative=CHAPTERS_2019,
    lexicon=LEXICON_2019,
    text_rule="M-R7",
    follows={"national_2018": FROM_2018},
    brought=("3.4",),
    pictures=pictures(RESULTS),
    landscape=True,
)  # fmt: skip
