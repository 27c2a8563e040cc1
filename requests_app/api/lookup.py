"""The applicant asks with number (or reference) and query code; no name is told."""

from typing import Any

from django.http import FileResponse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from requests_app.api.bodies import WholeStatus
from requests_app.api.documents import FILE, handed_out, one_of, told_whole
from requests_app.api.endpoint import OpenEndpoint
from requests_app.api.fields import Body, Text
from requests_app.api.requests import SHA256, WHOLE
from requests_app.api.sight import not_found
from requests_app.api.throttles import PerAddress, PerMinute
from requests_app.dependencies import Dependencies
from requests_app.models import DisclosureRequest
from requests_app.models.language import spoken
from requests_app.services.idempotency import digest_of
from requests_app.services.intake import opens

CODE = OpenApiExample(
    "编号与查询码 (number and code)",
    value={
        "agency": "530000",
        "number": "〔2026〕12号",
        "query_code": "7KQ2M9XW4HRT",
    },
    request_only=True,
)
SERVED = WHOLE | {
    "documents": [
        WHOLE["documents"][0] | {"url": f"/api/v1/lookup/documents/{SHA256}/"}
    ]
}


class LookupBody(Body):
    reference = Text(max_length=60, required=False, help_text="系统编号")
    agency = Text(max_length=32, required=False, help_text="受理机关代码，与编号同给")
    number = Text(max_length=60, required=False, help_text="登记编号")
    query_code = Text(max_length=40, help_text="查询码")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not ("reference" in attrs or {"agency", "number"} <= attrs.keys()):
            raise serializers.ValidationError(
                spoken(
                    "须给出 reference，或 agency 与 number",
                    "Needed: reference, or agency and number",
                )
            )
        return attrs


class OfAddress(PerAddress):
    scope = "lookup"
    calls_per_minute = 30


class PerRequest(PerMinute):
    """Guessing at one request is slow, from however many addresses."""

    scope = "lookup-of"
    calls_per_minute = 10

    def caller(self, request) -> str:
        asked = request.data if isinstance(request.data, dict) else {}
        told = (str(asked.get(n, "")) for n in ("reference", "agency", "number"))
        names = [text.strip()[:60] for text in told]  # as the fields trim them
        return f"{self.scope}:{digest_of(*names)}"


class Lookup(OpenEndpoint):
    throttle_classes = (OfAddress, PerRequest)

    @extend_schema(
        operation_id="lookup_create",
        summary="申请人查询 (the applicant asks)",
        description=(
            "凭登记编号（或系统编号）与查询码查询阶段、期限（条例第三十三条）、等待事项与答复；"
            "`awaited` 为等待您办理的事项、期限、金额与告知书"
            "（第三十条、第三十一条、第三十五条、第四十二条）。"
            "不显示任何姓名；编号或查询码不符一律 404。"
        ),
        request=LookupBody,
        responses={200: WholeStatus},
        examples=[
            CODE,
            OpenApiExample("状态 (status)", value=SERVED, response_only=True),
        ],
    )
    @inject
    def post(self, request, deps: Injected[Dependencies]) -> Response:
        made = asked_for(LookupBody.parse(request.data))
        return Response(told_whole(made, "lookup_document", deps))


class LookupDocument(OpenEndpoint):
    throttle_classes = (OfAddress, PerRequest)

    @extend_schema(
        operation_id="lookup_documents_read",
        summary="申请人取得答复书等 (the applicant fetches a document)",
        description=(
            "凭登记编号（或系统编号）与查询码取得已送达的答复书等文件（条例第三十六条）"
            "和等待办理事项的告知书；编号、查询码不符或尚未送达一律 404。查询码在正文中给出，不进网址。"
        ),
        request=LookupBody,
        responses=FILE,
        examples=[CODE],
    )
    @inject
    def post(self, request, sha256: str, deps: Injected[Dependencies]) -> FileResponse:
        made = asked_for(LookupBody.parse(request.data))
        return handed_out(one_of(made, sha256, deps))


def asked_for(asked: dict[str, Any]) -> DisclosureRequest:
    """The request that number and code are of; 404 for either being wrong."""
    found = DisclosureRequest.objects.select_related("agency", "submission")
    if "reference" in asked:
        found = found.filter(reference=asked["reference"])
    if "number" in asked:
        found = found.filter(number=asked["number"])
    if "agency" in asked:
        found = found.filter(agency__code=asked["agency"])
    one = found.exclude(submission=None).first()
    if one is None or not opens(asked["query_code"], one.submission.query_code):
        raise not_found()
    return one
