"""The article that a reply rests on, by its outcome and the law of the reply's own day."""

from datetime import date

from requests_app.domain.regimes import regime_on
from requests_app.domain.vocabulary import Outcome

REGULATIONS = "《中华人民共和国政府信息公开条例》"
#: outcome → (2008, 2019); what names no document is an article of the Regulations, and
#: an outcome without an article cites none
# fmt: off
BASIS: dict[Outcome, tuple[str, str]] = {
    Outcome.ALREADY_PUBLIC:             ("第二十一条第（一）项", "第三十六条第（一）项"),
    Outcome.GRANTED:                    ("第二十一条第（一）项", "第三十六条第（二）项"),
    Outcome.PARTLY_GRANTED:             ("第二十二条", "第三十七条"),
    Outcome.STATE_SECRET:               ("第十四条", "第十四条"),
    Outcome.TRADE_SECRET:               ("第十四条第四款、第二十三条", "第十五条、第三十二条"),
    Outcome.PERSONAL_PRIVACY:           ("第十四条第四款、第二十三条", "第十五条、第三十二条"),
    Outcome.OTHER_THIRD_PARTY_RIGHTS:   ("", "第十五条"),
    Outcome.THREE_SECURITIES:           ("第八条", "第十四条"),
    Outcome.NOT_GOVERNMENT_INFORMATION: ("第二条", "第二条"),
    Outcome.FORBIDDEN_BY_LAW:           ("第二十一条第（二）项", "第十四条"),
    Outcome.INTERNAL_AFFAIRS:           ("国办发〔2010〕5号", "第十六条第一款"),
    Outcome.DELIBERATIVE:               ("国办发〔2010〕5号", "第十六条第二款"),
    Outcome.ENFORCEMENT_FILE:           ("法释〔2011〕17号第二条", "第十六条第二款"),
    Outcome.ENQUIRY_MATTER:             ("", "第三十六条第（七）项"),
    Outcome.NOT_THIS_AGENCY:            ("第二十一条第（三）项", "第三十六条第（五）项"),
    Outcome.NOT_HELD:                   ("第二十一条第（三）项", "第三十六条第（四）项"),
    Outcome.NEEDS_MAKING:               ("国办发〔2010〕5号", "第三十八条"),
    Outcome.TOLD_TO_AMEND:              ("第二十一条第（四）项", ""),
    Outcome.STILL_UNCLEAR:              ("", "第三十条"),
    Outcome.TOLD_OTHER_CHANNEL:         ("法释〔2011〕17号第二条", ""),
    Outcome.PETITION:                   ("", "第三十九条第一款"),
    Outcome.REPEATED:                   ("国办发〔2008〕36号", "第三十六条第（六）项"),
    Outcome.PUBLICATION:                ("法释〔2011〕17号第二条", "第三十九条第二款"),
    Outcome.EXCESSIVE:                  ("", "第三十五条"),
    Outcome.RECONFIRMATION:             ("", ""),
    Outcome.SUPPLEMENT_LAPSED:          ("", "第三十条"),
    Outcome.FEE_LAPSED:                 ("", "国办函〔2020〕109号"),
    Outcome.WITHDRAWN:                  ("", ""),
    Outcome.OTHER:                      ("", ""),
}
# fmt: on


def basis(outcome: Outcome, replied_on: date) -> str:
    """As a letter quotes it, or nothing: the Regulations by name, another document by
    its number."""
    return quoted(article(outcome, replied_on))


def article(outcome: Outcome, replied_on: date) -> str:
    return BASIS[outcome][regime_on(replied_on).key == "2019"]


def quoted(article: str) -> str:
    return REGULATIONS + article if article.startswith("第") else article
