"""How the shipped registration form and receipt look: what stands beside which merge field.
The form follows the official 政府信息公开申请表 (第二十九条; LAW 5.1)."""

from collections.abc import Iterator, Mapping, Sequence

# fmt: off
RECEIPT = (
    ("系统编号",     "系统编号"),
    ("申请方式",     "申请方式"),
    ("收到申请之日", "收到日期"),
    ("登记事项",     "登记事项"),
    ("查询码",       "查询码"),
)
#: part → rows of (label, field) or (label, field, label, field); no field: a blank to sign in
FORM: Mapping[str, Sequence[tuple[str, ...]]] = {
    "申请人": (
        ("类别", "申请人类别"),
    ),
    "公民": (
        ("姓名", "姓名", "工作单位", "工作单位"),
        ("证件名称", "证件名称", "证件号码", "证件号码"),
    ),
    "法人或者其他组织": (
        ("名称", "名称", "统一社会信用代码", "统一社会信用代码"),
        ("法定代表人", "法定代表人", "联系人姓名", "联系人姓名"),
        ("营业执照信息", "营业执照信息"),
    ),
    "联系方式": (
        ("通信地址", "通信地址", "邮政编码", "邮政编码"),
        ("联系电话", "联系电话", "传真", "传真"),
        ("电子邮箱", "电子邮箱"),
        ("共同申请人、代理人", "共同申请人"),
    ),
    "所需信息情况": (
        ("内容描述", "申请内容"),
        ("索取号", "索取号"),
        ("用途", "用途"),
        ("减免费用", "减免费用"),
        ("指定提供方式", "提供方式"),
        ("获取信息方式", "获取方式"),
        ("可否接受其他方式", "其他方式"),
        ("申请人签名（盖章）", "", "申请时间", "申请时间"),
    ),
    "登记情况": (
        ("登记编号", "登记编号", "系统编号", "系统编号"),
        ("收到日期", "收到日期", "申请方式", "申请方式"),
        ("答复期限", "答复期限"),
        ("登记人", "", "打印日期", "日期"),
    ),
}
# fmt: on
#: asked for by the form of 2008 alone: no row where nobody filled it in
FILLED_ONLY = frozenset({"用途", "减免费用"})


def filled_in(told: Mapping[str, str]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """(part, its rows) with the values in the place of the fields."""
    return [(part, list(valued(rows, told))) for part, rows in FORM.items()]


def valued(
    rows: Sequence[tuple[str, ...]], told: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    for label, field, *beside in rows:
        if field not in FILLED_ONLY or told[field]:
            value = told.get(field, "")
            yield (label, value, *beside[:1], *(told[name] for name in beside[1:]))
