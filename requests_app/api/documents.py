"""The reply's documents: what the applicant may have once the reply is served, and never
before (第三十六条)."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema

from requests_app.api.endpoint import Endpoint
from requests_app.api.sight import (
    forbid_persons,
    in_sight,
    not_found,
    written_down,
)
from requests_app.models import DisclosureRequest
from requests_app.services import status

FILE = {
    (200, "application/octet-stream"): OpenApiResponse(
        OpenApiTypes.BINARY,
        examples=[OpenApiExample("文件 (a file)", value="(binary)")],
    )
}


def told_whole(made: DisclosureRequest, name: str) -> dict[str, Any]:
    """The status with the reply's documents; `name` is of the address that gives one."""
    return {
        **status.told(made),
        "documents": [
            {
                "name": paper.name,
                "media_type": paper.media_type,
                "size": paper.size,
                "sha256": paper.sha256,
                "url": address(name, made, paper.sha256),
            }
            for paper in status.documents(made)
        ],
    }


def address(name: str, made: DisclosureRequest, sha256: str) -> str:
    known = {"reference": made.reference} if name == "document" else {}
    return reverse(f"api:{name}", kwargs={**known, "sha256": sha256})


def one_of(made: DisclosureRequest, sha256: str) -> status.Paper:
    """404 for what is not served yet."""
    for paper in status.documents(made):
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
        summary="答复书等 (a document of the reply)",
        description=(
            "送达之后向申请人提供的答复书及所附信息（条例第三十六条、第四十条）；送达之前 404。"
            "工作人员须为可见申请人的角色，读取记入查阅记录。"
            " 404 until the reply is served."
        ),
        responses=FILE,
    )
    def get(self, request, reference: str, sha256: str) -> FileResponse:
        forbid_persons(request.user)
        made = in_sight(request.user, reference)
        paper = one_of(made, sha256)
        written_down([made.pk], ["papers"], request.user)
        return handed_out(paper)
