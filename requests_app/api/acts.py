"""What the applicant does through a portal after handing in."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from requests_app.api.bodies import Status
from requests_app.api.endpoint import Endpoint
from requests_app.api.fields import Body, MomentText, Text
from requests_app.api.requests import (
    STATUS,
    idempotency_key,
    legal_day,
    told_as_problems,
)
from requests_app.api.sight import acting, to_act_on
from requests_app.dependencies import Dependencies
from requests_app.domain.notation import moment
from requests_app.models.portals import Operation
from requests_app.services import applicants
from requests_app.services.idempotency import digest_of, once
from requests_app.services.intake import caller_name
from requests_app.services.status import told

ANSWERED = OpenApiExample("之后的状态 (the status after it)", value=STATUS, response_only=True)  # fmt: skip


class WithdrawalBody(Body):
    submitted_at = MomentText(required=False, help_text="提出时间，缺省为今天")


class ConfirmationBody(Body):
    confirmed_at = MomentText(help_text="双方确认时间")


class SupplementBody(Body):
    text = Text(max_length=10_000, help_text="补正内容")
    submitted_at = MomentText(required=False, help_text="提交时间，缺省为今天")


class Act(Endpoint):
    """A repeat with the same `Idempotency-Key`, which is optional here, is one act."""

    body: type[Body]
    also_answers = frozenset({409})

    def act(self, found, on, asked: dict[str, Any], by, deps: Dependencies):
        raise NotImplementedError

    @inject
    def post(self, request, reference: str, deps: Injected[Dependencies]) -> Response:
        asked = self.body.parse(request.data)
        name = "confirmed_at" if "confirmed_at" in asked else "submitted_at"
        given = asked.get(name)

        def act() -> dict[str, Any]:
            found = to_act_on(request.user, reference)
            on = legal_day(name, given, moment, deps) if given else deps.clock.today()
            return told(self.act(found, on, asked, acting(request.user), deps))

        if not request.headers.get("Idempotency-Key"):
            return Response(act())
        with told_as_problems():
            answer, _ = once(
                caller=caller_name(request.user),
                key=idempotency_key(request),
                digest=digest_of(request.path, request.data),
                act=act,
                deps=deps,
            )
        return Response(answer)


@extend_schema_view(
    post=extend_schema(
        operation_id="requests_supplements_create",
        summary="提交补正 (hand a supplement in)",
        description=(
            "条例第三十条：答复期限自收到补正的申请之日起重新计算。没有告知补正的，不能提交（422）。"
            " Refused with 422 while no supplement was asked for."
        ),
        request=SupplementBody,
        responses={200: Status},
        examples=[
            OpenApiExample(
                "补正 (supplement)",
                value={"text": "所需为2023年的批复", "submitted_at": "2026-11-24"},
                request_only=True,
            ),
            ANSWERED,
        ],
    )
)
class Supplements(Act):
    operation = {"POST": Operation.SUPPLEMENT}
    body = SupplementBody

    def act(self, found, on, asked, by, deps):
        return applicants.supplement(found, on=on, text=asked["text"], by=by, deps=deps)


@extend_schema_view(
    post=extend_schema(
        operation_id="requests_withdrawal_create",
        summary="撤回申请 (withdraw)",
        description=(
            "申请人主动撤回，即办结（条例第四十五条，计入其他处理）；已办结的不能撤回（422）。"
        ),
        request=WithdrawalBody,
        responses={200: Status},
        examples=[
            OpenApiExample("今天 (today)", value={}, request_only=True),
            ANSWERED,
        ],
    )
)
class Withdrawal(Act):
    operation = {"POST": Operation.WITHDRAW}
    body = WithdrawalBody

    def act(self, found, on, asked, by, deps):
        return applicants.withdraw(found, on=on, by=by, deps=deps)


@extend_schema_view(
    post=extend_schema(
        operation_id="requests_confirmation_create",
        summary="确认收到 (confirm receipt)",
        description=(
            "条例第三十一条：网络、传真和平常信函以双方确认之日为收到申请之日，期限据此重算。"
        ),
        request=ConfirmationBody,
        responses={200: Status},
        examples=[
            OpenApiExample(
                "已确认 (confirmed)",
                value={"confirmed_at": "2026-11-24T10:00:00+08:00"},
                request_only=True,
            ),
            ANSWERED,
        ],
    )
)
class Confirmation(Act):
    operation = {"POST": Operation.CONFIRM}
    body = ConfirmationBody

    def act(self, found, on, asked, by, deps):
        return applicants.confirm(found, on=on, by=by, deps=deps)
