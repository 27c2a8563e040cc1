"""The pages a citizen sees: the official form (政府信息公开申请表), the receipt, the status."""

from collections.abc import Mapping
from html import escape
from typing import Any

KINDS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "charity": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
}
STAGES = {
    "received": "接收",
    "in_handling": "办理",
    "reviewed": "审核",
    "replied": "答复",
    "archived": "归档",
}
AWAITED = {"supplement": "等待您补正", "payment": "等待您缴费", "opinion": "征求意见中"}
#: what the office waits for from the citizen
YOURS = {
    "supplement": "请您补正",
    "payment": "请您缴费",
    "reason": "请您说明理由",
    "receipt_confirmation": "请您确认收到",
}
#: the kinds of news that callbacks bring; one added later is shown by its key
NEWS = {
    "registered": "已登记",
    "receipt_confirmed": "已确认收到",
    "supplement_asked": "已告知您补正",
    "supplement_received": "已收到补正",
    "opinion_sought": "已征求意见",
    "opinion_delivered": "征求意见函已送达",
    "opinion_received": "已收到意见",
    "extended": "已延期",
    "delay_agreed": "已告知延迟答复",
    "fee_noticed": "已通知收费",
    "fee_paid": "已收到缴费",
    "fee_charged": "已收费",
    "replied": "已答复",
    "reply_posted": "答复已寄出",
    "reply_returned": "答复被退回",
    "reply_refused": "答复被拒收",
    "reply_announced": "答复已公告送达",
    "reply_delivered": "答复已送达",
    "decided_anew": "已重新作出答复",
    "recalculated": "期限已重新计算",
    "entry_voided": "更正了一条记录",
}
#: name of the field → label, pointer in the API's body, whether the form needs it
FIELDS = {
    "name": ("姓名（名称）", "/applicant/name", True),
    "id_kind": ("证件名称", "/applicant/id_kind", True),
    "id_number": ("证件号码", "/applicant/id_number", True),
    "phone": ("联系电话", "/applicant/phone", False),
    "address": ("通信地址", "/applicant/address", False),
    "email": ("电子邮箱", "/applicant/email", False),
}
#: name of the select → label, what may be chosen (第二十九条: how the applicant wants it)
WISHES = {
    "provide_as": ("指定提供方式", {"paper": "纸面", "email": "电子邮件", "disc": "光盘或磁盘"}),
    "obtain_by": (
        "获取信息方式",
        {"post": "邮寄", "courier": "快递", "email": "电子邮件", "fax": "传真",
         "collect": "自行领取", "read": "当场阅读、抄录"},
    ),
}  # fmt: skip
#: what we would rather say ourselves
OURS = {"/applicant": "联系电话、通信地址、电子邮箱至少填一项"}
STYLE = """
body { font-family: sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
       color: #1a1a1a; line-height: 1.6 }
h1 { font-size: 1.5rem; border-bottom: 3px solid #b3261e; padding-bottom: .5rem }
label { display: block; margin-top: 1rem; font-weight: bold }
input, select, textarea { width: 100%; box-sizing: border-box; padding: .5rem;
       font: inherit; border: 1px solid #767676; border-radius: 4px }
[aria-invalid=true] { border: 2px solid #b3261e }
.fault { color: #b3261e; margin: .25rem 0 }
button { margin-top: 1.5rem; padding: .6rem 2rem; font: inherit; color: #fff;
       background: #b3261e; border: 0; border-radius: 4px }
dt { font-weight: bold } dd { margin: 0 0 .75rem } nav a { margin-right: 1rem }
"""


def page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f'<nav><a href="/">提出申请</a><a href="/status">查询进度</a></nav>'
        f"<main><h1>{title}</h1>{body}</main></html>"
    )


def form(given: Mapping[str, str], key: str, faults: Mapping[str, str]) -> str:
    """`key` stays in the form, so that a second click is the same request."""
    rows = "".join(
        text(name, label, given.get(name, ""), faults.get(pointer, ""), needed)
        for name, (label, pointer, needed) in FIELDS.items()
    )
    kinds = options(KINDS, given.get("kind", ""))
    wishes = "".join(
        f'<label for="{name}">{label}</label><select id="{name}" name="{name}">'
        f'<option value="">———</option>{options(chosen, given.get(name, ""))}</select>'
        for name, (label, chosen) in WISHES.items()
    )
    known = {pointer for _, pointer, _ in FIELDS.values()} | {"/subject"}
    others = "".join(
        said(OURS.get(pointer, fault))
        for pointer, fault in faults.items()
        if pointer not in known
    )
    subject = area(given.get("subject", ""), faults.get("/subject", ""))
    return page(
        "政府信息公开申请表",
        f"<p>依据《政府信息公开条例》第二十九条填写。联系方式至少填一项。</p>{others}"
        f'<form method="post" action="/" accept-charset="utf-8">'
        f'<input type="hidden" name="key" value="{escape(key)}">'
        f'<input type="hidden" name="day" value="{escape(given.get("day", ""))}">'
        f'<label for="kind">申请人类别</label><select id="kind" name="kind">{kinds}'
        f"</select>{rows}{subject}{wishes}<button>提交申请</button></form>",
    )


def options(told: Mapping[str, str], chosen: str) -> str:
    return "".join(
        f'<option value="{key}"{" selected" if key == chosen else ""}>{label}</option>'
        for key, label in told.items()
    )


def text(name: str, label: str, value: str, fault: str, needed: bool) -> str:
    return (
        f'<label for="{name}">{label}{" *" if needed else ""}</label>'
        f'<input id="{name}" name="{name}" value="{escape(value)}"{invalid(fault)}>'
        + said(fault)
    )


def area(value: str, fault: str) -> str:
    return (
        '<label for="subject">所需政府信息（名称、文号或者其他特征性描述）*</label>'
        f'<textarea id="subject" name="subject" rows="4"{invalid(fault)}>'
        f"{escape(value)}</textarea>" + said(fault)
    )


def invalid(fault: str) -> str:
    return ' aria-invalid="true"' if fault else ""


def said(fault: str) -> str:
    return f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else ""


def receipt(told: Mapping[str, Any]) -> str:
    return page(
        "申请回执",
        "<p>您的申请已登记。请保存编号与查询码，凭此查询办理进度。</p>"
        + facts(
            {
                "登记编号": told["number"],
                "系统编号": told["reference"],
                "查询码": told["query_code"],
                "收到申请之日": told["received_on"],
                "答复期限": due(told),
            }
        ),
    )


def status(told: Mapping[str, Any], news: list[tuple[str, str]]) -> str:
    """`news`: (day, kind) of each callback."""
    awaited = "、".join(AWAITED.get(w, w) for w in told["waiting_for"]) or "—"
    return page(
        "办理进度",
        facts(
            {
                "登记编号": told["number"],
                "阶段": STAGES[told["stage"]],
                "等待事项": awaited,
                "答复期限": due(told),
                "答复日期": told["replied_on"] or "—",
            }
        )
        + "".join(map(yours, told["awaited"]))
        + heard(news),
    )


def heard(news: list[tuple[str, str]]) -> str:
    lines = "".join(
        f"<p>{escape(f'{on} {NEWS.get(kind, kind)}')}</p>" for on, kind in news
    )
    return f"<h2>经过</h2>{lines}" if news else ""


def yours(one: Mapping[str, Any]) -> str:
    """What is to be done, by when and why then; what we do not know is told as it is."""
    notices = "、".join(paper["name"] for paper in one["documents"])
    told = {
        "告知日期": one["since"],
        "最后一日": one["until"] or "",
        "期限": one["until_because"],
        "应缴金额": f"{one['amount']} 元" if one["amount"] else "",
        "告知书": notices,
    }
    return f"<h2>{escape(YOURS.get(one['what'], one['what']))}</h2>" + facts(
        {name: text for name, text in told.items() if text}
    )


def due(told: Mapping[str, Any]) -> str:
    if told["due_on"] is None:
        return "待补正或缴费后重新计算"
    return told["due_on"] + ("（暂定）" if told["provisional"] else "")


def facts(told: Mapping[str, str]) -> str:
    rows = "".join(f"<dt>{name}</dt><dd>{escape(v)}</dd>" for name, v in told.items())
    return f"<dl>{rows}</dl>"


def ask(fault: str = "") -> str:
    return page(
        "查询进度",
        said(fault) + '<form method="post" action="/status" accept-charset="utf-8">'
        '<label for="reference">系统编号</label><input id="reference" name="reference">'
        '<label for="query_code">查询码</label><input id="query_code" name="query_code">'
        "<button>查询</button></form>",
    )


def away() -> str:
    return page(
        "暂时无法提交",
        '<p role="alert">受理机关系统暂时无法连接。请返回上一页稍后再次提交：同一张表再次提交'
        "仍是同一件申请。</p>",
    )
