"""应诉包: everything a review body or a court asks of one case, in one archive.

The list of evidence, then every piece under the number that it has in the list, then a
draft of the answer.
"""

import io
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from requests_app.dependencies import Dependencies
from requests_app.domain import respondent
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome, Procedure, term
from requests_app.models import Appeal, DisclosureRequest
from requests_app.services.sending import SERVICE
from requests_app.services.volume import kept

FIRST_MOMENT = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every part, so that a bundle is the same twice
LIST, DRAFT = "00 证据目录.pdf", "答复书（草稿）.txt"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One line of the list, and one file of the archive."""

    title: str
    proves: str
    name: str
    content: Callable[[], bytes]


def bundle(appeal: Appeal, *, told: Mapping[str, Any], deps: Dependencies) -> bytes:
    """A zip; `told` is what the pages of the request's volume say. NotAllowed for a case
    that names no request; Unprintable as a volume is."""
    request = appeal.disclosure_request
    if request is None:
        raise NotAllowed("请先关联所涉申请，才能生成应诉包 (link the request first)")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(appeal, request, told, deps):
            archive.writestr(zipfile.ZipInfo(name, FIRST_MOMENT), content)
    return packed.getvalue()


def parts(
    appeal: Appeal,
    request: DisclosureRequest,
    told: Mapping[str, Any],
    deps: Dependencies,
) -> Iterator[tuple[str, bytes]]:
    listed = list(enumerate(pieces(request, told, deps), 1))
    rows = [
        {"number": number, "name": one.title, "proves": one.proves}
        for number, one in listed
    ]
    yield LIST, deps.paper.print("bundle", {**heading(appeal, told), "evidence": rows})
    for number, one in listed:
        yield f"{number:02d} {one.name}", one.content()
    yield DRAFT, draft(appeal, request, deps).encode("utf-8-sig")


def pieces(
    request: DisclosureRequest, told: Mapping[str, Any], deps: Dependencies
) -> Iterator[Piece]:
    """What proves what, in the order in which the file tells it."""
    yield page("政府信息公开申请登记", f"{request.received_on} 收到申请", told, deps,
               rows=told["form"])  # fmt: skip
    yield page("办理经过", "各环节的日期与经办人，日志逐条相连", told, deps,
               moments=told["timeline"])  # fmt: skip
    yield Piece(
        title="答复期限说明",
        proves=f"答复期限为 {request.due_on or '—'}",
        name="答复期限说明.pdf",
        content=lambda: deps.paper.print("deadline", told["explained"]),
    )
    for title, (proves, kinds) in RECORDS.items():
        moments = [one for one in told["timeline"] if one["kind"] in kinds]
        if moments:
            yield page(title, proves, told, deps, moments=moments)
    for file in kept(request):
        yield Piece(
            title=f"{file.kind}：{file.name}",
            proves=f"SHA-256 {file.sha256}",
            name=file.name,
            content=file.content,
        )


#: the records that stand in the log itself → what they prove, the entries that tell them
RECORDS: Mapping[str, tuple[str, Collection[str]]] = {
    # 法释〔2025〕8号第五条第六项: the agency proves that it searched with reason
    "检索记录": ("已尽合理检索义务", ("searched",)),
    "送达记录": ("答复和其他文书何时以何种方式送达", SERVICE),
}


def page(
    title: str,
    proves: str,
    told: Mapping[str, Any],
    deps: Dependencies,
    *,
    rows: list[Any] | None = None,
    moments: list[Any] | None = None,
) -> Piece:
    content = {
        "title": title,
        "banner": told["banner"],
        "agency": told["agency"],
        "number": told["number"],
        "rows": rows or [],
        "moments": moments or [],
    }
    return Piece(
        title=title,
        proves=proves,
        name=f"{title}.pdf",
        content=lambda: deps.paper.print("evidence", content),
    )


def heading(appeal: Appeal, told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "banner": told["banner"],
        "agency": appeal.agency.name,
        "procedure": term(Procedure, appeal.procedure).zh,
        "case_number": appeal.case_number,
        "body": appeal.body,
        "number": told["number"],
    }


def draft(appeal: Appeal, request: DisclosureRequest, deps: Dependencies) -> str:
    """What the log can say for the answer; the rest is a person's to write."""
    duty = respondent.answer(
        term(Procedure, appeal.procedure), simple=appeal.simple_procedure
    )
    due = duty.due_on(appeal.notified_on, deps.calendar) if appeal.notified_on else None
    outcome = term(Outcome, request.outcome).zh if request.outcome else "尚未答复"
    return "\n".join(
        [
            f"{duty.zh}（草稿）",
            "",
            f"致：{appeal.body or '（审理机关）'}",
            f"案号：{appeal.case_number or '（案号）'}",
            f"被申请人（被告）：{appeal.agency.name}",
            "",
            f"一、本机关于 {request.received_on} 收到申请，登记编号 {request.number}。",
            f"二、答复期限为 {request.due_on or '—'}（逐日计算见答复期限说明）。",
            f"三、本机关于 {request.replied_on or '—'} 答复，答复类别：{outcome}。",
            "四、事实与法律依据：（请承办人填写，并与检索记录核对）",
            "",
            f"提交期限：{due or '自收到通知次日起算（请先登记收到通知日期）'}，依据：{duty.article}",
        ]
    )
