"""回调: what was sent to the portal and what waits, and a message to try it with."""

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from requests_app.api.endpoint import Endpoint
from requests_app.api.fields import Body
from requests_app.api.listing import CURSOR, Paging, RequestPages
from requests_app.api.problems import Problem
from requests_app.dependencies import Dependencies
from requests_app.models.portals import Operation
from requests_app.services import callbacks

EXAMPLE = {
    "id": "callback:530000-2026-12:3",
    "type": "request.extended",
    "sequence": 3,
    "attempts": 2,
    "next_at": "2026-11-24T09:32:00+08:00",
    "delivered_at": None,
    "last_error": "HTTP 502",
}


class Delivery(serializers.Serializer):
    id = serializers.CharField(source="key", help_text="即 webhook-id，重复时不变")
    type = serializers.CharField(source="payload.body.type")
    sequence = serializers.IntegerField(
        source="payload.body.sequence", default=None, allow_null=True
    )
    attempts = serializers.IntegerField(help_text="已试次数")
    next_at = serializers.DateTimeField(help_text="下次投递")
    delivered_at = serializers.DateTimeField(source="done_at", allow_null=True)
    last_error = serializers.CharField(help_text="最近一次失败", allow_blank=True)


class Empty(Body):
    """Nothing need be said."""


class Callbacks(Endpoint):
    operation = Operation.CALLBACKS

    @extend_schema(
        operation_id="callbacks_list",
        summary="回调记录 (what was sent, what waits)",
        description=(
            "申请人依法可知的每一办理事项（如条例第三十条补正、第三十三条延期与答复）"
            "向平台投递一次以上，同一申请依次投递；`id` 相同者为同一事项。"
            " Newest first; a repeat has the same `id`."
        ),
        parameters=CURSOR,
        responses={200: RequestPages.schema(Delivery, EXAMPLE)},
    )
    def get(self, request) -> Response:
        Paging.of(request)
        pages = RequestPages()
        found = callbacks.deliveries(request.user)
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(Delivery(page, many=True).data)


class CallbackTest(Endpoint):
    operation = Operation.CALLBACKS
    also_answers = frozenset({409})

    @extend_schema(
        operation_id="callbacks_test",
        summary="试投一次 (a message to try the callback with)",
        description=(
            "投递一条 `type` 为 `test` 的消息，与条例第三十三条等各事项走同一路径；"
            "结果见回调记录。未设置回调或已停用的 409。"
            " Sent as any other message is; see how it went in the list."
        ),
        request=Empty,
        responses={
            202: OpenApiResponse(
                Delivery,
                examples=[
                    OpenApiExample(
                        "待投递 (on its way)",
                        value=EXAMPLE
                        | {
                            "id": "callback:test:1:9f2c4e0d7a1b3c5d",
                            "type": "test",
                            "sequence": None,
                            "attempts": 0,
                            "last_error": "",
                        },
                    )
                ],
            )
        },
        examples=[OpenApiExample("空 (empty)", value={}, request_only=True)],
    )
    @inject
    def post(self, request, deps: Injected[Dependencies]) -> Response:
        Empty.parse(request.data)
        try:
            message = callbacks.ping(request.user, deps=deps)
        except callbacks.NoCallback as error:
            raise Problem(
                "conflict",
                "平台未设置回调，或已停用；请联系受理机关",
                "The portal has no callback, or it is stopped; ask the office",
            ) from error
        message.refresh_from_db()  # without a broker it has been sent by now
        return Response(Delivery(message).data, status=202)
