"""The closed lists in which the Regulations and the forms speak: key, Chinese, English."""

from enum import StrEnum
from typing import TypeVar

AnyTerm = TypeVar("AnyTerm", bound="Term")


class Term(StrEnum):
    """A key that scripts rely on, with the official Chinese word and an English one."""

    zh: str
    en: str

    def __new__(cls, key: str, zh: str, en: str) -> "Term":
        term = str.__new__(cls, key)
        term._value_ = key
        term.zh, term.en = zh, en
        return term


# fmt: off
class Channel(Term):
    """申请方式 (LAW 5.1; the four lines under 3.1 of the 2018 form)."""
    IN_PERSON = "in_person", "当面", "in person"
    FAX       = "fax",       "传真", "fax"
    ONLINE    = "online",    "网络", "online"
    POST      = "post",      "信函", "post"


class ChannelDetail(Term):
    """申请方式细分: what decides the day of receipt within a channel."""
    ORAL            = "oral",            "口头",       "oral"
    WEB             = "web",             "网页",       "web form"
    EMAIL           = "email",           "电子邮件",   "e-mail"
    APP             = "app",             "移动端",     "mobile app"
    SIGNED_MAIL     = "signed_mail",     "需签收邮件", "signed mail"
    ORDINARY_MAIL   = "ordinary_mail",   "平常信函",   "ordinary mail"
    PETITION_LETTER = "petition_letter", "信访件",     "petition letter"


class ApplicantKind(Term):
    """申请人类别: the columns of the forms from 2019 on."""
    NATURAL_PERSON = "natural_person", "自然人",       "natural person"
    BUSINESS       = "business",       "商业企业",     "business"
    RESEARCH       = "research",       "科研机构",     "research body"
    CHARITY        = "charity",        "社会公益组织", "charity"
    LEGAL_SERVICE  = "legal_service",  "法律服务机构", "legal service"
    OTHER          = "other",          "其他",         "other"


class ProvideAs(Term):
    """指定提供方式 (第二十九条第二款第（三）项 形式要求; LAW 5.1)."""
    PAPER = "paper", "纸面",         "paper"
    EMAIL = "email", "电子邮件",     "e-mail"
    DISC  = "disc",  "光盘或磁盘",   "disc"


class ObtainBy(Term):
    """获取信息方式 (第二十九条第二款第（三）项 方式、途径; LAW 5.1)."""
    POST    = "post",    "邮寄",           "by post"
    COURIER = "courier", "快递",           "by courier"
    EMAIL   = "email",   "电子邮件",       "by e-mail"
    FAX     = "fax",     "传真",           "by fax"
    COLLECT = "collect", "自行领取",       "collected"
    READ    = "read",    "当场阅读、抄录", "read and copied on the spot"


class Outcome(Term):
    """答复类别: the finest grain any form needs; each form groups them."""
    ALREADY_PUBLIC             = "already_public",             "已主动公开，告知获取方式和途径", "already public"
    GRANTED                    = "granted",                    "予以公开（同意公开）", "granted"
    PARTLY_GRANTED             = "partly_granted",             "部分公开（区分处理）", "partly granted"
    STATE_SECRET               = "state_secret",               "属于国家秘密", "state secret"
    TRADE_SECRET               = "trade_secret",               "涉及商业秘密", "trade secret"
    PERSONAL_PRIVACY           = "personal_privacy",           "涉及个人隐私", "personal privacy"
    OTHER_THIRD_PARTY_RIGHTS   = "other_third_party_rights",   "其他第三方合法权益", "other rights of third parties"
    THREE_SECURITIES           = "three_securities",           "危及国家安全、公共安全、经济安全和社会稳定（三安全一稳定）", "endangers security or stability"
    NOT_GOVERNMENT_INFORMATION = "not_government_information", "不是《条例》所指政府信息", "not government information"
    FORBIDDEN_BY_LAW           = "forbidden_by_law",           "法律、行政法规禁止公开（法律法规规定的其他情形）", "forbidden by other law"
    INTERNAL_AFFAIRS           = "internal_affairs",           "三类内部事务信息", "internal affairs"
    DELIBERATIVE               = "deliberative",               "四类过程性信息", "deliberative"
    ENFORCEMENT_FILE           = "enforcement_file",           "行政执法案卷", "enforcement file"
    ENQUIRY_MATTER             = "enquiry_matter",             "属于行政查询事项", "matter of another enquiry procedure"
    NOT_THIS_AGENCY            = "not_this_agency",            "不属于本行政机关公开", "not for this agency to disclose"
    NOT_HELD                   = "not_held",                   "申请信息不存在", "not held"
    NEEDS_MAKING               = "needs_making",               "没有现成信息需要另行制作", "would need making"
    TOLD_TO_AMEND              = "told_to_amend",              "告知作出更改、补充", "told to amend"
    STILL_UNCLEAR              = "still_unclear",              "补正后申请内容仍不明确", "still unclear after supplement"
    TOLD_OTHER_CHANNEL         = "told_other_channel",         "告知通过其他途径办理", "told to use another channel"
    PETITION                   = "petition",                   "信访、举报、投诉类申请", "petition, report or complaint"
    REPEATED                   = "repeated",                   "重复申请", "repeated"
    PUBLICATION                = "publication",                "要求提供公开出版物", "asks for a publication"
    EXCESSIVE                  = "excessive",                  "无正当理由大量反复申请", "excessive"
    RECONFIRMATION             = "reconfirmation",             "要求行政机关确认或重新出具已获取信息", "asks to confirm or reissue"
    SUPPLEMENT_LAPSED          = "supplement_lapsed",          "逾期不补正，视为放弃", "supplement lapsed"
    FEE_LAPSED                 = "fee_lapsed",                 "逾期不缴费，视为放弃", "fee lapsed"
    WITHDRAWN                  = "withdrawn",                  "申请人主动撤回", "withdrawn"
    OTHER                      = "other",                      "其他", "other"


class Timeliness(Term):
    """办理时效, by the legal clock at conclusion."""
    ON_TIME  = "on_time",  "按时", "on time"
    EXTENDED = "extended", "延期", "extended"
    LATE     = "late",     "逾期", "late"


class ServiceMethod(Term):
    """送达方式: which day is the reply day (国办公开办函〔2016〕235号)."""
    DIRECT     = "direct",     "直接送达",     "handed over"
    ENTRUSTED  = "entrusted",  "委托机关送达", "through another agency"
    POSTAL     = "postal",     "邮政寄送",     "posted by the postal enterprise"
    COURIER    = "courier",    "其他快递",     "another courier"
    ELECTRONIC = "electronic", "电子送达",     "sent electronically"


class SecrecyLevel(Term):
    """密级 (保守国家秘密法第十四条)."""
    TOP_SECRET   = "top_secret",   "绝密", "top secret"
    SECRET       = "secret",       "机密", "secret"
    CONFIDENTIAL = "confidential", "秘密", "confidential"


class ConfidentialityConclusion(Term):
    """保密审查结论 (第十七条)."""
    PUBLISH  = "publish",  "可以公开", "may be disclosed"
    WITHHOLD = "withhold", "不得公开", "must not be disclosed"
    REFERRED = "referred", "不能确定，报有关主管部门或保密行政管理部门确定", "not certain: left to the competent or the secrecy authority"


class Procedure(Term):
    """救济途径."""
    RECONSIDERATION                  = "reconsideration",                  "行政复议",           "reconsideration"
    LITIGATION_DIRECT                = "litigation_direct",                "未经复议直接起诉",   "direct suit"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration", "复议后起诉",         "suit after reconsideration"


class AppealResult(Term):
    """救济结果; what falls under each: DESIGN §10."""
    UPHELD    = "upheld",    "结果维持", "upheld"
    CORRECTED = "corrected", "结果纠正", "corrected"
    OTHER     = "other",     "其他结果", "other"
    PENDING   = "pending",   "尚未审结", "pending"


class ComplaintAbout(Term):
    """举报投诉事项: which duty under the Regulations is said to be neglected."""
    PROACTIVE  = "proactive",  "未依法主动公开",       "proactive disclosure"
    ON_REQUEST = "on_request", "未依法办理公开申请",   "disclosure on request"
    OTHER      = "other",      "其他信息公开义务",     "other duties of disclosure"


class ComplaintResult(Term):
    """举报投诉处理结果."""
    FOUND        = "found",        "属实",       "found true"
    PARTLY_FOUND = "partly_found", "部分属实",   "found true in part"
    NOT_FOUND    = "not_found",    "不属实",     "found untrue"
    NOT_ACCEPTED = "not_accepted", "不予受理",   "not accepted"
    WITHDRAWN    = "withdrawn",    "撤回",       "withdrawn"


class AgencyKind(Term):
    GOVERNMENT = "government", "政府", "government"
    DEPARTMENT = "department", "部门", "department"


class AgencyLevel(Term):
    PROVINCE   = "province",   "省级", "province"
    PREFECTURE = "prefecture", "地级", "prefecture"
    COUNTY     = "county",     "县级", "county"
    TOWNSHIP   = "township",   "乡级", "township"


class Entry(Term):
    """How a request came onto the year's books."""
    NEW        = "new",        "本年新收", "newly received"
    CARRIED_IN = "carried_in", "上年结转", "carried in"


class Exit(Term):
    """How a request leaves the year's books."""
    CLOSED      = "closed",      "本年办结", "concluded"
    CARRIED_OUT = "carried_out", "结转下年", "carried out"


class Answer(Term):
    """What is told of a fact that may also be unknown."""
    YES = "yes", "是", "yes"
    NO  = "no",  "否", "no"
# fmt: on


def term(terms: type[AnyTerm], key: str) -> AnyTerm:
    """The term of that key; ValueError for none."""
    return terms(key)  # type: ignore[call-arg]  # Enum looks up by value


def labels(terms: type[Term]) -> dict[str, str]:
    """key → Chinese label, for choices and for reading files."""
    return {term.value: term.zh for term in terms}
