"""政府信息公开申请: handing one in, and following it (INTERFACES §5)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.response import Response
from wireup import Injected
from wireup.integration.django import inject

from requests_app.api.bodies import FORM, Answer, CreateBody, Status, WholeStatus
from requests_app.api.documents import told_whole
from requests_app.api.endpoint import Endpoint
from requests_app.api.listing import Narrowing, RequestPages, narrowed
from requests_app.api.problems import NotAllowedAt, Problem
from requests_app.api.sight import acting, in_sight, not_found, not_yours
from requests_app.dependencies import Dependencies
from requests_app.domain.intake import Arrival, Manner
from requests_app.domain.notation import day, moment
from requests_app.domain.regimes import NotAllowed
from requests_app.models import Agency, DisclosureRequest
from requests_app.models.portals import Operation
from requests_app.services.idempotency import AtWork, KeyReused, digest_of
from requests_app.services.intake import HandedIn, ReferenceTaken, hand_in
from requests_app.services.recording import not_after_today
from requests_app.services.status import told

KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="每件申请一个；重试用同一个 (one per request, the same on a retry)",
)
SHA256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
ANSWER = {
    "reference": "530000-2026-12",
    "number": "〔2026〕12号",
    "agency": "530000",
    "query_code": "7KQ2M9XW4HRT",
    "stage": "in_handling",
    "received_on": "2026-11-24",
    "base_due_on": "2026-12-22",
    "due_on": "2026-12-22",
    "provisional": False,
    "waiting_for": [],
    "outcome": None,
    "replied_on": None,
    "voided_on": None,
}
STATUS = {name: value for name, value in ANSWER.items() if name != "query_code"}
WHOLE = STATUS | {
    "awaited": [],
    "stage": "replied",
    "outcome": "granted",
    "replied_on": "2026-12-01",
    "documents": [
        {
            "name": "答复书1.pdf",
            "media_type": "application/pdf",
            "size": 48213,
            "sha256": SHA256,
            "url": f"/api/v1/requests/530000-2026-12/documents/{SHA256}/",
        }
    ],
}
AWAITED = STATUS | {
    "base_due_on": None,
    "due_on": None,
    "waiting_for": ["payment"],
    "awaited": [
        {
            "what": "payment",
            "since": "2026-11-26",
            "until": "2026-12-24",
            "until_because": (
                "收到通知次日起20个工作日内，此处自通知之日计，"
                "收到在后的相应顺延（国办函〔2020〕109号）"
            ),
            "amount": "700.00",
            "documents": [
                {
                    "name": "收费通知书1.pdf",
                    "media_type": "application/pdf",
                    "size": 30112,
                    "sha256": SHA256,
                    "url": f"/api/v1/requests/530000-2026-12/documents/{SHA256}/",
                }
            ],
        }
    ],
    "documents": [],
}


class Requests(Endpoint):
    operation = {"POST": Operation.CREATE, "GET": Operation.READ}
    also_answers = frozenset({409})

    @extend_schema(
        operation_id="requests_create",
        summary="提出申请 (hand a request in)",
        description=(
            "按《政府信息公开申请表》（条例第二十九条）提出申请，当即登记编号（第四十五条）。"
            "收到之日依第三十一条按申请方式确定，答复期限依第三十三条。\n\n"
            "`query_code` 只在此处给出，请转交申请人。同一 `Idempotency-Key` 与同一内容再次"
            "提交，得到首次的回答；内容不同 422；首次尚未办完 409；平台编号已用 409。\n\n"
            "The same key and body gives the first answer again; another body 422; the first "
            "still at work 409; a `portal_reference` used before 409, with `reference`."
        ),
        parameters=[KEY],
        request=CreateBody,
        responses={201: Answer},
        examples=[
            OpenApiExample("网页 (web form)", value=FORM, request_only=True),
            OpenApiExample("已登记 (registered)", value=ANSWER, response_only=True,
                           status_codes=["201"]),
        ],
    )  # fmt: skip
    @inject
    def post(self, request, deps: Injected[Dependencies]) -> Response:
        key = idempotency_key(request)
        body = CreateBody.parse(request.data)
        with told_as_problems():
            answer, again = hand_in(
                lambda: handed_in(request.user, body, deps),
                caller=request.user,
                key=key,
                digest=digest_of("requests", request.data),
                deps=deps,
            )
        headers = {"Location": f"{request.path}{answer['reference']}/"}
        if again:
            headers["Idempotent-Replayed"] = "true"
        return Response(answer, status=201, headers=headers)

    @extend_schema(
        operation_id="requests_list",
        summary="申请列表 (the requests in sight)",
        description=(
            "可见范围内的申请，不含个人信息（条例第四十五条登记）；平台只见自己提交的申请。"
            "Cursor pagination; without personal data."
        ),
        parameters=[Narrowing],
        responses={200: RequestPages.schema(Status, STATUS)},
    )
    def get(self, request) -> Response:
        found = DisclosureRequest.objects.visible_to(request.user)
        pages = RequestPages()
        page = pages.paginate_queryset(
            narrowed(found.select_related("agency"), request), request, view=self
        )
        return pages.get_paginated_response([told(made) for made in page])


class OneRequest(Endpoint):
    @extend_schema(
        operation_id="requests_read",
        summary="申请状态 (where a request stands)",
        description=(
            "阶段、期限（条例第三十三条）、等待事项（补正第三十条、缴费第四十二条、"
            "征求意见第三十二条）与答复；`awaited` 为等待申请人办理的事项，自何日、至何日、"
            "应缴多少、告知书（第三十条、第三十一条、第三十五条、第四十二条）；"
            "送达之后并有答复书等文件（第三十六条）。不含任何姓名。"
        ),
        responses={200: WholeStatus},
        examples=[
            OpenApiExample("已送达 (served)", value=WHOLE),
            OpenApiExample("等待缴费 (awaiting a payment, Art. 42)", value=AWAITED),
        ],
    )
    @inject
    def get(self, request, reference: str, deps: Injected[Dependencies]) -> Response:
        made = in_sight(request.user, reference)
        return Response(told_whole(made, "document", deps))


def idempotency_key(request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= 128 or not all("!" <= c <= "~" for c in key):
        raise Problem(
            "malformed",
            "请求头 Idempotency-Key 须为 1–128 个可见 ASCII 字符，每件申请一个",
            "The header Idempotency-Key is needed: 1–128 visible ASCII characters",
        )
    return key


def handed_in(caller, body: dict[str, Any], deps: Dependencies) -> HandedIn:
    """NotAllowedAt for a day that cannot be."""
    agency = Agency.objects.visible_to(caller).filter(code=body["agency"]).first()
    if agency is None:
        raise not_found("/agency")
    staff = acting(caller)
    if staff and not (staff.is_superuser or staff.agency_id == agency.pk):
        raise not_yours("/agency")
    if agency.dissolved_on:
        raise Problem(
            "conflict",
            f"机关 {agency.code} 已于 {agency.dissolved_on} 撤销",
            f"Agency {agency.code} was dissolved on {agency.dissolved_on}",
            pointer="/agency",
        )
    applicant = dict(body["applicant"])
    kind = applicant.pop("kind")
    read = {"submitted_at": moment, "signed_on": day, "confirmed_at": moment}
    days = {
        name: legal_day(name, body[name], read[name], deps) if name in body else None
        for name in read
    }
    return HandedIn(
        agency=agency,
        channel=body["channel"],
        channel_detail=body.get("channel_detail", ""),
        arrival=Arrival(
            submitted_on=days["submitted_at"],
            signed_on=days["signed_on"],
            confirmed_on=days["confirmed_at"],
        ),
        applicant_kind=kind,
        applicant=applicant,
        subject=body["subject"],
        topic=body.get("topic", ""),
        manner=Manner(
            retrieval_number=body.get("retrieval_number", ""),
            provide_as=body.get("provide_as", ""),
            obtain_by=body.get("obtain_by", ""),
            accepts_other=body.get("accepts_other"),
            applied_on=days["submitted_at"],
        ),
        portal_reference=body.get("portal_reference", ""),
    )


def legal_day(
    name: str, text: str, read: Callable[[str], date], deps: Dependencies
) -> date:
    """NotAllowedAt for a day that the law does not know, or that has not come."""
    try:
        on = read(text)
        not_after_today(on, deps)
    except NotAllowed as error:
        raise NotAllowedAt(error, f"/{name}") from error
    return on


@contextmanager
def told_as_problems() -> Iterator[None]:
    try:
        yield
    except AtWork as error:
        raise Problem(
            "at_work",
            "同一幂等键的首次调用尚未办完，请稍后重试",
            "The first call with this key is still at work; try again shortly",
        ) from error
    except KeyReused as error:
        raise Problem(
            "key_reused",
            "该幂等键已用于不同内容；新的申请请用新的幂等键",
            "This key was used for another body; use a new key for a new call",
        ) from error
    except ReferenceTaken as error:
        raise Problem(
            "conflict",
            f"平台编号已用于申请 {error.reference}",
            f"The portal_reference was used for {error.reference}",
            pointer="/portal_reference",
            reference=error.reference,
        ) from error
