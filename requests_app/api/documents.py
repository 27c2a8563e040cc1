"""What the applicant may have: the notices of what is awaited, and the reply's documents
once the reply is served, and never before (第三十六条)."""

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from wireup import Injected
from wireup.integration.django import inject

from requests_app.api.endpoint import Endpoint
from requests_app.api.sight import (
    forbid_persons,
    in_sight,
    not_found,
    written_down,
)
from requests_app.dependencies import Dependencies
from requests_app.models import DisclosureRequest
from requests_app.models.language import heard
from requests_app.services import status
from requests_app.services.awaiting import Awaiting, awaiting

FILE = {
    (200, "application/octet-stream"): OpenApiResponse(
        OpenApiTypes.BINARY,
        examples=[OpenApiExample("文件 (a file)", value="(binary)")],
    )
}


def told_whole(
    made: DisclosureRequest, name: str, deps: Dependencies
) -> dict[str, Any]:
    """The status with what is awaited of the applicant and the documents; `name` is of the
    address that gives one."""
    return {
        **status.told(made),
        "awaited": [told_awaited(one, made, name) for one in awaiting(made, deps=deps)],
        "documents": told_papers(status.documents(made), made, name),
    }


def told_awaited(one: Awaiting, made: DisclosureRequest, name: str) -> dict[str, Any]:
    found = one.awaited
    return {
        "what": str(found.what),
        "since": found.since.isoformat(),
        "until": found.until.isoformat() if found.until else None,
        "until_because": heard(found.because),
        "amount": f"{found.amount:.2f}" if found.amount is not None else None,
        "documents": told_papers(one.papers, made, name),
    }


def told_papers(
    papers: Iterable[status.Paper], made: DisclosureRequest, name: str
) -> list[dict[str, Any]]:
    return [
        {
            "name": paper.name,
            "media_type": paper.media_type,
            "size": paper.size,
            "sha256": paper.sha256,
            "url": address(name, made, paper.sha256),
        }
        for paper in papers
    ]


def address(name: str, made: DisclosureRequest, sha256: str) -> str:
    known = {"reference": made.reference} if name == "document" else {}
    return reverse(f"api:{name}", kwargs={**known, "sha256": sha256})


def one_of(made: DisclosureRequest, sha256: str, deps: Dependencies) -> status.Paper:
    """404 for what is not served yet, and for the notice of what is awaited no more."""
    asked = [paper for one in awaiting(made, deps=deps) for paper in one.papers]
    for paper in (*status.documents(made), *asked):
        if paper.sha256 == sha256:
            return paper
    raise not_found()


def handed_out(paper: status.Paper) -> FileResponse:
    """Always saved, never opened in a page."""
    return FileResponse(
        default_storage.open(paper.stored),
        as_attachment=True,
        filename=paper.name,
        content_type="application/octet-stream",
        headers={"Cache-Control": "no-store"},
    )


class OneDocument(Endpoint):
    @extend_schema(
        operation_id="requests_documents_read",
        summary="答复书、告知书等 (a document of the reply, a notice)",
        description=(
            "送达之后向申请人提供的答复书及所附信息（条例第三十六条、第四十条），送达之前 404；"
            "等待申请人办理事项的告知书（第三十条、第三十五条、第四十二条），事项办结后 404。"
            "工作人员须为可见申请人的角色，读取记入查阅记录。"
            " 404 until the reply is served; a notice while what it asks for is awaited."
        ),
        responses=FILE,
    )
    @inject
    def get(
        self, request, reference: str, sha256: str, deps: Injected[Dependencies]
    ) -> FileResponse:
        forbid_persons(request.user)
        made = in_sight(request.user, reference)
        paper = one_of(made, sha256, deps)
        written_down([made.pk], ["papers"], request.user)
        return handed_out(paper)
