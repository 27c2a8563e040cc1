"""政府信息公开工作年度报告格式 (国办公开办函〔2021〕30号), for the reports from 2021 on.

Each outcome stands on the line that outcomes.csv gives. 二 is what the agency enters, as at
31 December; the counts of 第（五）（六）项 include decisions lawfully not published.
"""

from operator import eq

from reporting.formats.narrative_since_2019 import CHAPTERS_2021
from reporting.formats.phrases_since_2019 import LEXICON_2021
from reporting.formats.pictures_since_2019 import pictures
from reporting.formats.since_2019 import (
    APPEALS,
    APPLICANTS,
    CORNER,
    DOUBTS,
    FROM_2018,
    SAME_SINCE_2019,
    carried_in,
    carried_out,
    closed,
    entered,
    heading,
    new,
    requests,
    rules,
)
from reporting.rules import across, growth, soft
from reporting.tables import AMOUNT, Column, Form, Section, Table
from requests_app.domain.vocabulary import Outcome as O

IN_FORCE = "现行有效件数 = 上年有效 + 本年制发 − 本年废止 / in force = last year's plus issued minus repealed"
AT_31_DECEMBER = "核定时间点为报告年度的12月31日 / as at 31 December of the report year"
BY_31_DECEMBER = "截至12月31日，含依法不公开的决定 / as at 31 December, decisions lawfully unpublished included"

# fmt: off
DECISIONS = (Column(code="c1", label="本年处理决定数量"),)
PROACTIVE = Section(
    title="二、主动公开政府信息情况", drawn="bands",
    tables=(
        Table(title="第二十条第（一）项",
              columns=(Column(code="c1", label="本年制发件数"),
                       Column(code="c2", label="本年废止件数"),
                       Column(code="c3", label="现行有效件数", help=IN_FORCE)),
              lines=(entered("2.1.1", "规章", AT_31_DECEMBER),
                     entered("2.1.2", "行政规范性文件", AT_31_DECEMBER))),
        Table(title="第二十条第（五）项", columns=DECISIONS,
              lines=(entered("2.5.1", "行政许可", BY_31_DECEMBER),)),
        Table(title="第二十条第（六）项", columns=DECISIONS,
              lines=(entered("2.6.1", "行政处罚", BY_31_DECEMBER),
                     entered("2.6.2", "行政强制", BY_31_DECEMBER))),
        Table(title="第二十条第（八）项",
              columns=(Column(code="c1", label="本年收费金额（单位：万元）", unit=AMOUNT),),
              lines=(entered("2.8.1", "行政事业性收费", AT_31_DECEMBER),)),
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
    heading ("3.3.6",   1, "（六）其他处理"),
    requests("3.3.6.1", 2, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", closed(O.SUPPLEMENT_LAPSED)),
    requests("3.3.6.2", 2, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", closed(O.FEE_LAPSED)),
    requests("3.3.6.3", 2, "3.其他", closed(O.NOT_GOVERNMENT_INFORMATION, O.TOLD_TO_AMEND, O.TOLD_OTHER_CHANNEL, O.WITHDRAWN, O.OTHER)),
    requests("3.3.7",   1, "（七）总计", closed()),
    requests("3.4",     0, "四、结转下年度继续办理", carried_out()),
))

RULES = (
    *rules(RESULTS),
    soft("M-R6", across("c3", eq, "last:c3 + c1 - c2", on=("2.1.1", "2.1.2")),
         "现行有效件数应等于上年有效件数加本年制发、减本年废止", "in force equals last year's plus issued minus repealed"),
)
# fmt: on

FORM = Form(
    key="national_2021",
    title="政府信息公开工作年度报告",
    authority="国办公开办函〔2021〕30号",
    years=range(2021, 2100),
    sections=(
        PROACTIVE,
        Section(
            title="三、收到和处理政府信息公开申请情况", drawn="matrix",
            tables=(RESULTS,), corner=CORNER,
        ),
        APPEALS,
    ),
    rules=RULES,
    watched=(growth("3.1", "total"),),
    doubts=DOUBTS,
    narrative=CHAPTERS_2021,
    lexicon=LEXICON_2021,
    text_rule="M-R7",
    follows={"national_2018": FROM_2018, "national_2019": SAME_SINCE_2019},
    brought=("3.4",),
    pictures=pictures(RESULTS),
    notes=("各项数据核定时间点为报告年度的12月31日。",),
    landscape=True,
)  # fmt: skip
