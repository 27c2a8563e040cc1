"""What the forms of 2019 and of 2021 have in common: who asks, 四, and the rules.

The article's note on 四: 行政复议机关作为共同被告的行政诉讼案件，只计算原行为主体的案件数量
(`facts` leaves the co-defendant's copy out). The corner note of 三 is M-R1.
"""

from operator import eq

from reporting.formats.review_first import review_skipped
from reporting.rules import Rule, across, compare, hard
from reporting.tables import (
    Column,
    Condition,
    Doubt,
    Line,
    Section,
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


def heading(code: str, depth: int, label: str) -> Line:
    return Line(code=code, depth=depth, label=label)


def entered(code: str, label: str, help: str = "") -> Line:
    return Line(code=code, label=label, source="entered", help=help)


def requests(code: str, depth: int, label: str, counts: Condition) -> Line:
    return Line(
        code=code, depth=depth, label=label, source="requests", condition=counts
    )


def appeals(code: str, *heads: str, of: Procedure) -> Line:
    *under, label = heads
    return Line(
        code=code, label=label, under=tuple(under), source="appeals",
        condition=where(procedure=of),
    )  # fmt: skip


def new() -> Condition:
    """Received in the year (本年新收)."""
    return where(entry=Entry.NEW)


def carried_in() -> Condition:
    """Received before the year and not concluded before it (上年结转)."""
    return where(entry=Entry.CARRIED_IN)


def closed(*outcomes: Outcome) -> Condition:
    """Concluded in the year, whenever received (办理结果)."""
    return where(exit=Exit.CLOSED, **({"outcome": outcomes} if outcomes else {}))


def carried_out() -> Condition:
    """Not concluded by the year's end (结转下年度)."""
    return where(exit=Exit.CARRIED_OUT)


def of(code: str, label: str, kind: ApplicantKind, *under: str) -> Column:
    return Column(
        code=code, label=label, under=under, condition=where(applicant_kind=kind)
    )


def by(result: AppealResult) -> Column:
    return Column(code=result, label=result.zh, condition=where(result=result))


# fmt: off
APPLICANTS = (
    of("natural_person",    "自然人",       ApplicantKind.NATURAL_PERSON, "申请人情况"),
    of("org.company",       "商业企业",     ApplicantKind.BUSINESS,       "申请人情况", "法人或其他组织"),
    of("org.research",      "科研机构",     ApplicantKind.RESEARCH,       "申请人情况", "法人或其他组织"),
    of("org.ngo",           "社会公益组织", ApplicantKind.CHARITY,        "申请人情况", "法人或其他组织"),
    of("org.legal_service", "法律服务机构", ApplicantKind.LEGAL_SERVICE,  "申请人情况", "法人或其他组织"),
    of("org.other",         "其他",         ApplicantKind.OTHER,          "申请人情况", "法人或其他组织"),
    Column(code="total", label="总计", under=("申请人情况",)),
)
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

APPEALS = Section(
    title="四、政府信息公开行政复议、行政诉讼情况", drawn="abreast",
    tables=(Table(
        lines=(
            appeals("4.1", "行政复议",                     of=Procedure.RECONSIDERATION),
            appeals("4.2", "行政诉讼", "未经复议直接起诉", of=Procedure.LITIGATION_DIRECT),
            appeals("4.3", "行政诉讼", "复议后起诉",       of=Procedure.LITIGATION_AFTER_RECONSIDERATION),
        ),
        columns=(
            by(AppealResult.UPHELD), by(AppealResult.CORRECTED),
            by(AppealResult.OTHER),  by(AppealResult.PENDING),
            Column(code="total", label="总计"),
        ),
    ),),
    notes=("行政复议机关作为共同被告的行政诉讼案件，只计算原行为主体的案件数量，不计算行政复议机关的案件数量。",),
)


#: received and concluded: what the table of 2018 asks as well; its carry-over was not asked,
#: its cases were the decided alone
FROM_2018 = {("3.1", "count"): ("3.1", "total"), ("3.2", "count"): ("3.3.7", "total")}
SAME_SINCE_2019 = {
    (line, column.code): (line, column.code)
    for columns, lines in (
        (APPLICANTS, ("3.1", "3.2", "3.3.7", "3.4")),
        (APPEALS.tables[0].columns, ("4.1", "4.2", "4.3")),
    )
    for line in lines for column in columns
}


def rules(results: Table) -> tuple[Rule, ...]:
    """M-R1 to M-R5 over 三; M-R7 is the narrative's."""
    counted = tuple(line.code for line in results.lines if line.source == "requests")
    parts = " + ".join(c for c in counted if c.startswith("3.3.") and c != "3.3.7")
    cases = tuple(line.code for line in APPEALS.tables[0].lines)
    kinds = " + ".join(column.code for column in APPLICANTS[:-1])
    return (
        hard("M-R1", compare("3.1 + 3.2", eq, "3.3.7 + 3.4"),
             "第一项加第二项之和，应等于第三项加第四项之和", "received and carried in equal concluded and carried out"),
        hard("M-R2", compare("3.3.7", eq, parts),
             "办理结果总计应等于各项之和", "the total of the results equals the sum of its parts"),
        hard("M-R3", across("total", eq, kinds, on=counted),
             "总计应等于自然人与各类组织之和", "the total equals natural persons plus organisations"),
        hard("M-R4", compare("3.2", eq, "last:3.4"),
             "上年结转应等于上年报告的结转下年度", "carried in equals what last year's report carried out", two_years=True),
        hard("M-R5", across("total", eq, "upheld + corrected + other + pending", on=cases),
             "总计应等于四种结果之和", "the total equals the sum of the four results"),
    )


DOUBTS = (
    review_skipped("4.2", "total"),
    Doubt(id="complaints_without_line", line="4.1", column="total", source="complaints",
          counts={},
          zh="登记举报投诉 {n} 件，本表没有此行", en="complaints logged: no line for them here"),
    Doubt(id="applicant_kind_missing", line="3.1", column="total", named=True,
          counts=where(applicant_kind=""),
          zh="{n} 件申请没有申请人类别，只计入总计", en="requests without a kind of applicant, counted in the total alone"),
    Doubt(id="fee_without_line", line="3.3.7", column="total", measure="fee",
          counts=closed(),
          zh="收取信息处理费 {n} 万元，本表没有此行，请在“其他需要报告的事项”中写明", en="fees in 10 000 yuan: no line here, to be told in chapter 六"),
    *(Doubt(id=f"channel_without_line:{channel}", line="3.1", column="total", elsewhere=True,
            counts=where(entry=Entry.NEW, channel=channel),
            zh=f"{channel.zh}申请 {{n}} 件，本表不分申请方式", en=f"requests received by {channel.en}: no line for channels")
      for channel in Channel),
    *(Doubt(id=f"timeliness_without_line:{how}", line="3.3.7", column="total", elsewhere=True,
            counts=where(exit=Exit.CLOSED, timeliness=how),
            zh=f"{how.zh}办结 {{n}} 件，本表不分办理时效", en=f"concluded {how.en}: no line for timeliness")
      for how in Timeliness),
)
# fmt: on
