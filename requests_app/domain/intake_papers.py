"""申请登记表 and 登记回执: written at the registration. No letters: they have no 发文字号, name
no remedy and are not served; the office has its own version of them all the same."""

from collections.abc import Iterable, Mapping

from requests_app.domain.merge_fields import FIELDS as OF_LETTERS
from requests_app.domain.merge_fields import Field
from requests_app.domain.vocabulary import Term


# fmt: off
class IntakePaper(Term):
    APPLICATION_FORM = "application_form", "政府信息公开申请登记表", "registration form"
    RECEIPT          = "receipt",          "政府信息公开申请登记回执", "receipt of registration"


COMMON: Mapping[str, Field] = {
    "机关":     OF_LETTERS["机关"],
    "标题":     Field(zh="单据的标题；补打的注明补打", en="the paper's title; a copy says that it is one", sample="政府信息公开申请登记回执"),
    "申请人":   OF_LETTERS["申请人"],
    "登记编号": Field(zh="登记编号；一张申请书分为几件的，逐件列出", en="the number, or those of all items of one paper", sample="〔2026〕35号"),
    "系统编号": Field(zh="系统编号，网上查询用", en="the reference, for looking up on line", sample="530000-2026-35"),
    "申请方式": Field(zh="当面、信函、传真、网络", en="in person, post, fax, online", sample="信函"),
    "收到日期": OF_LETTERS["收到日期"],
    "申请内容": Field(zh="所需信息的内容描述", en="what is asked for", sample="某路改造工程的征地批复"),
    "答复期限": Field(zh="答复期限届满之日；暂定或者尚未起算的注明原因", en="the due day; why it is provisional, or why there is none yet", sample="2026年3月30日"),
    "依据":     Field(zh="答复期限的依据，按收到日期", en="what the period rests on, by the day of receipt", sample="《中华人民共和国政府信息公开条例》第三十三条"),
    "日期":     Field(zh="打印日期", en="the day of printing", sample="2026年3月3日"),
    "演示":     OF_LETTERS["演示"],
}
OF_THE_RECEIPT: Mapping[str, Field] = {
    "登记事项":   Field(zh="逐件列出编号、内容和答复期限", en="number, content and due day of each item", sample="〔2026〕35号：某路改造工程的征地批复（答复期限：2026年3月30日）"),
    "查询码":     Field(zh="查询办理情况的查询码", en="the code for looking the status up", sample="734926583492"),
    "查询码说明": Field(zh="查询码的用法；换发新码的注明", en="what the code is for; whether it replaces an earlier one", sample="凭系统编号和查询码查询办理情况，请妥善保管。"),
}
OF_THE_FORM: Mapping[str, Field] = {
    "申请人类别": Field(zh="自然人、商业企业等，勾选", en="the kind of applicant, ticked", sample="■自然人　□商业企业　□科研机构　□社会公益组织　□法律服务机构　□其他"),
    "姓名":     Field(zh="公民的姓名；申请人是组织的为空", en="a citizen's name; empty for an organisation", sample="张某某"),
    "工作单位": Field(zh="公民的工作单位", en="a citizen's place of work", sample="某公司"),
    "证件名称": Field(zh="公民的证件名称", en="a citizen's kind of identity paper", sample="居民身份证"),
    "证件号码": Field(zh="公民的证件号码", en="a citizen's identity number", sample="530102199001010000"),
    "名称":     Field(zh="法人或者其他组织的名称；申请人是公民的为空", en="an organisation's name; empty for a citizen", sample=""),
    "统一社会信用代码": Field(zh="组织的统一社会信用代码或者其他证件号码", en="an organisation's code", sample=""),
    "营业执照信息": Field(zh="组织的执照或者登记证书", en="an organisation's licence", sample=""),
    "法定代表人": Field(zh="组织的法定代表人", en="an organisation's legal representative", sample=""),
    "联系人姓名": Field(zh="组织的联系人", en="an organisation's contact person", sample=""),
    "通信地址": Field(zh="通信地址", en="postal address", sample="某市某路1号"),
    "邮政编码": Field(zh="邮政编码", en="postcode", sample="650000"),
    "联系电话": Field(zh="联系电话", en="telephone", sample="13800000000"),
    "传真":     Field(zh="传真", en="fax", sample=""),
    "电子邮箱": Field(zh="电子邮箱", en="e-mail", sample=""),
    "共同申请人": Field(zh="共同申请人、代理人、监护人，一人一行", en="joint applicants, agents, guardians, one a line", sample="代理人　李某某　居民身份证　530102199001010000"),
    "索取号":   Field(zh="所需信息的索取号", en="the catalogue number asked for", sample=""),
    "用途":     Field(zh="所需信息的用途（2008年条例）", en="the purpose (Regulations of 2008)", sample=""),
    "减免费用": Field(zh="是否申请减免费用（2008年条例）；未申请的为空", en="whether a waiver is asked for (2008); empty if not", sample=""),
    "提供方式": Field(zh="指定提供方式，勾选", en="the form asked for, ticked", sample="■纸面　□电子邮件　□光盘或磁盘"),
    "获取方式": Field(zh="获取信息方式，勾选", en="how it is to be had, ticked", sample="■邮寄　□快递　□电子邮件　□传真　□自行领取　□当场阅读、抄录"),
    "其他方式": Field(zh="可否接受其他方式，勾选", en="whether another form will do, ticked", sample="■可以　□不可以"),
    "申请时间": Field(zh="申请人填写的申请时间", en="the day the applicant wrote", sample="2026年3月1日"),
}
FIELDS: Mapping[IntakePaper, Mapping[str, Field]] = {
    IntakePaper.APPLICATION_FORM: {**COMMON, **OF_THE_FORM},
    IntakePaper.RECEIPT: {**COMMON, **OF_THE_RECEIPT},
}
#: 第二十九条第二款, and what is told of the registration; a code that is not printed is lost
NEEDED: Mapping[IntakePaper, frozenset[str]] = {
    IntakePaper.APPLICATION_FORM: frozenset({
        "登记编号", "收到日期", "姓名", "证件号码", "名称", "统一社会信用代码", "联系电话",
        "通信地址", "申请内容", "提供方式", "获取方式",
    }),
    IntakePaper.RECEIPT: frozenset({"机关", "收到日期", "登记事项", "查询码", "日期"}),
}
# fmt: on
#: the same on whatever is printed at once: what a head or foot may name
SHARED = ("机关", "标题", "日期", "演示")


def ticked(chosen: str, terms: Iterable[Term]) -> str:
    """■纸面　□电子邮件　…: boxes that the fonts of official papers have."""
    return "　".join(("■" if t == chosen else "□") + t.zh for t in terms)
