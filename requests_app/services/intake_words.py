"""What the registration form and the receipt say of one paper (申请书), whose items are each a
request with a number of its own. Chinese, whatever language its clerk has chosen."""

from collections.abc import Sequence

from requests_app.dependencies import Dependencies
from requests_app.domain.intake_papers import IntakePaper, ticked
from requests_app.domain.letters import in_words, step_basis
from requests_app.domain.vocabulary import (
    ApplicantKind,
    Channel,
    ObtainBy,
    ProvideAs,
    term,
)
from requests_app.models import Applicant, DisclosureRequest, Participant, Wording

Words = dict[str, str]
ROLES = {"joint": "共同申请人", "agent": "代理人", "guardian": "监护人"}
#: an applicant's columns → the merge field of a citizen, or of an organisation
OF_A_CITIZEN = {
    "name": "姓名", "workplace": "工作单位", "id_kind": "证件名称", "id_number": "证件号码",
}  # fmt: skip
OF_AN_ORGANISATION = {
    "name": "名称", "id_number": "统一社会信用代码", "licence": "营业执照信息",
    "legal_representative": "法定代表人", "contact_name": "联系人姓名",
}  # fmt: skip
OF_BOTH = {
    "address": "通信地址", "postcode": "邮政编码", "phone": "联系电话", "fax": "传真",
    "email": "电子邮箱",
}  # fmt: skip


def fields(
    kind: IntakePaper,
    items: Sequence[DisclosureRequest],
    deps: Dependencies,
    *,
    query_code: str = "",
    again: bool = False,
    new_code: bool = False,
) -> Words:
    """Every merge field of that paper (`domain/intake_papers.py`)."""
    told = common(kind, items, deps, again=again)
    if kind is IntakePaper.RECEIPT:
        return told | of_the_receipt(items, query_code, new_code=new_code)
    return told | of_the_form(items[0])


def common(
    kind: IntakePaper,
    items: Sequence[DisclosureRequest],
    deps: Dependencies,
    *,
    again: bool,
) -> Words:
    first = items[0]
    name = first.applicant.name if first.applicant else ""
    dues = [due(one) for one in items]
    return {
        "机关": first.agency.name,
        "标题": kind.zh + ("（补打）" if again else ""),
        "申请人": name or "申请人",
        "登记编号": "、".join(str(one) for one in items),
        "系统编号": first.reference,
        "申请方式": term(Channel, first.channel).zh if first.channel else "",
        "收到日期": received(first),
        "申请内容": each(items, [subject(one) for one in items]),
        "答复期限": dues[0] if len(set(dues)) == 1 else each(items, dues),
        "依据": step_basis("reply", first.received_on),
        "日期": in_words(deps.clock.today()),
        "演示": first.agency.banner,
    }


def each(items: Sequence[DisclosureRequest], texts: Sequence[str]) -> str:
    """A line an item under its number, where there are several."""
    if len(items) == 1:
        return texts[0]
    return "\n".join(f"{i}：{text}" for i, text in zip(items, texts, strict=True))


def subject(one: DisclosureRequest) -> str:
    return one.wording.subject.strip() if hasattr(one, "wording") else ""


def received(one: DisclosureRequest) -> str:
    """第三十一条: counted from arrival until both sides have confirmed."""
    waits = unconfirmed(one) and "（待双方确认，暂自到达之日计算）"
    return in_words(one.received_on) + (waits or "")


def unconfirmed(one: DisclosureRequest) -> bool:
    return any(finding["rule"] == "unconfirmed" for finding in one.findings)


def due(one: DisclosureRequest) -> str:
    """The due day; why it may still move, or why none runs yet."""
    if one.due_on is None:
        awaited = one.waiting_for.split(",")
        told = [why for key, why in AWAITED.items() if key in awaited]
        return "；".join(told) or "—"
    if not one.provisional:
        return in_words(one.due_on)
    why = "收到之日待确认" if unconfirmed(one) else "跨入未公布放假安排的年度"
    return f"{in_words(one.due_on)}（暂定：{why}）"


AWAITED = {
    "supplement": "待补正，自收到补正的申请之日起计算",
    "payment": "待缴费，自缴费次日起重新计算",
}


def of_the_receipt(
    items: Sequence[DisclosureRequest], query_code: str, *, new_code: bool
) -> Words:
    lines = (f"{one}：{subject(one)}（答复期限：{due(one)}）" for one in items)
    renewed = "原查询码不再保存，现发给新码，原码同时失效。" if new_code else ""
    return {
        "登记事项": "\n".join(" ".join(line.split()) for line in lines),
        "查询码": query_code,
        "查询码说明": f"凭系统编号和查询码查询办理情况，请妥善保管。{renewed}",
    }


def of_the_form(first: DisclosureRequest) -> Words:
    organisation = first.applicant_kind not in ("", ApplicantKind.NATURAL_PERSON)
    mine, other = OF_AN_ORGANISATION, OF_A_CITIZEN
    if not organisation:
        mine, other = other, mine
    return {
        "申请人类别": ticked(first.applicant_kind, ApplicantKind),
        **dict.fromkeys(other.values(), ""),
        **of_columns(first.applicant, mine | OF_BOTH),
        "共同申请人": "\n".join(beside(one) for one in first.people()),
        **of_the_wish(getattr(first, "wording", None) or Wording()),
    }


def of_columns(applicant: Applicant | None, columns: dict[str, str]) -> Words:
    return {field: getattr(applicant, name, "") for name, field in columns.items()}


def beside(one: Participant) -> str:
    told = (ROLES[one.role], one.name, one.id_kind, one.id_number, one.phone)
    return "　".join(text for text in told if text)


def of_the_wish(wording: Wording) -> Words:
    """第二十九条第二款第（三）项 形式要求."""
    other = {True: "■可以　□不可以", False: "□可以　■不可以", None: "□可以　□不可以"}
    return {
        "索取号": wording.retrieval_number,
        "用途": wording.purpose,
        "减免费用": "申请减免" if wording.fee_waiver else "",
        "提供方式": ticked(wording.provide_as, ProvideAs),
        "获取方式": ticked(wording.obtain_by, ObtainBy),
        "其他方式": other[wording.accepts_other],
        "申请时间": in_words(wording.applied_on) if wording.applied_on else "",
    }
