"""文书: the kinds of letters that go out (LAW 5.2), what each is called, to whom it goes,
which act it belongs to, and the words it begins with. 【】 marks what a person fills in.

Articles are not written here: a reply's come from `grounds`, a step's from `regimes`,
the remedies from `redress`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from requests_app.domain.grounds import basis, quoted
from requests_app.domain.regimes import regime_on
from requests_app.domain.remedies import REFUSED_14_TO_16
from requests_app.domain.vocabulary import Outcome, Term


# fmt: off
class Sort(Term):
    """文种: each has its own series of numbers; the Chinese is what stands in the 发文字号."""
    REPLY  = "reply",  "公复", "reply"
    NOTICE = "notice", "公告", "notice"
    LETTER = "letter", "公函", "letter between bodies"


class Addressee(Term):
    APPLICANT   = "applicant",   "申请人", "applicant"
    THIRD_PARTY = "third_party", "第三方", "third party"
    AGENCY      = "agency",      "行政机关", "agency"


class LetterKind(Term):
    SUPPLEMENT_NOTICE   = "supplement_notice",   "补正告知书", "supplement notice"
    REASONS_NOTICE      = "reasons_notice",      "说明理由告知书", "notice to give reasons"
    EXTENSION_NOTICE    = "extension_notice",    "延期答复告知书", "extension notice"
    DELAY_NOTICE        = "delay_notice",        "延迟答复告知书", "notice of delayed reply"
    OPINION_THIRD_PARTY = "opinion_third_party", "征求意见书（第三方）", "consultation of a third party"
    OPINION_CONFIRMATION = "opinion_confirmation", "征求意见确认函（第三方）", "confirmation of a third party's opinion"
    OPINION_CO_MAKER    = "opinion_co_maker",    "征求意见书（共同制作机关）", "consultation of a co-making agency"
    OPINION_APPLICANT   = "opinion_applicant",   "征求意见告知书（申请人）", "notice of consultation to the applicant"
    THIRD_PARTY_NOTICE  = "third_party_notice",  "依申请公开告知书（第三方）", "notice of disclosure to a third party"
    ASSISTANCE          = "assistance",          "协办函", "request for assistance"
    FEE_NOTICE          = "fee_notice",          "收费通知书", "fee notice"
    GRANTED             = "reply_granted",       "予以公开告知书", "reply: granted"
    PARTLY_GRANTED      = "reply_partly",        "部分公开告知书", "reply: partly granted"
    REFUSED             = "reply_refused",       "不予公开告知书", "reply: refused"
    ENQUIRY             = "reply_enquiry",       "行政查询事项告知书", "reply: another enquiry procedure"
    NOT_THIS_AGENCY     = "reply_not_this_agency", "非本机关政府信息告知书", "reply: not this agency"
    NOT_HELD            = "reply_not_held",      "政府信息不存在告知书", "reply: not held"
    UNABLE              = "reply_unable",        "政府信息无法提供告知书", "reply: cannot be provided"
    REPEATED            = "reply_repeated",      "重复申请告知书", "reply: repeated"
    PETITION            = "reply_petition",      "信访、投诉、举报类申请告知书", "reply: petition"
    PUBLICATION         = "reply_publication",   "公开出版物告知书", "reply: publication"
    EXCESSIVE           = "reply_excessive",     "不予处理告知书", "reply: excessive"
    LAPSED              = "reply_lapsed",        "视为放弃申请告知书", "reply: lapsed"
    OTHER               = "reply_other",         "政府信息公开申请答复书", "reply: other"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """`act` is the log event that the letter belongs to; `article` the name of a step's
    article in `regimes`, or the article itself; `remedies_of` the outcome whose remedies
    a letter names that is no reply to the applicant."""

    sort: Sort
    to: Addressee = Addressee.APPLICANT
    act: str = ""
    article: str = ""
    outcomes: tuple[Outcome, ...] = ()
    facts: str = "本机关于{received}收到{you}提出的政府信息公开申请（登记编号：{number}）。{you}申请公开的内容为：{subject}。"
    decision: str = ""
    remedies_of: Outcome | None = None

    @property
    def names_remedies(self) -> bool:
        """No suit lies against a step alone (法释〔2025〕8号第十条): its letter names none."""
        return bool(self.outcomes or self.remedies_of)


def reply(*outcomes: Outcome) -> Shape:
    return Shape(sort=Sort.REPLY, act="replied", outcomes=outcomes)


ASKED_FOR = "本机关收到一件政府信息公开申请，申请公开的内容为：{subject}。"
SHAPES: Mapping[LetterKind, Shape] = {
    LetterKind.SUPPLEMENT_NOTICE: Shape(
        sort=Sort.NOTICE, act="supplement_asked", article="supplement",
        decision="经审查，{you}的申请内容不明确。请{you}自收到本告知书之日起【15】个工作日内，一次性补正下列事项：\n"
                 "【需补正的事项】\n"
                 "答复期限自本机关收到补正的申请之日起计算。{you}无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。"),
    LetterKind.REASONS_NOTICE: Shape(
        sort=Sort.NOTICE, article="第三十五条",
        decision="{you}申请公开政府信息的数量、频次明显超过合理范围：【具体情况】。请{you}自收到本告知书之日起【15】个工作日内书面说明理由。\n"
                 "理由不合理的，本机关不予处理；理由合理，但无法在规定期限内答复的，本机关将确定延迟答复的合理期限并告知{you}。"),
    LetterKind.EXTENSION_NOTICE: Shape(
        sort=Sort.NOTICE, act="extended", article="extension",
        decision="因【延期理由】，本机关不能在{due}前答复。经本机关政府信息公开工作机构负责人同意，答复期限延长{days}个工作日，本机关将于{new_due}前答复{you}。"),
    LetterKind.DELAY_NOTICE: Shape(
        sort=Sort.NOTICE, act="delay_agreed", article="第三十五条",
        decision="{you}申请公开政府信息的数量、频次明显超过合理范围，{you}说明的理由为：【申请人说明的理由】。\n"
                 "经审查，本机关认为理由合理，但不能在{due}前答复，现确定延迟答复，本机关将于{new_due}前答复{you}。"),
    LetterKind.OPINION_THIRD_PARTY: Shape(
        sort=Sort.LETTER, to=Addressee.THIRD_PARTY, act="opinion_sought", article="opinion", facts=ASKED_FOR,
        decision="该信息涉及{you}的【商业秘密、个人隐私等合法权益】，公开可能对其造成损害。现征求{you}的意见，请自收到本征求意见书之日起15个工作日内，将是否同意公开及理由书面告知本机关。\n"
                 "逾期未提出意见的，由本机关依法决定是否公开。"),
    LetterKind.OPINION_CONFIRMATION: Shape(
        sort=Sort.LETTER, to=Addressee.THIRD_PARTY, article="opinion", facts=ASKED_FOR,
        decision="本机关就该信息是否公开征求{you}的意见，请{you}自收到征求意见书之日起15个工作日内选择下列意见之一，签名或者盖章后退回本机关：\n"
                 "□同意公开。\n□不同意公开，理由：\n签名（盖章）：　　　　　　　　日期："),
    LetterKind.OPINION_CO_MAKER: Shape(
        sort=Sort.LETTER, to=Addressee.AGENCY, act="opinion_sought", article="第三十四条", facts=ASKED_FOR,
        decision="该信息由本机关牵头、与{you}共同制作。现征求{you}的意见，请自收到本征求意见书之日起15个工作日内提出意见；逾期未提出意见的，视为同意公开。"),
    LetterKind.OPINION_APPLICANT: Shape(
        sort=Sort.NOTICE, article="opinion",
        decision="因{you}申请公开的政府信息【涉及第三方合法权益】，本机关已书面征求意见。征求意见所需时间不计算在答复期限内，本机关收到意见后将继续办理并依法答复{you}。"),
    LetterKind.THIRD_PARTY_NOTICE: Shape(
        sort=Sort.NOTICE, to=Addressee.THIRD_PARTY, article="opinion", facts=ASKED_FOR, remedies_of=Outcome.GRANTED,
        decision="本机关就该信息征求过{you}的意见。经审查，本机关认为【不公开可能对公共利益造成重大影响】，决定予以公开。\n"
                 "决定公开的政府信息内容：【内容】。\n理由：【理由】。"),
    LetterKind.ASSISTANCE: Shape(
        sort=Sort.LETTER, to=Addressee.AGENCY, facts=ASKED_FOR,
        decision="因办理该申请需要，请{you}协助【检索、核实的事项】，并于【日期】前将结果书面反馈本机关。"),
    LetterKind.FEE_NOTICE: Shape(
        sort=Sort.NOTICE, act="fee_noticed", article="fee",
        decision="{you}申请公开政府信息的数量、频次明显超过合理范围，按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），应当收取信息处理费【金额】元（计算方法：【按件或者按量】）。\n"
                 "请{you}自收到本通知书次日起20个工作日内缴纳，缴纳方式：【缴纳方式】。答复期限自缴费次日起重新计算。逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。"),
    LetterKind.GRANTED: reply(Outcome.ALREADY_PUBLIC, Outcome.GRANTED),
    LetterKind.PARTLY_GRANTED: reply(Outcome.PARTLY_GRANTED),
    LetterKind.REFUSED: reply(*(o for o in Outcome if o in REFUSED_14_TO_16 and o is not Outcome.PARTLY_GRANTED)),
    LetterKind.ENQUIRY: reply(Outcome.ENQUIRY_MATTER),
    LetterKind.NOT_THIS_AGENCY: reply(Outcome.NOT_THIS_AGENCY),
    LetterKind.NOT_HELD: reply(Outcome.NOT_HELD),
    LetterKind.UNABLE: reply(Outcome.NEEDS_MAKING, Outcome.STILL_UNCLEAR),
    LetterKind.REPEATED: reply(Outcome.REPEATED, Outcome.RECONFIRMATION),
    LetterKind.PETITION: reply(Outcome.PETITION),
    LetterKind.PUBLICATION: reply(Outcome.PUBLICATION),
    LetterKind.EXCESSIVE: reply(Outcome.EXCESSIVE),
    LetterKind.LAPSED: reply(Outcome.SUPPLEMENT_LAPSED, Outcome.FEE_LAPSED),
    LetterKind.OTHER: reply(Outcome.NOT_GOVERNMENT_INFORMATION, Outcome.TOLD_TO_AMEND,
                            Outcome.TOLD_OTHER_CHANNEL, Outcome.WITHDRAWN, Outcome.OTHER),
}
REFUSAL = "经审查，{you}申请公开的政府信息%s，本机关决定不予公开。\n理由：【理由】。"
DECISIONS: Mapping[Outcome, str] = {
    Outcome.ALREADY_PUBLIC: "{you}申请公开的政府信息已主动公开，请通过下列方式和途径获取：【获取的方式、途径】。",
    Outcome.GRANTED: "经审查，{you}申请公开的政府信息可以公开，现予提供：【提供的信息、形式和方式】。",
    Outcome.PARTLY_GRANTED: "经审查，{you}申请公开的信息中含有不应当公开的内容，能够作区分处理。现提供可以公开的内容：【内容、形式和方式】。\n其余内容不予公开，理由和依据：【理由和条款】。",
    Outcome.STATE_SECRET: REFUSAL % "依法确定为国家秘密",
    Outcome.TRADE_SECRET: REFUSAL % "涉及商业秘密，公开会对第三方合法权益造成损害",
    Outcome.PERSONAL_PRIVACY: REFUSAL % "涉及个人隐私，公开会对第三方合法权益造成损害",
    Outcome.OTHER_THIRD_PARTY_RIGHTS: REFUSAL % "公开会对第三方合法权益造成损害",
    Outcome.THREE_SECURITIES: REFUSAL % "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
    Outcome.FORBIDDEN_BY_LAW: REFUSAL % "属于法律、行政法规【名称和条款】禁止公开的政府信息",
    Outcome.INTERNAL_AFFAIRS: REFUSAL % "属于本机关【人事管理、后勤管理、内部工作流程】方面的内部事务信息",
    Outcome.DELIBERATIVE: REFUSAL % "属于本机关在履行行政管理职能过程中形成的【讨论记录、过程稿、磋商信函、请示报告】等过程性信息",
    Outcome.ENFORCEMENT_FILE: REFUSAL % "属于行政执法案卷信息",
    Outcome.ENQUIRY_MATTER: "{you}申请公开的信息属于【工商、不动产登记资料等】信息，有关法律、行政法规对其获取有特别规定，请{you}依照【法律、行政法规的名称】的规定，向【查询机构】办理查询。",
    Outcome.NOT_THIS_AGENCY: "经审查，{you}申请公开的政府信息不属于本机关负责公开。【能够确定负责公开的行政机关的，写明其名称、联系方式】",
    Outcome.NOT_HELD: "经检索，本机关未制作或者获取{you}申请公开的政府信息，该信息不存在。\n检索情况：【检索的范围、方法和结果】。",
    Outcome.NEEDS_MAKING: "经检索，本机关没有{you}申请公开的现成信息，提供该信息需要对现有政府信息进行加工、分析，本机关不予提供。\n检索情况：【检索的范围、方法和结果】。",
    Outcome.STILL_UNCLEAR: "经补正，{you}的申请内容仍不明确，本机关无法提供。\n不明确之处：【说明】。",
    Outcome.REPEATED: "本机关已于【日期】以【文号】就{you}相同的政府信息公开申请作出答复，现不予重复处理。",
    Outcome.RECONFIRMATION: "{you}已经获取该政府信息，要求本机关确认或者重新出具，本机关不予处理。\n说明：【说明】。",
    Outcome.PETITION: "{you}以政府信息公开申请的形式进行【信访、投诉、举报】活动，本机关不作为政府信息公开申请处理。请{you}通过下列渠道提出：【渠道】。",
    Outcome.PUBLICATION: "{you}申请的内容为要求本机关提供【政府公报、报刊、书籍】等公开出版物，请{you}通过下列途径获取：【途径】。",
    Outcome.EXCESSIVE: "{you}申请公开政府信息的数量、频次明显超过合理范围，经要求说明理由，本机关认为理由不合理：【理由】。本机关不予处理。",
    Outcome.SUPPLEMENT_LAPSED: "本机关已于【日期】告知{you}补正，{you}无正当理由逾期未补正，视为放弃申请，本机关不再处理该政府信息公开申请。",
    Outcome.FEE_LAPSED: "本机关已于【日期】通知{you}缴纳信息处理费，{you}逾期未缴纳，视为放弃申请，本机关不再处理该政府信息公开申请。",
    Outcome.NOT_GOVERNMENT_INFORMATION: "经审查，{you}申请公开的信息不属于政府信息：【理由】。",
    Outcome.TOLD_TO_AMEND: "{you}的申请内容不明确，请更改、补充下列事项：【事项】。",
    Outcome.TOLD_OTHER_CHANNEL: "{you}申请的事项请通过下列途径办理：【途径】。",
    Outcome.WITHDRAWN: "{you}已于【日期】撤回申请，本机关终止办理。",
    Outcome.OTHER: "【答复内容】",
}
# fmt: on
KIND_OF: Mapping[Outcome, LetterKind] = {
    outcome: kind for kind, shape in SHAPES.items() for outcome in shape.outcomes
}


def kinds_of(act: str) -> list[LetterKind]:
    """Those that an act may go out with."""
    return [kind for kind, shape in SHAPES.items() if shape.act == act]


def first_words(kind: LetterKind, outcome: Outcome | None) -> str:
    return DECISIONS[outcome] if outcome else SHAPES[kind].decision


def opening(kind: LetterKind, outcome: Outcome | None, on: date) -> str:
    """The line that names the law, by the letter's own day."""
    what = "答复" if SHAPES[kind].outcomes else "告知"
    if SHAPES[kind].sort is Sort.LETTER:
        what = "函告"
    law = basis(outcome, on) if outcome else step_basis(SHAPES[kind].article, on)
    return f"根据{law}的规定，现{what}如下：" if law else f"现{what}如下："


def step_basis(article: str, on: date) -> str:
    """An article of a step, by its name in the regime of that day, or as it stands."""
    if article.startswith("第") or not article:
        return quoted(article)
    return quoted(getattr(regime_on(on).article, article))


def filled(text: str, told: Mapping[str, str]) -> str:
    """With what is known already in the place of its 【】."""
    for blank, known in told.items():
        text = text.replace(f"【{blank}】", known)
    return text


def unfilled(*texts: str) -> list[str]:
    """What still stands in 【】: such a letter does not go out."""
    return [
        piece.partition("】")[0] for text in texts for piece in text.split("【")[1:]
    ]


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
