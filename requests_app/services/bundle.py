"""应诉包: everything a review body or a court asks of one case, in one archive.

The list of evidence, what happened, the explained due day, a draft of the answer, and the
request's own papers, numbered in the order of the list.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.storage import default_storage

from requests_app.dependencies import Dependencies
from requests_app.domain import respondent
from requests_app.domain.regimes import NotAllowed
from requests_app.domain.vocabulary import Outcome, Procedure, term
from requests_app.models import Appeal, DisclosureRequest
from requests_app.services.appeals import evidence

FIRST_MOMENT = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every part, so that a bundle is the same twice


def bundle(
    appeal: Appeal, *, explained: Mapping[str, Any], deps: Dependencies
) -> bytes:
    """A zip; `explained` is what the due day's own paper prints. NotAllowed for a case
    that names no request."""
    request = appeal.disclosure_request
    if request is None:
        raise NotAllowed("请先关联所涉申请，才能生成应诉包 (link the request first)")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(appeal, request, explained, deps):
            archive.writestr(zipfile.ZipInfo(name, FIRST_MOMENT), content)
    return packed.getvalue()


def parts(
    appeal: Appeal,
    request: DisclosureRequest,
    explained: Mapping[str, Any],
    deps: Dependencies,
) -> Iterator[tuple[str, bytes]]:
    listed = deps.paper.print("bundle", on_paper(appeal, request))
    yield "00 证据目录与办理经过.pdf", listed
    yield "01 答复期限说明.pdf", deps.paper.print("deadline", explained)
    yield "02 答复书（草稿）.txt", draft(appeal, request, deps).encode("utf-8-sig")
    for number, attachment in enumerate(request.attachments.standing(), 3):
        with default_storage.open(attachment.stored) as file:
            yield f"{number:02d} {attachment.name}", file.read()


def on_paper(appeal: Appeal, request: DisclosureRequest) -> dict[str, Any]:
    log = request.entries.select_related("recorded_by", "acting_for")
    entries = log.order_by("on", "sequence")
    return {
        "banner": request.agency.banner,
        "agency": appeal.agency.name,
        "procedure": term(Procedure, appeal.procedure).zh,
        "case_number": appeal.case_number,
        "body": appeal.body,
        "number": request.number,
        "reference": request.reference,
        "evidence": evidence(appeal),
        "log": [
            {
                "on": entry.on,
                "what": entry.event().zh,
                "at": f"{entry.recorded_at:%Y-%m-%d %H:%M}",
                "by": entry.recorder,
            }
            for entry in entries
        ],
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
            f"应于 {due or '（收到通知之日起算）'} 前提交，依据：{duty.article}",
        ]
    )
