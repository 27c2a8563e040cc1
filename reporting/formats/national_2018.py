"""政府信息公开情况统计表 (国办发〔2014〕32号), used for the reports of 2014 to 2018.

65 lines with one number each, as printed; which outcome stands on which line follows
LAW §9 (outcomes.csv). The official notes on the indicators were not found: what a line
counts is LAW §2.1's working definition.
"""

from dataclasses import replace
from functools import partial
from operator import eq, le, lt

from reporting.formats.definitions_2018 import HELP
from reporting.formats.narrative_2018 import CHAPTERS
from reporting.formats.phrases_2018 import LEXICON
from reporting.formats.pictures_2018 import PICTURES
from reporting.formats.review_first import review_skipped
from reporting.rules import (
    Cells,
    compare,
    growth,
    hard,
    not_all_equal,
    soft,
    whole_and_not_negative,
)
from reporting.tables import (
    AMOUNT,
    Column,
    Condition,
    Doubt,
    Form,
    Line,
    Measure,
    Section,
    Source,
    Table,
    where,
)
from requests_app.domain.vocabulary import (
    AppealResult,
    ApplicantKind,
    Channel,
    Entry,
    Exit,
    Outcome,
    Procedure,
    Timeliness,
)

#: concluded, but no reply under 3.3: 办结 without 答复 (outcomes.csv: no 2018 line)
WITHOUT_LINE = frozenset({Outcome.FEE_LAPSED, Outcome.WITHDRAWN, Outcome.OTHER})
REPLIES = frozenset(Outcome) - WITHOUT_LINE
#: 3.3.4 不同意公开, by main ground
REFUSALS = (
    Outcome.STATE_SECRET,
    Outcome.TRADE_SECRET,
    Outcome.PERSONAL_PRIVACY,
    Outcome.THREE_SECURITIES,
    Outcome.NOT_GOVERNMENT_INFORMATION,
    Outcome.INTERNAL_AFFAIRS,
    Outcome.DELIBERATIVE,
    Outcome.FORBIDDEN_BY_LAW,
    Outcome.OTHER_THIRD_PARTY_RIGHTS,
)
#: where the form itself does not say on which line (outcomes.csv: inferred, or a setting)
UNCERTAIN = frozenset({
    Outcome.INTERNAL_AFFAIRS,
    Outcome.DELIBERATIVE,
    Outcome.ENFORCEMENT_FILE,
    Outcome.NEEDS_MAKING,
    Outcome.PETITION,
    Outcome.REPEATED,
    Outcome.EXCESSIVE,
})  # fmt: skip
RECONSIDERATION = (Procedure.RECONSIDERATION,)
SUITS = (Procedure.LITIGATION_DIRECT, Procedure.LITIGATION_AFTER_RECONSIDERATION)
DECIDED = (AppealResult.UPHELD, AppealResult.CORRECTED, AppealResult.OTHER)


def new(**also: str | tuple[str, ...]) -> Condition:
    """Received in the year (收到)."""
    return where(entry=Entry.NEW, **also)


def closed(**also: str | tuple[str, ...] | frozenset[Outcome]) -> Condition:
    """Concluded in the year, whenever received (办结)."""
    return where(exit=Exit.CLOSED, **also)


def appeal(
    procedure: tuple[str, ...], result: str | tuple[str, ...] = DECIDED
) -> Condition:
    """Decided in the year, whenever filed; one dispute is one case."""
    return where(procedure=procedure, result=result)


def heading(code: str, depth: int, label: str) -> Line:
    return Line(code=code, depth=depth, label=label)


def entered(code: str, depth: int, label: str, unit: str) -> Line:
    return Line(
        code=code, depth=depth, label=label, unit=unit, source="entered",
        help=HELP.get(code, ""),
    )  # fmt: skip


def requests(
    code: str, depth: int, label: str, unit: str, counts: Condition,
    source: Source = "requests", measure: Measure = "count",
) -> Line:  # fmt: skip
    return Line(
        code=code, depth=depth, label=label, unit=unit,
        source=source, condition=counts, measure=measure,
    )  # fmt: skip


appeals = partial(requests, source="appeals")
fees = partial(requests, measure="fee")


# fmt: off
LINES = (
    heading("1",       0, "一、主动公开情况"),
    entered("1.1",     1, "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    entered("1.1.s1",  2, "其中：主动公开规范性文件数", "条"),
    entered("1.1.s2",  2, "制发规范性文件总数", "件"),
    heading("1.2",     1, "（二）通过不同渠道和方式公开政府信息的情况"),
    entered("1.2.1",   2, "1.政府公报公开政府信息数", "条"),
    entered("1.2.2",   2, "2.政府网站公开政府信息数", "条"),
    entered("1.2.3",   2, "3.政务微博公开政府信息数", "条"),
    entered("1.2.4",   2, "4.政务微信公开政府信息数", "条"),
    entered("1.2.5",   2, "5.其他方式公开政府信息数", "条"),
    heading("2",       0, "二、回应解读情况"),
    entered("2.1",     1, "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    heading("2.2",     1, "（二）通过不同渠道和方式回应解读的情况"),
    entered("2.2.1",   2, "1.参加或举办新闻发布会总次数", "次"),
    entered("2.2.1.1", 3, "其中：主要负责同志参加新闻发布会次数", "次"),
    entered("2.2.2",   2, "2.政府网站在线访谈次数", "次"),
    entered("2.2.2.1", 3, "其中：主要负责同志参加政府网站在线访谈次数", "次"),
    entered("2.2.3",   2, "3.政策解读稿件发布数", "篇"),
    entered("2.2.4",   2, "4.微博微信回应事件数", "次"),
    entered("2.2.5",   2, "5.其他方式回应事件数", "次"),
    heading("3",       0, "三、依申请公开情况"),
    requests("3.1",     1, "（一）收到申请数", "件", new()),
    requests("3.1.1",   2, "1.当面申请数", "件", new(channel=Channel.IN_PERSON)),
    requests("3.1.2",   2, "2.传真申请数", "件", new(channel=Channel.FAX)),
    requests("3.1.3",   2, "3.网络申请数", "件", new(channel=Channel.ONLINE)),
    requests("3.1.4",   2, "4.信函申请数", "件", new(channel=Channel.POST)),
    requests("3.2",     1, "（二）申请办结数", "件", closed()),
    requests("3.2.1",   2, "1.按时办结数", "件", closed(timeliness=Timeliness.ON_TIME)),
    requests("3.2.2",   2, "2.延期办结数", "件", closed(timeliness=(Timeliness.EXTENDED, Timeliness.LATE))),
    requests("3.3",     1, "（三）申请答复数", "件", closed(outcome=REPLIES)),
    requests("3.3.1",   2, "1.属于已主动公开范围数", "件", closed(outcome=Outcome.ALREADY_PUBLIC)),
    requests("3.3.2",   2, "2.同意公开答复数", "件", closed(outcome=Outcome.GRANTED)),
    requests("3.3.3",   2, "3.同意部分公开答复数", "件", closed(outcome=Outcome.PARTLY_GRANTED)),
    requests("3.3.4",   2, "4.不同意公开答复数", "件", closed(outcome=REFUSALS)),
    requests("3.3.4.1", 3, "其中：涉及国家秘密", "件", closed(outcome=Outcome.STATE_SECRET)),
    requests("3.3.4.2", 3, "涉及商业秘密", "件", closed(outcome=Outcome.TRADE_SECRET)),
    requests("3.3.4.3", 3, "涉及个人隐私", "件", closed(outcome=Outcome.PERSONAL_PRIVACY)),
    requests("3.3.4.4", 3, "危及国家安全、公共安全、经济安全和社会稳定", "件", closed(outcome=Outcome.THREE_SECURITIES)),
    requests("3.3.4.5", 3, "不是《条例》所指政府信息", "件", closed(outcome=(Outcome.NOT_GOVERNMENT_INFORMATION, Outcome.INTERNAL_AFFAIRS, Outcome.DELIBERATIVE))),
    requests("3.3.4.6", 3, "法律法规规定的其他情形", "件", closed(outcome=(Outcome.FORBIDDEN_BY_LAW, Outcome.OTHER_THIRD_PARTY_RIGHTS))),
    requests("3.3.5",   2, "5.不属于本行政机关公开数", "件", closed(outcome=Outcome.NOT_THIS_AGENCY)),
    requests("3.3.6",   2, "6.申请信息不存在数", "件", closed(outcome=(Outcome.NOT_HELD, Outcome.NEEDS_MAKING))),
    requests("3.3.7",   2, "7.告知作出更改补充数", "件", closed(outcome=(Outcome.TOLD_TO_AMEND, Outcome.STILL_UNCLEAR, Outcome.SUPPLEMENT_LAPSED))),
    requests("3.3.8",   2, "8.告知通过其他途径办理数", "件", closed(outcome=(Outcome.TOLD_OTHER_CHANNEL, Outcome.ENFORCEMENT_FILE, Outcome.ENQUIRY_MATTER, Outcome.PETITION, Outcome.REPEATED, Outcome.PUBLICATION, Outcome.EXCESSIVE, Outcome.RECONFIRMATION))),
    appeals("4",       0, "四、行政复议数量", "件", appeal(RECONSIDERATION)),
    appeals("4.1",     1, "（一）维持具体行政行为数", "件", appeal(RECONSIDERATION, AppealResult.UPHELD)),
    appeals("4.2",     1, "（二）被依法纠错数", "件", appeal(RECONSIDERATION, AppealResult.CORRECTED)),
    appeals("4.3",     1, "（三）其他情形数", "件", appeal(RECONSIDERATION, AppealResult.OTHER)),
    appeals("5",       0, "五、行政诉讼数量", "件", appeal(SUITS)),
    appeals("5.1",     1, "（一）维持具体行政行为或者驳回原告诉讼请求数", "件", appeal(SUITS, AppealResult.UPHELD)),
    appeals("5.2",     1, "（二）被依法纠错数", "件", appeal(SUITS, AppealResult.CORRECTED)),
    appeals("5.3",     1, "（三）其他情形数", "件", appeal(SUITS, AppealResult.OTHER)),
    replace(entered("6", 0, "六、举报投诉数量", "件"), logged="complaints"),  # where a log of them is kept
    fees("7",       0, "七、依申请公开信息收取的费用", "万元", closed()),
    heading("8",       0, "八、机构建设和保障经费情况"),
    entered("8.1",     1, "（一）政府信息公开工作专门机构数", "个"),
    entered("8.2",     1, "（二）设置政府信息公开查阅点数", "个"),
    entered("8.3",     1, "（三）从事政府信息公开工作人员数", "人"),
    entered("8.3.1",   2, "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    entered("8.3.2",   2, "2.兼职人员数", "人"),
    entered("8.4",     1, "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元"),
    heading("9",       0, "九、政府信息公开会议和培训情况"),
    entered("9.1",     1, "（一）召开政府信息公开工作会议或专题会议数", "次"),
    entered("9.2",     1, "（二）举办各类培训班数", "次"),
    entered("9.3",     1, "（三）接受培训人员数", "人次"),
)
# fmt: on

#: not printed: what stood open on 1 January (上年结转), for S18-R6
CARRIED_IN = Line(
    code="carried_in",
    depth=0,
    label="上年结转",
    unit="件",
    source="requests",
    condition=where(entry=Entry.CARRIED_IN),
)
CHANNELS = "1.2.1 + 1.2.2 + 1.2.3 + 1.2.4 + 1.2.5"


AMOUNTS = tuple(line.code for line in LINES if line.unit == AMOUNT)
COUNTS = tuple(line.code for line in LINES if line.unit and line.unit != AMOUNT)


def one_channel_at_most(cells: Cells, column: str) -> bool:
    return sum(bool(cells.get((code, column))) for code in CHANNELS.split(" + ")) <= 1


# fmt: off
RULES = (
    hard("S18-R1", compare("3.1", eq, "3.1.1 + 3.1.2 + 3.1.3 + 3.1.4"),
         "收到申请数应等于各申请方式之和", "received equals the sum of the channels"),
    hard("S18-R2", compare("3.2", eq, "3.2.1 + 3.2.2"),
         "申请办结数应等于按时与延期办结数之和", "concluded equals on time plus extended"),
    hard("S18-R3", compare("3.3", eq, "3.3.1 + 3.3.2 + 3.3.3 + 3.3.4 + 3.3.5 + 3.3.6 + 3.3.7 + 3.3.8"),
         "申请答复数应等于各类答复之和", "replies equal the sum of their kinds"),
    hard("S18-R4", compare("3.3.4", eq, "3.3.4.1 + 3.3.4.2 + 3.3.4.3 + 3.3.4.4 + 3.3.4.5 + 3.3.4.6"),
         "不同意公开答复数应等于六项理由之和", "refusals equal the sum of the six grounds"),
    soft("S18-R5", compare("3.2", eq, "3.3"),
         "办结数与答复数不同：撤回、放弃等没有答复", "concluded differs from replied: withdrawn or lapsed?"),
    soft("S18-R6", compare("3.2", le, "3.1 + carried_in"),
         "办结数超过收到数与上年结转数之和", "more concluded than received and carried in"),
    hard("S18-R7", compare("4", eq, "4.1 + 4.2 + 4.3"),
         "行政复议数应等于三种结果之和", "reconsiderations equal the sum of their results"),
    hard("S18-R8", compare("5", eq, "5.1 + 5.2 + 5.3"),
         "行政诉讼数应等于三种结果之和", "suits equal the sum of their results"),
    soft("S18-R9", compare("1.1", lt, CHANNELS, unless=one_channel_at_most),
         "主动公开数不小于各渠道之和：相同信息应计1条", "1.1 is not below the plain sum of its channels: nobody de-duplicated"),
    soft("S18-R10", compare("1.1.s1", le, "1.1.s2"),
         "公开的规范性文件多于制发的规范性文件", "more normative documents published than issued"),
    hard("S18-R11", compare("1.1.s1", le, "1.1"),
         "其中数不应大于总数", "a part is not larger than its whole"),
    hard("S18-R12", compare("2.2.1.1", le, "2.2.1"),
         "其中数不应大于总数", "a part is not larger than its whole"),
    hard("S18-R12", compare("2.2.2.1", le, "2.2.2"),
         "其中数不应大于总数", "a part is not larger than its whole"),
    hard("S18-R13", compare("8.3", eq, "8.3.1 + 8.3.2"),
         "工作人员数应等于专职与兼职之和", "staff equal full-time plus part-time"),
    hard("S18-R14", whole_and_not_negative(counts=COUNTS, amounts=AMOUNTS),
         "数量应为非负整数，经费应为非负数", "counts are whole and not negative, amounts not negative"),
    soft("S18-R16", not_all_equal("3.1", "3.2", "3.3", from_=100),
         "收到、办结、答复数完全相同：没有任何结转不大可能", "received = concluded = answered: a year without any carry-over is improbable", whole_year=True),
)

DOUBTS = (
    Doubt(id="channel_missing", line="3.1", column="count", named=True,
          counts=new(channel=""),
          zh="{n} 件申请没有申请方式，未计入任何申请方式", en="requests without a channel"),
    Doubt(id="late_among_extended", line="3.2.2", column="count",
          counts=closed(timeliness=Timeliness.LATE),
          zh="{n} 件逾期办结计入延期办结数，本表没有逾期一行", en="late, counted in 3.2.2"),
    Doubt(id="outcome_without_line", line="3.2", column="count",
          counts=closed(outcome=(Outcome.OTHER, Outcome.FEE_LAPSED)),
          zh="{n} 件办结的答复类别在本表没有对应行，只计入办结数", en="concluded, no line"),
    *(Doubt(id=f"applicant_kind_without_line:{kind}", line="3.1", column="count", elsewhere=True,
            counts=new(applicant_kind=kind),
            zh=f"{kind.zh}申请 {{n}} 件，本表不分申请人类别", en=f"requests by {kind.en}: no line for kinds of applicant")
      for kind in ApplicantKind),
    *(Doubt(id=f"pending_without_line:{procedure}", line=line, column="count", elsewhere=True,
            source="appeals", counts=appeal((procedure,), AppealResult.PENDING),
            zh=f"{procedure.zh} {{n}} 件年末尚未审结，本表没有此行", en=f"{procedure.en}, pending at the year's end: no line")
      for procedure, line in zip(Procedure, ("4", "5", "5"), strict=True)),
    review_skipped("5", "count"),
)
# fmt: on

FORM = Form(
    key="national_2018",
    title="政府信息公开情况统计表",
    authority="国办发〔2014〕32号",
    years=range(2014, 2019),
    uncertain=UNCERTAIN,
    by_quarters=True,  # by provinces, and since as an internal table (LAW §2)
    tolerated=frozenset({2019}),  # 确实存在现实困难的，可参照 (F19; LAW 1.9)
    sections=(
        Section(
            tables=(
                Table(
                    lines=LINES,
                    columns=(Column(code="count", label="统计数"),),
                    memo=(CARRIED_IN,),
                ),
            )
        ),
    ),
    rules=RULES,
    watched=(growth("3.1", "count"),),
    doubts=DOUBTS,
    off_paper=WITHOUT_LINE,
    narrative=CHAPTERS,
    annexed_to="政府信息公开工作报告",
    pictures=PICTURES,
    lexicon=LEXICON,
    text_rule="S18-R15",
)
