"""合并域: what a letter's template may name, `{{ 文号 }}`; offices write their own by these."""

from collections.abc import Mapping
from dataclasses import dataclass

from requests_app.domain.letters import SHAPES, LetterKind


@dataclass(frozen=True, kw_only=True)
class Field:
    zh: str
    en: str
    sample: str


# fmt: off
FIELDS: Mapping[str, Field] = {
    "机关":     Field(zh="答复机关的名称", en="the answering agency", sample="某市人民政府"),
    "标题":     Field(zh="文书的标题", en="the letter's title", sample="政府信息公开告知书"),
    "文号":     Field(zh="发文字号", en="the letter's number", sample="某府公复〔2026〕12号"),
    "收件人":   Field(zh="申请人、第三方或者行政机关", en="to whom it goes", sample="张某某"),
    "申请人":   Field(zh="申请人姓名（名称）", en="the applicant", sample="张某某"),
    "登记编号": Field(zh="申请的登记编号", en="the request's number", sample="〔2026〕35号"),
    "收到日期": Field(zh="收到申请之日", en="the day of receipt", sample="2026年3月2日"),
    "申请内容": Field(zh="申请公开的内容", en="what was asked for", sample="某路改造工程的征地批复"),
    "答复期限": Field(zh="答复期限届满之日", en="the due day", sample="2026年3月30日"),
    "事实":     Field(zh="申请事实", en="the facts of the request", sample="本机关于2026年3月2日收到您提出的政府信息公开申请（登记编号：〔2026〕35号）。您申请公开的内容为：某路改造工程的征地批复。"),
    "依据":     Field(zh="法律依据，按成文日期", en="the legal basis, by the letter's day", sample="根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，现答复如下："),
    "决定":     Field(zh="处理决定或者告知事项", en="the decision", sample="经审查，您申请公开的政府信息可以公开，现予提供：征地批复一份，纸面形式，随本告知书寄送。"),
    "救济":     Field(zh="救济权利和期限，按答复类别和成文日期；无救济的文书为空", en="remedies and their periods; empty for a step", sample="如对本告知书不服，可以自收到本告知书之日起60日内向某省人民政府申请行政复议，也可以自收到本告知书之日起6个月内向某市中级人民法院提起行政诉讼。"),
    "日期":     Field(zh="成文日期", en="the letter's date", sample="2026年3月20日"),
    "演示":     Field(zh="演示数据的标注；正式机关为空", en="the mark of demonstration data", sample=""),
}
# fmt: on
#: what any letter has to hold (JS 五: 标题、文号、申请人、处理决定、答复主体、日期)
ALWAYS = frozenset({"文号", "收件人", "决定", "机关", "日期"})
OF_A_REPLY = frozenset({"事实", "依据", "救济"})


def needed(kind: LetterKind) -> frozenset[str]:
    shape = SHAPES[kind]
    if shape.outcomes:
        return ALWAYS | OF_A_REPLY
    return ALWAYS | {"救济"} if shape.names_remedies else ALWAYS


def samples(fields: Mapping[str, Field] = FIELDS) -> dict[str, str]:
    return {name: field.sample for name, field in fields.items()}
