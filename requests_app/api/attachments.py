"""附件: handing papers in, listing them, and reading them back."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from requests_app.api.endpoint import Endpoint
from requests_app.api.problems import Problem
from requests_app.api.sight import (
    acting,
    forbid_persons,
    in_sight,
    not_found,
    to_act_on,
    written_down,
)
from requests_app.api.uploads import Uploads, too_large
from requests_app.dependencies import Dependencies
from requests_app.models import AccessRecord
from requests_app.models.attachments import HANDED_IN
from requests_app.models.language import spoken
from requests_app.models.portals import Operation
from requests_app.services import access
from requests_app.services.attachments import attach
from requests_app.services.papers import MOST_BYTES, Refused

EXAMPLE = {
    "kind": "identity",
    "name": "身份证.pdf",
    "media_type": "application/pdf",
    "size": 48213,
    "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    "received_at": "2026-11-24T09:31:00+08:00",
}
SHOWN = OpenApiExample("附件 (attachment)", value=EXAMPLE, response_only=True)


class AttachmentBody(serializers.Serializer):
    kind = serializers.ChoiceField(HANDED_IN, help_text="类别")
    file = serializers.FileField(help_text="pdf、jpg、png、docx、xlsx、ofd，10 MB 以内")

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            said = spoken("没有此字段", "No such field")
            raise serializers.ValidationError({name: [said] for name in unknown})
        return super().to_internal_value(data)


class AttachmentAnswer(serializers.Serializer):
    kind = serializers.ChoiceField(HANDED_IN)
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    received_at = serializers.DateTimeField()


class Attachments(Endpoint):
    operation = {"POST": Operation.ATTACH, "GET": Operation.READ}
    parser_classes = (Uploads,)

    @extend_schema(
        operation_id="requests_attachments_create",
        summary="提交附件 (hand a file in)",
        description=(
            "身份证明（条例第二十九条）、委托书、补正材料（第三十条）等。按内容识别类型；"
            "宏、加密、内嵌对象、压缩炸弹不予接受。同一内容再次提交是同一附件（200）。\n\n"
            "The type is told by the content; the same content again is the same attachment."
        ),
        request={"multipart/form-data": AttachmentBody},
        responses={
            201: OpenApiResponse(AttachmentAnswer, examples=[SHOWN]),
            200: OpenApiResponse(AttachmentAnswer, examples=[SHOWN]),
        },
        examples=[
            OpenApiExample(
                "身份证明 (identity)",
                value={"kind": "identity", "file": "(binary)"},
                request_only=True,
                media_type="multipart/form-data",
            )
        ],
    )
    @inject
    def post(self, request, reference: str, deps: Injected[Dependencies]) -> Response:
        body = AttachmentBody(data=request.data)
        body.is_valid(raise_exception=True)
        file = body.validated_data["file"]
        if file.size > MOST_BYTES:
            raise too_large()
        found = to_act_on(request.user, reference)
        try:
            made, is_new = attach(
                found,
                file=file,
                name=file.name,
                size=file.size,
                kind=body.validated_data["kind"],
                by=acting(request.user),
                deps=deps,
            )
        except Refused as error:
            raise Problem("invalid", error.zh, error.en, pointer="/file") from error
        return Response(AttachmentAnswer(made).data, status=201 if is_new else 200)

    @extend_schema(
        operation_id="requests_attachments_list",
        summary="附件列表 (the files of a request)",
        description="随申请提交的材料（条例第二十九条）。",
        responses={
            200: OpenApiResponse(
                AttachmentAnswer(many=True),
                examples=[OpenApiExample("附件 (attachments)", value=[EXAMPLE])],
            )
        },
    )
    def get(self, request, reference: str) -> Response:
        found = papers_in_sight(request.user, reference)
        named = {paper.disclosure_request_id for paper in found}  # a name may name one
        written_down(named, ["papers"], request.user)
        return Response(AttachmentAnswer(found, many=True).data)


class OneAttachment(Endpoint):
    @extend_schema(
        operation_id="requests_attachments_read",
        summary="附件内容 (a file)",
        description="随申请提交的材料原件（条例第二十九条），总是作为下载。",
        responses={
            (200, "application/octet-stream"): OpenApiResponse(
                OpenApiTypes.BINARY,
                examples=[OpenApiExample("文件 (a file)", value="(binary)")],
            )
        },
    )
    @inject
    def get(
        self, request, reference: str, sha256: str, deps: Injected[Dependencies]
    ) -> FileResponse:
        found = papers_in_sight(request.user, reference)
        one = found.filter(sha256=sha256).first()
        if one is None:
            raise not_found()
        if not getattr(request.user, "is_portal", False):  # those are in its call log
            access.seen(
                one.disclosure_request,
                fields=["papers"],
                way=AccessRecord.Way.API,
                reason=AccessRecord.Reason.HANDLING,
                words=one.name,
                by=request.user,
                deps=deps,
            )
        return FileResponse(
            default_storage.open(one.stored),
            as_attachment=True,
            filename=one.name,
            content_type="application/octet-stream",
        )


def papers_in_sight(caller, reference: str):
    """Proof of identity is personal data, and so may a file's name be: staff need a role
    that sees persons; a portal reads back what it handed in."""
    forbid_persons(caller)
    is_portal = getattr(caller, "is_portal", False)
    found = in_sight(caller, reference).attachments.of_the_applicant()
    return found.of_side(office=False) if is_portal else found
