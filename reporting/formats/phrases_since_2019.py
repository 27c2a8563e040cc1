"""How reports since 2019 speak of the lines of the forms of 2019 and 2021."""

from itertools import chain

from reporting.narrative.lexicon import Family, Kind, Lexicon, Phrase, phrase, rest


def lines(stem: str, how_many: int) -> str:
    return " + ".join(f"{stem}.{n}" for n in range(1, how_many + 1))


REFUSED, UNABLE, UNHANDLED, OTHERWISE = (
    lines("3.3.3", 8), lines("3.3.4", 3), lines("3.3.5", 5), lines("3.3.6", 3),
)  # fmt: skip
RECEIVED = ("3.1", "3.1 + 3.2")
SUITS = "4.2 + 4.3"
APPLICATION = r"(?:政府信息)?(?:依申请)?(?:公开)?(?:的)?申请(?:数量)?"

# fmt: off
REQUESTS = (
    phrase(rf"(?:本年|今年|全年|当年|年度)?新(?:收|增|受理)(?:到)?{APPLICATION}|(?:本年|年度)?新收", "3.1"),
    phrase(r"(?:收到|受理|接到|接收|收悉)[^，；。]{0,12}?(?:申请公开|申请)(?:政府信息)?(?:事项)?", *RECEIVED),
    phrase(rf"(?:上年|上年度|上一年|上一年度|去年|20\d\d年)结转{APPLICATION}|结转(?:上年|上年度|上一年|上一年度|去年)(?:{APPLICATION})?|(?:上年|上年度|上一年|上一年度|去年|20\d\d年)结转", "3.2"),
    phrase(rf"(?:办结|办理完毕|办复){APPLICATION}|(?:已)?办结|办理结果(?:总计)?", "3.3.7"),
    phrase(rf"办理{APPLICATION}", "3.3.7", *RECEIVED),
    phrase(rf"答复{APPLICATION}|(?:作出|依法|按时|按期)?答复", "3.3.7", f"3.3.1 + 3.3.2 + {REFUSED} + {UNABLE} + {UNHANDLED}", *RECEIVED),
    phrase(r"(?:结转|顺延)(?:至|到)?(?:下年|下年度|下一年|下一年度|次年|20\d\d年)(?:度)?(?:继续)?(?:办理|答复)?", "3.4"),
    phrase(r"(?<!不)予以公开", "3.3.1"),
    phrase(r"(?:予以)?部分公开", "3.3.2"),
    phrase(r"不予公开", REFUSED),
    phrase(r"(?:涉及|属于)?国家秘密", "3.3.3.1"),
    phrase(r"(?:其他)?(?:法律、?行政法规|法律法规)禁止公开", "3.3.3.2"),
    phrase(r"(?:危及)?三安全一稳定", "3.3.3.3"),
    phrase(r"(?:保护|涉及|损害)?第三方合法权益", "3.3.3.4"),
    phrase(r"(?:属于)?(?:三类)?内部(?:事务|管理)(?:性)?信息", "3.3.3.5"),
    phrase(r"(?:属于)?(?:四类)?过程性(?:政府)?信息", "3.3.3.6"),
    phrase(r"(?:属于)?行政执法案卷(?:信息)?", "3.3.3.7"),
    phrase(r"(?:属于)?行政查询(?:事项)?", "3.3.3.8"),
    phrase(r"无法提供", UNABLE),
    phrase(r"(?:因|由于)?(?:属于)?(?:本|我)?(?:行政)?(?:机关|局|办|部门|单位|委|厅)?不掌握(?:相关|该|有关)?(?:政府)?信息(?:等原因)?(?:而|，)?(?:无法提供)?", "3.3.4.1", UNABLE),
    phrase(r"没有现成信息(?:需要?另行制作)?(?:而)?(?:无法提供)?|需要?另行制作(?:而)?(?:无法提供)?", "3.3.4.2", UNABLE),
    phrase(r"补正后(?:申请内容)?仍(?:然)?不明确(?:而)?(?:无法提供)?", "3.3.4.3", UNABLE),
    phrase(r"不予处理", UNHANDLED),
    phrase(r"不予重复处理", "3.3.5.2"),
    phrase(r"(?:属于)?信访(?:、)?(?:举报)?(?:、)?(?:投诉)?(?:类|事项)?", "3.3.5.1"),
    phrase(r"重复申请", "3.3.5.2"),
    phrase(r"(?:要求提供)?公开出版物", "3.3.5.3"),
    phrase(r"(?:无正当理由)?大量(?:、)?反复申请", "3.3.5.4"),
    phrase(r"(?:要求行政机关)?确认(?:或|、)(?:者)?重新出具(?:已获取)?信息", "3.3.5.5"),
)
#: 2021 splits （六）其他处理 in three
OTHERWISE_2021 = (
    phrase(r"其他处理", OTHERWISE, "3.3.6.3", about="申请"),
    phrase(r"(?:申请人)?(?:无正当理由)?逾期不补正(?:、?行政机关不再处理其政府信息公开申请)?", "3.3.6.1"),
    phrase(r"(?:申请人)?逾期(?:未按收费通知要求缴纳费用|未缴费|不缴费)(?:、?行政机关不再处理其政府信息公开申请)?", "3.3.6.2"),
    rest(r"^其他(?:原因|情形|组织)?", OTHERWISE, "3.3.6.3", about="申请"),
)
OTHERWISE_2019 = (
    phrase(r"其他处理", "3.3.6", about="申请"),
    rest(r"^其他(?:原因|情形|组织)?", "3.3.6", about="申请"),
)
APPEALS = (
    phrase(r"行政复议(?:申请|案件)?|复议案件|^复议", "4.1:total"),
    phrase(r"行政诉讼(?:案件)?|诉讼案件|^诉讼", "4.2:total + 4.3:total"),
    phrase(r"未经复议直接(?:提起|向法院)?(?:行政)?(?:起诉|诉讼)", "4.2:total"),
    phrase(r"(?<!未)(?:经)?复议后(?:再)?(?:提起|向法院)?(?:行政)?(?:起诉|诉讼)", "4.3:total"),
)
#: the numbers of decisions taken, not of decisions published
DECIDED = r"(?:作出|办理|实施){0}(?:处理)?(?:决定)?|(?<!公开)(?<!公示)(?<!公布)(?<!发布){0}(?:处理)?决定"
MADE = r"(?:制发|制定|新制定|制定出台|出台|新制作)"
PROACTIVE_2021 = (
    phrase(rf"{MADE}(?:政府)?规章", "2.1.1:c1"),
    phrase(r"废止(?:政府)?规章", "2.1.1:c2"),
    phrase(r"现行有效(?:的)?(?:政府)?规章", "2.1.1:c3"),
    phrase(rf"{MADE}(?:行政)?规范性文件", "2.1.2:c1"),
    phrase(r"废止(?:行政)?规范性文件", "2.1.2:c2"),
    phrase(r"现行有效(?:的)?(?:行政)?规范性文件", "2.1.2:c3"),
    phrase(DECIDED.format("行政许可"), "2.5.1:c1"),
    phrase(DECIDED.format("行政处罚"), "2.6.1:c1"),
    phrase(DECIDED.format("行政强制"), "2.6.2:c1"),
    phrase(r"行政事业性收费(?:金额|收入|总额)?", "2.8.1:c1", unit="money"),
)
PROACTIVE_2019 = (
    phrase(rf"{MADE}(?:政府)?规章", "2.1.1:c1"),
    phrase(rf"{MADE}(?:行政)?规范性文件", "2.1.2:c1"),
    phrase(DECIDED.format("行政许可"), "2.5.1:c3"),
    phrase(DECIDED.format("行政处罚"), "2.6.1:c3"),
    phrase(DECIDED.format("行政强制"), "2.6.2:c3"),
)
# fmt: on

RESULTS = (
    (
        r"(?:结果|均获)?维持(?:原)?(?:具体)?(?:行政行为)?|驳回(?:原告)?(?:诉讼)?请求",
        "upheld",
    ),
    (r"(?:被)?(?:依法)?(?:结果)?(?:纠错|纠正)|撤销|确认违法", "corrected"),
    (r"其他结果", "other"),
    (r"(?:尚未|未)(?:审结|办结)|正在审理", "pending"),
)
REST = r"^其他(?:情形|处理)?"
PROCEDURES = {"复议": "4.1", "诉讼": SUITS, "直接起诉": "4.2", "复议后起诉": "4.3"}


def results() -> tuple[Phrase, ...]:
    """维持、纠正、其他、尚未审结 of whichever procedure the passage speaks of."""
    known = tuple(
        phrase(says, in_column(where, column), about=topic)
        for topic, where in PROCEDURES.items()
        for says, column in RESULTS
    )
    others = (
        rest(REST, in_column(where, "other"), about=topic)
        for topic, where in PROCEDURES.items()
    )
    return (*known, *others)


def in_column(where: str, column: str) -> str:
    return " + ".join(f"{line}:{column}" for line in where.split(" + "))


def results_of(where: str) -> tuple[str, ...]:
    return tuple(in_column(where, column) for _, column in RESULTS)


KINDS = (
    Kind(r"自然人|公民", ("natural_person",)),
    Kind(
        r"法人(?:或|和|及|或者)?(?:其他|其它|非法人)?组织|法人",
        ("org.company", "org.research", "org.ngo", "org.legal_service", "org.other"),
    ),
    Kind(r"(?:商业)?企业", ("org.company",)),
    Kind(r"科研机构", ("org.research",)),
    Kind(r"(?:社会)?公益组织", ("org.ngo",)),
    Kind(r"法律服务机构", ("org.legal_service",)),
    Kind(r"其他(?:组织)?", ("org.other",), rest=True),
)
TOPICS = (
    (r"(?<!议)申请(?!行政?复议)", "申请"),
    (r"复议(?!后)", "复议"),
    (r"诉讼", "诉讼"),
    (r"未经复议直接(?:提起)?(?:行政)?(?:起诉|诉讼)", "直接起诉"),
    (r"(?<!未)经?复议后(?:提起)?(?:行政)?(?:起诉|诉讼)", "复议后起诉"),
)


def families(otherwise: str) -> tuple[Family, ...]:
    out = ("3.3.1", "3.3.2", REFUSED, UNABLE, UNHANDLED, otherwise)
    each = tuple(chain.from_iterable(way.split(" + ") for way in out))
    concluded = ("3.3.7", *RECEIVED)
    return (
        Family(concluded, out),
        Family(concluded, each),
        *(Family((way,), tuple(way.split(" + "))) for way in out if " + " in way),
        Family(RECEIVED, ("3.1", "3.2")),
        Family(("3.1 + 3.2",), ("3.3.7", "3.4")),
        Family((SUITS,), ("4.2", "4.3")),
        *(Family((in_column(p, "total"),), results_of(p)) for p in PROCEDURES.values()),
    )


NOTHING = (
    (
        r"(?:未|没有)(?:收到|接到|受理)(?:任何|到)?(?:公民、法人(?:和|或|及)其他组织的?)?(?:政府)?(?:信息公开|依申请公开)的?(?:政府)?(?:信息)?的?申请",
        "3.1",
    ),
    (
        r"(?:未|没有)(?:发生|产生|引发|出现)[^，；。、]{0,20}行政复议(?:案件)?(?=[，。；、和及或])",
        "4.1",
    ),
    (
        r"(?:未|没有)(?:发生|产生|引发|出现)[^，；。]{0,30}(?:行政)?诉讼(?:案件)?(?=[，。；])",
        SUITS,
    ),
)


def lexicon(otherwise: str, *phrases: Phrase) -> Lexicon:
    return Lexicon(
        column="total",
        phrases=(*REQUESTS, *APPEALS, *results(), *phrases),
        kinds=KINDS,
        kinds_of=RECEIVED,
        topics=TOPICS,
        families=families(otherwise),
        bases=((r"办结|办理|答复", ("3.3.7",)), (r"申请|收到|受理|新收", RECEIVED)),
        nothing=NOTHING,
    )


LEXICON_2019 = lexicon("3.3.6", *OTHERWISE_2019, *PROACTIVE_2019)
LEXICON_2021 = lexicon(OTHERWISE, *OTHERWISE_2021, *PROACTIVE_2021)
