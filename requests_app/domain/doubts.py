"""办理疑点 in a few words each: the rules that a finding may name."""

from requests_app.domain.vocabulary import Term


# fmt: off
class Doubt(Term):
    """Of the log of one request; an import and the statistics have rules of their own."""
    REPLY_LATE             = "reply_late",             "逾期答复",           "replied late"
    REPLY_WHILE_CONSULTING = "reply_while_consulting", "征求意见中即答复",   "replied while consulting"
    OUTCOME_OUT_OF_TIME    = "outcome_out_of_time",    "答复类别当时无依据", "outcome without ground that day"
    NO_SUPPLEMENT_ASKED    = "no_supplement_asked",    "没有告知补正的记录", "no supplement asked"
    NO_FEE_NOTICE          = "no_fee_notice",          "没有收费告知的记录", "no fee notice"
    EXTENSION_LATE         = "extension_late",         "延期告知过迟",       "extension told late"
    EXTENSION_OVERLONG     = "extension_overlong",     "延期过长",           "extension too long"
    EXTENSION_REPEATED     = "extension_repeated",     "再次延期",           "second extension"
    SUPPLEMENT_LATE        = "supplement_late",        "补正告知过迟",       "supplement asked late"
    SUPPLEMENT_REPEATED    = "supplement_repeated",    "再次告知补正",       "second supplement asked"
    OPINION_LATE           = "opinion_late",           "征求意见过迟",       "opinion sought late"
    DELAY_LATE             = "delay_late",             "延迟答复告知过迟",   "delay told late"
    DELAY_SHORTENS         = "delay_shortens",         "延迟之日不晚于期限", "delay no later than the due day"
    DELAY_UNKNOWN          = "delay_unknown",          "当时没有延迟答复",   "no delayed reply in 2008"
    FEE_NOTICE_LATE        = "fee_notice_late",        "收费告知过迟",       "fee noticed late"
    UNCONFIRMED            = "unconfirmed",            "尚未确认或签收",     "receipt not confirmed"
    CONFIRMED_LATE         = "confirmed_late",         "确认晚于到达之日",   "confirmed after arrival"
    COURIER_NOT_POSTAL     = "courier_not_postal",     "非邮政快递寄送答复", "courier not postal"
    ALREADY_SERVED         = "already_served",         "送达之后又记送达",   "served already"
    OUT_OF_ORDER           = "out_of_order",           "办理环节颠倒",       "out of order"
# fmt: on
